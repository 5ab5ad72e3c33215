"""Settings in, the working parts out; the only place that knows how they fit together."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from dyadgraph.ontology import Ontology, load_ontology
from dyadgraph.settings import Settings
from dyadgraph.store import open_store
from dyadgraph.store.base import GraphStore

if TYPE_CHECKING:
    from ingest.coder import Coder
    from ingest.journal import Journal


class Workbench:
    """Store, vocabulary and coder of one process; each is made when it is first asked for."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._lock = threading.Lock()
        self._ontology: Ontology | None = None
        self._store: GraphStore | None = None
        self._coder: Coder | None = None
        self._journal: Journal | None = None

    @property
    def ontology(self) -> Ontology:
        """The vocabulary."""
        if self._ontology is None:
            self._ontology = load_ontology()
        return self._ontology

    @property
    def store(self) -> GraphStore:
        """The store; raises StoreError where it cannot be opened, and tries again when next asked."""
        with self._lock:
            if self._store is None:
                self._store = open_store(self.settings.store, self.settings, self.ontology)
            return self._store

    @property
    def coder(self) -> Coder:
        """The coder; loading it takes a second or two."""
        from ingest.loading import load_coder  # noqa: PLC0415  (spaCy only where something is coded)

        with self._lock:
            if self._coder is None:
                self._coder = load_coder(
                    self.settings.language_model, self.ontology, fast=self.settings.pair_model == "fast"
                )
            return self._coder

    @property
    def journal(self) -> Journal:
        """The journal of ingest jobs of this graph."""
        from ingest.journal import Journal  # noqa: PLC0415

        with self._lock:
            if self._journal is None:
                self._journal = Journal(self.settings.journal_path)
            return self._journal

    def close(self) -> None:
        """Close the store and the journal if they were opened."""
        if self._journal is not None:
            self._journal.close()
            self._journal = None
        if self._store is not None:
            self._store.close()
            self._store = None


def load_coder() -> Coder:
    """Return a coder as the environment's settings say, for a process that needs nothing else."""
    return Workbench(Settings.from_environment()).coder
