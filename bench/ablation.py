"""A coder in, coders that lack one part out: what each part is worth, without training anew."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import replace
from pathlib import Path

from spacy.tokens import Doc

from bench.judging import Code
from dyadgraph.model import Relation
from ingest.coder import Coder, Sentence
from ingest.frames import RuleIndex
from ingest.linking import Linker
from ingest.memory import Memory
from ingest.mentions import Reading
from ingest.pair_model import load_pair_model
from ingest.scene import Scene

POINTING_BACK = {"pronoun", "pair", "group"}


class NamesOnly:
    """A linker whose scenes hold nobody who is only pointed back at: no pronoun, no "both sides", no "the rebels"."""

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    @property
    def memory(self) -> Memory:
        """The memory of the linker."""
        return self._linker.memory

    def link(self, reading: Reading, doc: Doc) -> Scene:
        """Link a sentence and forget who has no name in it."""
        scene = self._linker.link(reading, doc)
        return replace(scene, links={at: who for at, who in scene.links.items() if who.via not in POINTING_BACK})


def list_variants(coder: Coder) -> dict[str, Code]:
    """Return coders by name; the whole one first."""
    model = coder.pair_model
    rules = copy(coder)
    rules.pair_model = None
    variants: dict[str, Code] = {"all parts": coder.code_sentences, "rules alone": rules.code_sentences}
    if model is not None:
        models = copy(coder)
        models.rules = RuleIndex({}, {})
        variants["models alone: no rules, no classes of words"] = models.code_sentences
        if model.encoder is not None:
            linear = copy(coder)
            linear.pair_model = replace(model, encoder=None)
            variants["rules and linear model"] = linear.code_sentences
    ungated = copy(coder)
    ungated.gate = None
    variants["without the gate"] = ungated.code_sentences
    variants["without coreference"] = lambda sentences: _code_names(coder, sentences)
    return variants


def with_models(coder: Coder, folder: Path) -> Coder:
    """Return the coder with the pair models of a folder."""
    other = copy(coder)
    other.pair_model = load_pair_model(folder)
    return other


def _code_names(coder: Coder, sentences: Sequence[Sentence]) -> Iterator[tuple[Relation, ...]]:
    """Yield the relations of each sentence, with nobody but who is named in it."""
    linker: Linker | None = None
    article = ""
    for sentence, reading, doc in coder.read(sentences):
        if linker is None or sentence.article.id != article:
            article = sentence.article.id
            linker = Linker(coder.gazetteer, sentence.article.published)
        if doc is None:
            linker.note(reading)
            yield ()
        else:
            yield coder.study_sentence(NamesOnly(linker), sentence, reading, doc).relations
