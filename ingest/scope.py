"""A scene and two actors in, whether what relates them is news of states and not of sport or private business."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from dyadgraph.model import Actor
from ingest.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token

SCORE = re.compile(r"(?<![\d-])\d{1,2}[-–]\d{1,2}(?![\d-])")
POINTING_BACK = {"pronoun", "group", "pair"}
MODIFYING = {"amod", "compound", "nmod", "poss"}


@dataclass(frozen=True, slots=True)
class Scope:
    """Words of sport, markets and politics, nouns of who acts for himself, and the words that make him his state's."""

    sport: frozenset[str]
    markets: frozenset[str]
    politics: frozenset[str]
    private: frozenset[str]
    public: frozenset[str]

    def is_elsewhere(self, scene: Scene) -> bool:
        """Tell a match from a war and a currency from a country: "Ivory Coast fought back to lift the cup"."""
        words = {word.lower() for word in scene.reading.words}
        borrowed = words & self.sport or words & self.markets or SCORE.search(scene.reading.text)
        return bool(borrowed) and not words & self.politics

    def is_private(self, scene: Scene, actor: Actor) -> bool:
        """Tell "a Danish shipping line", wherever the sentence points at Denmark, from Denmark."""
        tokens = [
            scene.doc[at]
            for at, reference in scene.links.items()
            if reference.via not in POINTING_BACK and _means(reference.actors, actor)
        ]
        return bool(tokens) and all(self._is_private_noun(scene, token) for token in tokens)

    def _is_private_noun(self, scene: Scene, token: Token) -> bool:
        noun = token.head
        if (
            token.dep_ not in MODIFYING
            or scene.links[token.i].via != "demonym"
            or scene.lemma(noun) not in self.private
        ):
            return False
        return not any(child.lower_ in self.public for child in noun.children)


def _means(actors: tuple[Actor, ...], actor: Actor) -> bool:
    return any(each.code == actor.code for each in actors)


def load_scope() -> Scope:
    """Read the words that ship."""
    text = files("ingest").joinpath("scope.toml").read_text(encoding="utf-8")
    words: Mapping[str, list[str]] = tomllib.loads(text)
    return Scope(**{name: frozenset(listed) for name, listed in words.items()})
