"""A scene and two of its actors in, the features that a learned model decides on out: plain strings.

A pair is looked at in the order of the text; a feature ending in `>` or `<` keeps who stands where.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from dyadgraph.model import Actor
from ingest.frames import RuleIndex
from ingest.relations import Finding
from ingest.scene import Scene, Via

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR = 4
FAR_VIA: Mapping[str, int] = {"pronoun": 3, "pair": 1, "office": 0, "place": 1}


@dataclass(frozen=True, slots=True)
class Mentioned:
    """One actor at one token."""

    actor: Actor
    token: int
    via: Via


@dataclass(frozen=True, slots=True)
class Pair:
    """Two mentions of actors with different codes, in the order of the text, and their features."""

    first: Mentioned
    second: Mentioned
    trigger: int
    features: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """What is asked again and again of a sentence: lemmas, and the relation types each word may carry."""

    lemmas: tuple[str, ...]
    carried: tuple[tuple[str, ...], ...]


def find_pairs(scene: Scene, findings: Iterable[Finding], rules: RuleIndex) -> Iterator[Pair]:
    """Yield every pair of actors of different codes, each by its closest mentions."""
    mentions: dict[str, list[Mentioned]] = {}
    for index, reference in sorted(scene.links.items()):
        for actor in reference.actors:
            mentions.setdefault(actor.code, []).append(Mentioned(actor, index, reference.via))
    if len(mentions) < 2:
        return
    words = _words(scene, rules)
    known = list(findings)
    for one, two in combinations(mentions, 2):
        first, second, up, down = _closest(scene, mentions[one], mentions[two])
        features = _features(scene, words, (first, second), (up, down), len(mentions))
        seen = tuple(dict.fromkeys((*features, *_rule_features(first, second, known))))
        yield Pair(first, second, _trigger(words, up, down, first, second), seen)


def _words(scene: Scene, rules: RuleIndex) -> Words:
    lemmas = tuple(scene.lemma(token) for token in scene.doc)
    carried = []
    for token, lemma in zip(scene.doc, lemmas, strict=True):
        index = rules.nouns if token.pos_ in {"NOUN", "PROPN"} else rules.verbs
        found = () if token.i in scene.links else (*index.get(lemma, ()), *index.get(token.lower_, ()))
        carried.append(tuple(dict.fromkeys(rule.type.id for rule in found)))
    return Words(lemmas, tuple(carried))


def _closest(
    scene: Scene, ones: list[Mentioned], twos: list[Mentioned]
) -> tuple[Mentioned, Mentioned, list[Token], list[Token]]:
    best: tuple[int, Mentioned, Mentioned, list[Token], list[Token]] | None = None
    for one in ones:
        for two in twos:
            first, second = (one, two) if one.token <= two.token else (two, one)
            up, down = _path(scene.doc[first.token], scene.doc[second.token])
            length = len(up) + len(down) + FAR_VIA.get(one.via, 0) + FAR_VIA.get(two.via, 0)
            if best is None or length < best[0]:
                best = (length, first, second, up, down)
    assert best is not None  # noqa: S101  (both lists hold at least one mention)
    return best[1:]


def _path(first: Token, second: Token) -> tuple[list[Token], list[Token]]:
    """Return the tokens from the first up to the common ancestor, and from the second up to below it."""
    up = [first, *first.ancestors]
    down = [second, *second.ancestors]
    places = {token.i: place for place, token in enumerate(down)}
    for place, token in enumerate(up):
        if token.i in places:
            return up[: place + 1], down[: places[token.i]]
    return up, down


def _trigger(words: Words, up: list[Token], down: list[Token], first: Mentioned, second: Mentioned) -> int:
    """Return the word that most likely carries the relation: a known trigger on the path, else its top."""
    ends = {first.token, second.token}
    inner = [token for token in [up[-1], *reversed(up[:-1]), *down] if token.i not in ends]
    for token in inner:
        if words.carried[token.i]:
            return token.i
    return inner[0].i if inner else first.token


def _features(
    scene: Scene,
    words: Words,
    mentions: tuple[Mentioned, Mentioned],
    path: tuple[list[Token], list[Token]],
    actors: int,
) -> Iterator[str]:
    (first, second), (up, down) = mentions, path
    yield f"len={min(len(up) + len(down), 10)}"
    yield f"actors={min(actors, 6)}"
    yield f"kinds={first.actor.kind}-{second.actor.kind}"
    yield f"via={first.via}-{second.via}"
    yield from _path_features(words, up, down)
    yield from _between_features(scene, words, first, second)
    yield from _side_features(scene, words, first, ">")
    yield from _side_features(scene, words, second, "<")
    for types in words.carried:
        for type_id in types:
            yield f"any={type_id}"


def _path_features(words: Words, up: list[Token], down: list[Token]) -> Iterator[str]:
    rise = [token.dep_ for token in up[:-1]]
    fall = [token.dep_ for token in down]
    top = up[-1]
    shape = "<".join(rise[-3:]) + "^" + ">".join(reversed(fall[-3:]))
    lemma = words.lemmas[top.i]
    yield f"path={shape}"
    yield f"top={lemma}"
    yield f"toptag={top.tag_}"
    yield f"toppath={lemma}|{shape}"
    yield f"topends={lemma}|{rise[-1] if rise else ''}|{fall[-1] if fall else ''}"
    for type_id in words.carried[top.i]:
        yield f"toptype={type_id}"
        yield f"toptypepath={type_id}|{shape}"
    for side, tokens in ((">", up[1:-1]), ("<", down[1:])):
        for token in tokens:
            yield f"on{side}={words.lemmas[token.i]}"
            yield f"on{side}={token.dep_}:{words.lemmas[token.i]}"
    for token in [*up[1:], *down[1:]]:
        yield f"onany={words.lemmas[token.i]}"
        for type_id in words.carried[token.i]:
            yield f"ontype={type_id}"
            yield f"ontypeends={type_id}|{rise[0] if rise else ''}|{fall[0] if fall else ''}"


def _between_features(scene: Scene, words: Words, first: Mentioned, second: Mentioned) -> Iterator[str]:
    between = range(first.token + 1, second.token)
    yield f"far={min(len(between) // 3, 7)}"
    yield f"others={min(3, sum(index in scene.links for index in between))}"
    previous = "^"
    for index in between:
        lemma = "ACTOR" if index in scene.links else words.lemmas[index]
        if not scene.doc[index].is_punct:
            yield f"btw={lemma}"
        yield f"btw2={previous}_{lemma}"
        previous = lemma
        for type_id in words.carried[index]:
            yield f"btwtype={type_id}"
    if len(between) <= NEAR:
        yield "btwall=" + "_".join("ACTOR" if i in scene.links else words.lemmas[i] for i in between)
    for index in range(max(0, first.token - NEAR), first.token):
        yield f"bef={words.lemmas[index]}"
        yield from (f"beftype={type_id}" for type_id in words.carried[index])
    for index in range(second.token + 1, min(len(words.lemmas), second.token + 1 + NEAR)):
        yield f"aft={words.lemmas[index]}"
        yield from (f"afttype={type_id}" for type_id in words.carried[index])


def _side_features(scene: Scene, words: Words, mentioned: Mentioned, side: str) -> Iterator[str]:
    """Describe how one actor hangs in the sentence: its role, its head, its verb with auxiliaries and negation."""
    token = scene.doc[mentioned.token]
    yield f"dep{side}={token.dep_}"
    yield f"head{side}={token.dep_}:{words.lemmas[token.head.i]}"
    for offset in (-1, 1):
        index = token.i + offset
        if 0 <= index < len(words.lemmas):
            yield f"next{offset}{side}={words.lemmas[index]}"
    role = next((t.dep_ for t in [token, *token.ancestors] if t.dep_ in {"nsubj", "nsubjpass", "dobj", "pobj"}), "none")
    yield f"role{side}={role}"
    verb = next((t for t in token.ancestors if t.pos_ in {"VERB", "AUX"}), None)
    if verb is None:
        return
    lemma = words.lemmas[verb.i]
    yield f"verb{side}={lemma}|{role}"
    for type_id in words.carried[verb.i]:
        yield f"verbtype{side}={type_id}|{role}"
    for child in verb.children:
        if child.dep_ in {"aux", "neg", "prt", "auxpass"}:
            yield f"{child.dep_}{side}={child.lower_}"
        if child.dep_ in {"prt", "prep", "dobj"}:
            yield f"verb{child.dep_}{side}={lemma}_{words.lemmas[child.i]}"


def _rule_features(first: Mentioned, second: Mentioned, findings: list[Finding]) -> Iterator[str]:
    one, two = first.actor.code, second.actor.code
    for finding in findings:
        source = finding.source.actor.code
        target = finding.target.actor.code
        if {source, target} == {one, two}:
            way = "=" if finding.rule.type.symmetric else ">" if source == one else "<"
            yield "rule"
            yield f"rule{way}={finding.rule.type.id}"
            yield f"rulename{way}={finding.rule.name}"
        elif source != target:
            yield "ruleelse"
            yield f"ruleelse={finding.rule.type.id}"
