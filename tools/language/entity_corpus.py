"""The named-entity corpora as spaCy readers: what is trained on, with what weight, and what watches the run."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from tools.language.augment import TITLES, change_case, fill_template, load_names, swap_names
from tools.language.entities import (
    find_gum_entities,
    read_crossner,
    read_re3d,
    read_universal,
    read_voa,
    read_wikigold,
    spell,
)
from tools.language.sentence import Entity, Sentence, to_example
from tools.language.treebanks import read_treebank

VOA_LABELS = Path(__file__).with_name("voa_entities.jsonl")
Reader = Callable[[Language], Iterator[Example]]
HELD_OUT = 10  # every tenth sentence of UNER is not learned: with it the run is watched
SWAPPED, CASED, TEMPLATES = 0.3, 0.06, 0.12
TITLE_WORDS = {
    *TITLES,
    *"deputy former supreme leader crown ayatollah sheikh major lieutenant the defence defense home state".split(),
    "treasury",
}
PRONOUNS = {"I", "He", "She", "We", "They", "You", "It"}


def training_sentences(data: Path) -> list[Sentence]:
    """Read all that named entities are learned from; UNER's sentences and our own count double."""
    ner = data / "ner"
    uner = read_universal(ner / "EWT-dev.iob2")
    gum = [
        Sentence(tuple(spell([t.form for t in tokens], [t.space for t in tokens])), find_gum_entities(tokens))
        for tokens in read_treebank(data / "treebanks" / "gum-open-train.conllu")
    ]
    sentences = [
        *gum,
        *read_wikigold(ner / "wikigold.conll.txt"),
        *read_crossner(ner / "crossner"),
        *read_re3d(ner / "re3d"),
    ]
    kept = [one for number, one in enumerate(uner) if number % HELD_OUT]
    kept += read_voa(VOA_LABELS, data / "news" / "voa.jsonl", "train")
    return [strip_titles(one) for one in [*kept, *kept, *sentences]]


def watching_sentences(data: Path) -> list[Sentence]:
    """Read the sentences that the run is watched with: UNER's tenth and GUM's own dev part."""
    uner = read_universal(data / "ner" / "EWT-dev.iob2")
    gum = [
        Sentence(tuple(spell([t.form for t in tokens], [t.space for t in tokens])), find_gum_entities(tokens))
        for tokens in read_treebank(data / "treebanks" / "gum-open-dev.conllu")
    ]
    return [strip_titles(one) for one in [*uner[::HELD_OUT], *gum]]


def strip_titles(sentence: Sentence) -> Sentence:
    """Take "President" off a person's name; what is but a title or a pronoun is no name."""
    kept: list[Entity] = []
    for entity in sentence.entities or ():
        texts = [word.text for word in sentence.words[entity.start : entity.end]]
        titles = 0
        while entity.label == "PERSON" and titles < len(texts) and texts[titles].lower() in TITLE_WORDS:
            titles += 1
        name = texts[titles:]
        if name and not (titles and name[0][0].islower()) and name[0] not in PRONOUNS:
            kept.append(Entity(entity.start + titles, entity.end, entity.label))
    return replace(sentence, entities=tuple(kept))


@registry.readers("dyadgraph.EntityTraining.v1")
def entity_training(data: str, seed: int = 0) -> Reader:
    """Make the reader of the training sentences, shuffled and varied anew in every epoch."""
    sentences = training_sentences(Path(data))
    rng = random.Random(seed)

    def read(nlp: Language) -> Iterator[Example]:
        for sentence in rng.sample(sentences, len(sentences)):
            if rng.random() < TEMPLATES:
                yield to_example(nlp, fill_template(rng.choice(_templates()), rng, load_names()))
            yield to_example(nlp, _vary(sentence, rng))

    return read


@registry.readers("dyadgraph.EntityWatching.v1")
def entity_watching(data: str) -> Reader:
    """Make the reader of the sentences that the run is watched with."""
    sentences = watching_sentences(Path(data))
    return lambda nlp: (to_example(nlp, sentence) for sentence in sentences)


def _vary(sentence: Sentence, rng: random.Random) -> Sentence:
    if rng.random() < SWAPPED:
        sentence = swap_names(sentence, rng, load_names())
    return change_case(sentence, rng) if rng.random() < CASED else sentence


@cache
def _templates() -> list[str]:
    lines = files("tools.language").joinpath("entity_templates.txt").read_text(encoding="utf-8").splitlines()
    return [re.sub(r"\s+", " ", line) for line in lines if line and not line.startswith("#")]
