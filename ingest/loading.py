"""The name of a language pipeline in, a coder as it ships out."""

from __future__ import annotations

import gc

from dyadgraph.gazetteer import load_gazetteer
from dyadgraph.ontology import Ontology, load_ontology
from ingest.coder import Coder
from ingest.gate import load_gate
from ingest.language import load_language
from ingest.pair_model import load_pair_model
from ingest.status_model import load_status_model


def load_coder(language_model: str = "", ontology: Ontology | None = None, *, fast: bool = False) -> Coder:
    """Load everything that coding needs; takes a second or two. `fast` does without the transformer."""
    gazetteer = load_gazetteer()
    coder = Coder(
        load_language(language_model),
        gazetteer,
        ontology or load_ontology(),
        gate=load_gate(gazetteer),
        pair_model=load_pair_model(fast=fast),
        status_model=load_status_model(),
    )
    # A million objects that stay: the collector need not look at them again and again.
    gc.freeze()
    return coder
