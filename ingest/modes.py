"""A trigger in its scene in, PLOVER's mode and context of its event out: as the words around the trigger show them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from dyadgraph.ontology import Modes, RelationType
from ingest.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

DEPTH = 4
# What another clause tells is another act: "Russia accused Ukraine, which shelled the town".
ELSEWHERE = {"relcl", "advcl", "parataxis"}
CARRYING = {"dobj", "nsubjpass", "pobj", "compound"}
NOMINAL = {"NOUN", "PROPN"}


def find_mode(scene: Scene, trigger: int, relation_type: RelationType, modes: Modes) -> str | None:
    """Return how the act was done, None where no word shows it."""
    if relation_type.id in modes.of_type:
        return modes.of_type[relation_type.id]
    return _first_shown(scene, trigger, modes.of_event.get(relation_type.plover or "", {}))


def find_context(scene: Scene, trigger: int, modes: Modes) -> str | None:
    """Return what the act was about, None where no word shows it."""
    return _first_shown(scene, trigger, modes.contexts)


def _first_shown(scene: Scene, trigger: int, names: Mapping[str, frozenset[str]]) -> str | None:
    """Return the name that the word nearest to the trigger shows."""
    if not names:
        return None
    for token in _around(scene, scene.doc[trigger]):
        words = _words(scene, token)
        for name, showing in names.items():
            if words & showing:
                return name
    return None


def _words(scene: Scene, token: Token) -> set[str]:
    lemma = scene.lemma(token)
    return {lemma, token.lower_, *(f"{lemma} {child.lower_}" for child in token.children if child.dep_ == "prt")}


def _around(scene: Scene, trigger: Token) -> Iterator[Token]:
    """Yield the trigger, then what hangs on it step by step, then the verb or noun that a noun completes."""
    level, depth = [trigger], 0
    while level and depth <= DEPTH:
        yield from (token for token in level if token.i not in scene.links)
        level = [child for token in level for child in token.children if not _is_elsewhere(child)]
        depth += 1
    if trigger.pos_ in NOMINAL and trigger.dep_ in CARRYING:
        above = trigger.head.head if trigger.dep_ == "pobj" else trigger.head
        yield from (token for token in (above, *above.children) if token.i not in scene.links and token is not trigger)


def _is_elsewhere(token: Token) -> bool:
    own_clause = token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"}
    return own_clause or token.dep_ in ELSEWHERE
