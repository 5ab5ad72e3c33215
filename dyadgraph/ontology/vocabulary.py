"""The nouns of the vocabulary: relation types with their triggers and examples, and the cues around triggers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from dyadgraph.errors import NotFoundError
from dyadgraph.model import Status
from dyadgraph.ontology.frames import Trigger
from dyadgraph.ontology.modes import Modes

Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "structural"]
QUADS: tuple[Quad, ...] = get_args(Quad)


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and every relation it holds; none makes it a non-example.

    A relation is (source code, type, target code); `statuses` goes with `relations`, empty where all occurred.
    `date` is the day the sentence was published, where a bare name needs it.
    """

    text: str
    relations: tuple[tuple[str, str, str], ...] = ()
    statuses: tuple[Status, ...] = ()
    date: date | None = None


@dataclass(frozen=True, slots=True)
class RelationType:
    """One type of relation: what it is called, where it stands on the field's scales, which words carry it.

    `past` fills a sentence ("Putin visited North Korea"). `plover` is None for the two types of our own.
    `goldstein` is the score of the type's CAMEO root; the head of each file names the source.
    """

    id: str
    label: str
    past: str
    plover: str | None
    cameo: str
    goldstein: float | None
    quad: Quad
    symmetric: bool
    description: str
    triggers: tuple[Trigger, ...] = ()
    examples: tuple[Example, ...] = ()


@dataclass(frozen=True, slots=True)
class Cue:
    """Words around a trigger that change what it says; verbs may have a particle (`call off`)."""

    words: frozenset[str] = frozenset()
    verbs: frozenset[str] = frozenset()
    nouns: frozenset[str] = frozenset()
    adjectives: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    conjunctions: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Composition:
    """What a cue makes of the act under it: type and status of the relation to emit instead.

    `cue` is the name of a group of Cues, `quads` the classes of the act it works on. `type` None keeps the
    act's own type, `status` None its own status.
    """

    cue: str
    quads: frozenset[Quad]
    type: str | None = None
    status: Status | None = None


@dataclass(frozen=True, slots=True)
class Cues:
    """Every word that matters without naming a relation.

    `negation`, `refusal`, `cancellation`, `planned`, `possible`, `demand`, `threat`, `reporting`, `past` colour
    the act under them; `light_verbs` lend a noun their subject ("held talks"); `raising_verbs` lend a
    verb theirs ("began to bomb"); the subjects of `comment_verbs` only speak of the noun ("cheered the talks").
    """

    negation: Cue
    refusal: Cue
    cancellation: Cue
    planned: Cue
    possible: Cue
    demand: Cue
    threat: Cue
    reporting: Cue
    past: Cue
    light_verbs: frozenset[str]
    raising_verbs: frozenset[str]
    comment_verbs: frozenset[str]
    compositions: tuple[Composition, ...]


@dataclass(frozen=True, slots=True)
class Ontology:
    """All relation types, by id in the order of the files, the cues, and PLOVER's modes and contexts."""

    types: Mapping[str, RelationType]
    cues: Cues
    modes: Modes = field(default_factory=Modes)

    def get(self, type_id: str) -> RelationType:
        """Return one type; raises NotFoundError."""
        try:
            return self.types[type_id]
        except KeyError:
            known = ", ".join(self.types)
            raise NotFoundError(f"no relation type {type_id!r}; the types are {known}") from None

    def by_plover(self, plover: str) -> tuple[RelationType, ...]:
        """Return the types of a PLOVER event type (`CONSULT`), none for one that is unknown."""
        return tuple(each for each in self.types.values() if each.plover == plover)
