"""The treebanks as spaCy readers: what is trained on and how it is varied, what it is watched with."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from importlib.resources import files
from pathlib import Path

from spacy.language import Language
from spacy.training import Example
from spacy.util import registry

from tools.language.augment import change_case, change_quotes, load_names, merge_names, rename
from tools.language.clearnlp import to_clearnlp
from tools.language.sentence import Sentence, Word, to_example
from tools.language.treebanks import read_treebank

Reader = Callable[[Language], Iterator[Example]]
WATCHING = 4  # with every fourth sentence of the dev parts the run is watched, the others are learned
MERGED, CASED, QUOTES = 0.3, 0.08, 0.2
OWN_EACH_EPOCH = 4
TRAINING_FILES = ("ewt-train.conllu", "gum-open-train.conllu")
DEV_FILES = ("ewt-dev.conllu", "gum-open-dev.conllu")


def read_sentences(path: Path) -> list[Sentence]:
    """Read a treebank and convert it; the few sentences that become no tree are left out."""
    converted = (to_clearnlp(tokens) for tokens in read_treebank(path))
    return [Sentence(words) for words in converted if words]


def training_sentences(data: Path) -> list[Sentence]:
    """Read the training parts and three quarters of the dev parts."""
    sentences = [one for name in TRAINING_FILES for one in read_sentences(data / "treebanks" / name)]
    for name in DEV_FILES:
        dev = read_sentences(data / "treebanks" / name)
        sentences += [one for number, one in enumerate(dev) if number % WATCHING]
    return sentences


def watching_sentences(data: Path) -> list[Sentence]:
    """Read the quarter of the dev parts that is not learned."""
    return [one for name in DEV_FILES for one in read_sentences(data / "treebanks" / name)[::WATCHING]]


def own_sentences() -> tuple[Sentence, ...]:
    """Read diplomatic.conll: sentences of the trade, written and parsed for this project."""
    text = files("tools.language").joinpath("diplomatic.conll").read_text(encoding="utf-8")
    blocks = (
        [line.split("\t") for line in block.split("\n") if line and not line.startswith("#")]
        for block in text.split("\n\n")
    )
    return tuple(Sentence(tuple(_word(row) for row in rows)) for rows in blocks if rows)


def _word(row: list[str]) -> Word:
    text, tag, pos, head, dep, space = row
    return Word(text, space == "_", tag, pos, "", int(head), dep)


@registry.readers("dyadgraph.SyntaxTraining.v1")
def syntax_training(data: str, seed: int = 0) -> Reader:
    """Make the reader of the training sentences, shuffled and varied anew in every epoch."""
    treebanks = training_sentences(Path(data))
    rng = random.Random(seed)

    def read(nlp: Language) -> Iterator[Example]:
        sentences = [*treebanks, *own_sentences() * OWN_EACH_EPOCH]
        for sentence in rng.sample(sentences, len(sentences)):
            yield to_example(nlp, vary(sentence, rng))

    return read


@registry.readers("dyadgraph.SyntaxWatching.v1")
def syntax_watching(data: str) -> Reader:
    """Make the reader of the sentences that the run is watched with."""
    sentences = watching_sentences(Path(data))
    return lambda nlp: (to_example(nlp, sentence) for sentence in sentences)


def vary(sentence: Sentence, rng: random.Random) -> Sentence:
    """Show the sentence as it may come at run time: names merged or changed, quotes curled, another case."""
    draw = rng.random()
    if draw < MERGED:
        sentence = merge_names(sentence, rng)
    elif draw < 2 * MERGED:
        sentence = rename(sentence, rng, load_names())
    if rng.random() < QUOTES:
        sentence = change_quotes(sentence)
    return change_case(sentence, rng) if rng.random() < CASED else sentence
