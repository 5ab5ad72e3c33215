"""PLOVER's modes and contexts: modes.toml goes in, the words that show each come out, checked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dyadgraph.errors import OntologyError
from dyadgraph.ontology.tables import Table

_NAME = re.compile(r"[a-z]+(?:[_-][a-z]+)*")


@dataclass(frozen=True, slots=True)
class Modes:
    """How acts are done and what they are about.

    `of_event` maps a PLOVER event type to its modes and their words, `of_type` a relation type to the mode that it is
    by itself, `contexts` each context to its words. The first that a word shows counts.
    """

    of_event: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    of_type: Mapping[str, str] = field(default_factory=dict)
    contexts: Mapping[str, frozenset[str]] = field(default_factory=dict)

    def names_of(self, event: str, type_id: str) -> tuple[str, ...]:
        """Return the modes that a relation of an event type and a relation type can have."""
        own = (self.of_type[type_id],) if type_id in self.of_type else ()
        return own or tuple(self.of_event.get(event, ()))


def read_modes(file: Table, events: Iterable[str], types: Iterable[str]) -> Modes:
    """Read the table of modes.toml; raises OntologyError for an event or a type that is not defined."""
    file.allow({"contexts", "types", "modes"})
    modes, of_type = file.table("modes"), file.table("types")
    modes.allow(events)
    of_type.allow(types)
    return Modes(
        of_event={event: _read_words(modes.table(event)) for event in modes.values},
        of_type={name: of_type.get(name, str) for name in of_type.values},
        contexts=_read_words(file.table("contexts")),
    )


def _read_words(table: Table) -> dict[str, frozenset[str]]:
    for name in table.values:
        if not _NAME.fullmatch(name):
            raise OntologyError(f"{table.place}: name {name!r} is no lower-case word; mend it")
    return {name: table.words(name) for name in table.values}
