"""A sentence in, a varied sentence out: names merged, names swapped, case changed; annotation follows."""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

import spacy

from tools.language.sentence import Entity, Sentence, Word

# What ingest/mentions.py puts for a known name before the parse.
STAND_INS = ("Iraq", "Bush")
DEMONYM = "American"
MERGED = 0.8
STOOD_IN = 0.7
SMALL = {"DET", "ADP", "CCONJ", "PART"}
FUNCTION_WORDS = set("a an the of in on at to for by with from and or but nor as 's 'll 're 've 'd n't not".split())
SLOTS = {
    "P": ("person", "PERSON"),
    "S": ("surname", "PERSON"),
    "C": ("countries", "LOC"),
    "L": ("cities", "LOC"),
    "R": ("places", "LOC"),
    "O": ("organisations", "ORG"),
    "D": ("demonyms", ""),
    "T": ("titles", ""),
}
# Family names that come first; "Kim" is what a second mention of Kim Jong Un says.
FAMILY_FIRST = set(
    "Xi Kim Moon Tsai Li Wang Qin Park Choe Ri Hun Hu Wen Lee Ban Chen Roh Ma Yoon Han Hwang Nguyen Tran Pham".split()
)
PARTICLES = {"al", "el", "bin", "van", "von", "der", "de", "da", "di", "la"}
TITLES = {
    *"president minister prime secretary senator sen. mr. mrs. ms. mr mrs dr. king queen general gen. prince".split(),
    *"ambassador governor gov. rep. vice foreign chancellor professor prof. st. pope sir lord lady judge".split(),
    *"justice captain colonel".split(),
}


@dataclass(frozen=True, slots=True)
class Names:
    """The names of names.toml by kind."""

    pools: dict[str, list[str]]

    def pick(self, kind: str, rng: random.Random) -> str:
        """Draw a name; `person` and `surname` are composed, the rest stand in the file."""
        if kind == "person":
            return self._person(rng)
        if kind == "surname":
            return surname(self._person(rng))
        return rng.choice(self.pools[kind])

    def _person(self, rng: random.Random) -> str:
        given, family = rng.choice(self.pools["given_names"]), rng.choice(self.pools["family_names"])
        if rng.random() < 0.5:
            return rng.choice(self.pools["leaders"])
        return f"{given} {family}" if rng.random() < 0.85 else f"{family} {given}"


@cache
def load_names() -> Names:
    """Read names.toml."""
    text = files("tools.language").joinpath("names.toml").read_text(encoding="utf-8")
    return Names(tomllib.loads(text))


def surname(person: str) -> str:
    """Return what a second mention says: the family name with its particles."""
    parts = person.split()
    if parts[0] in FAMILY_FIRST:
        return parts[0]
    start = len(parts) - 1
    while start > 1 and parts[start - 1].lower() in PARTICLES:
        start -= 1
    return " ".join(parts[start:])


def merge_names(sentence: Sentence, rng: random.Random) -> Sentence:
    """Make one word of most multiword names and put stand-ins, as the gazetteer does before a parse."""
    words = sentence.words
    into = list(range(len(words)))
    texts = [word.text for word in words]
    for head, word in enumerate(words):
        if not _names(word) or _is_inner(words, head) or rng.random() > MERGED:
            continue
        first = head
        while (
            first and _names(words[first - 1]) and words[first - 1].dep == "compound" and words[first - 1].head == head
        ):
            first -= 1
        into[first:head] = [head] * (head - first)
        if rng.random() < STOOD_IN:
            texts[head] = rng.choice(STAND_INS)
    for index, word in enumerate(words):
        if word.tag == "JJ" and index and word.text[0].isupper() and word.text[1:].islower() and rng.random() < MERGED:
            texts[index] = DEMONYM
    return _without(sentence, into, texts)


def rename(sentence: Sentence, rng: random.Random, names: Names) -> Sentence:
    """Put another one-word name for each known country, city, demonym and family name; nothing else changes."""
    single = _single_names()
    words = []
    for word in sentence.words:
        kind = single.get(word.text, "") if word.pos in {"PROPN", "ADJ"} else ""
        if kind:
            new = names.pick(kind, rng).removeprefix("the ")
            if " " not in new and "-" not in new:
                words.append(replace(word, text=new))
                continue
        words.append(word)
    return replace(sentence, words=tuple(words))


@cache
def _single_names() -> dict[str, str]:
    pools = load_names().pools
    kinds = {surname(leader): "surname" for leader in pools["leaders"]}
    kinds |= dict.fromkeys(pools["family_names"], "surname")
    for kind in ("countries", "cities", "demonyms"):
        kinds |= dict.fromkeys(pools[kind], kind)
    return {name: kind for name, kind in kinds.items() if " " not in name}


def change_quotes(sentence: Sentence) -> Sentence:
    """Curl the straight double quotes; the first of each pair opens."""
    opened = False
    words = []
    for word in sentence.words:
        if word.text in {'"', "``", "''"}:
            opened = not opened
            words.append(replace(word, text="“" if opened else "”"))
        else:
            words.append(word)
    return replace(sentence, words=tuple(words))


def _names(word: Word) -> bool:
    return word.pos == "PROPN" and word.text[:1].isupper() and word.text.lower() not in TITLES


def _is_inner(words: tuple[Word, ...], index: int) -> bool:
    word = words[index]
    return word.dep == "compound" and word.head > index and words[word.head].pos == "PROPN"


def _without(sentence: Sentence, into: list[int], texts: list[str]) -> Sentence:
    """Drop every word that went into another one; heads and entities are counted anew."""
    kept = [index for index, target in enumerate(into) if target == index]
    place = {index: number for number, index in enumerate(kept)}
    words = tuple(
        replace(sentence.words[index], text=texts[index], head=place[into[sentence.words[index].head]])
        if sentence.parsed
        else replace(sentence.words[index], text=texts[index])
        for index in kept
    )
    return replace(sentence, words=words, entities=None)


def swap_names(sentence: Sentence, rng: random.Random, names: Names) -> Sentence:
    """Put other persons, and other countries and cities for known ones; only entities must be annotated."""
    words: list[Word] = []
    entities: list[Entity] = []
    drawn: dict[str, str] = {}
    place = 0
    for entity in sentence.entities or ():
        words += sentence.words[place : entity.start]
        old = sentence.words[entity.start : entity.end]
        text = " ".join(word.text for word in old)
        kind = _kind(text, entity, names)
        if kind:
            new = drawn.setdefault(text, names.pick(kind, rng).removeprefix("the "))
            old = spell_name(new, space=old[-1].space)
        entities.append(Entity(len(words), len(words) + len(old), entity.label))
        words += old
        place = entity.end
    words += sentence.words[place:]
    return Sentence(tuple(words), tuple(entities))


def _kind(text: str, entity: Entity, names: Names) -> str:
    if entity.label == "PERSON":
        return "person" if entity.end - entity.start > 1 else "surname"
    for kind in ("countries", "cities"):
        if entity.label == "LOC" and (text in names.pools[kind] or f"the {text}" in names.pools[kind]):
            return kind
    return ""


def fill_template(template: str, rng: random.Random, names: Names) -> Sentence:
    """Fill "{P} met {S} in {L} ." with names; every slot but {D} and {T} becomes an entity."""
    words: list[Word] = []
    entities: list[Entity] = []
    for token in template.split(" "):
        if not (token.startswith("{") and token[1:2] in SLOTS):
            words.append(Word(token))
            continue
        kind, label = SLOTS[token[1]]
        name = names.pick(kind, rng)
        if name.startswith("the "):
            name = name[4:]
            if not (words and words[-1].text.lower() == "the"):
                words.append(Word("the" if words else "The"))
        new = spell_name(name, space=True)
        if label:
            entities.append(Entity(len(words), len(words) + len(new), label))
        words += new
    return Sentence(_close_up(words), tuple(entities))


def _close_up(words: list[Word]) -> tuple[Word, ...]:
    after = [word.text for word in words[1:]] + [""]
    glued = {",", ".", "'s", "?", "!", ";", ":", ")", "''"}
    return tuple(
        replace(word, space=word.space and following not in glued and word.text not in {"(", "``"})
        for word, following in zip(words, after, strict=True)
    )


def spell_name(name: str, *, space: bool) -> tuple[Word, ...]:
    """Split a name as the tokenizer does; `space` says what follows its last word."""
    doc = _tokenizer()(name)
    return tuple(Word(token.text, bool(token.whitespace_) if token.i + 1 < len(doc) else space) for token in doc)


@cache
def _tokenizer() -> spacy.tokenizer.Tokenizer:
    return spacy.blank("en").tokenizer


def change_case(sentence: Sentence, rng: random.Random) -> Sentence:
    """Write the sentence in lower case, in capitals, or as a headline; the tags stay."""
    draw = rng.random()
    if sentence.entities and draw < 0.3:
        draw = 0.3 + draw  # names in lower case teach an entity recognizer little but doubt
    if draw < 0.3:
        change = str.lower
    elif draw < 0.55:
        change = str.upper
    else:
        change = _headline
    return replace(sentence, words=tuple(replace(word, text=change(word.text)) for word in sentence.words))


def _headline(text: str) -> str:
    return text if text.lower() in FUNCTION_WORDS else text[:1].upper() + text[1:]
