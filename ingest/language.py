"""Sentences in, parsed spaCy Docs out; the only file that knows which language pipeline is used."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dyadgraph.errors import LanguageModelError
from ingest.linear import MODELS
from ingest.mentions import Cut, Reading

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Half of a character outside the basic plane, as broken JSON has it: spaCy cannot keep it as UTF-8.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")

log = logging.getLogger(__name__)

SHIPPED = "en_core_news_open"
REMEMBERED = 20_000
LEMMATIZER = "lemmatizer"
WORD: list[int | str] = ["ORTH", "POS", "MORPH"]  # what spaCy's rules for lemmas look at, and the key of their cache
NEEDED = ("tagger", "parser", "ner")
# "U.S.-led" and "U.N.-backed" are one token in stock spaCy; the name inside must stand alone.
DOTTED_HYPHEN = r"(?<=\.)-(?=[A-Za-z])"


def load_language(name: str = "") -> Language:
    """Load a spaCy pipeline with ClearNLP labels: the shipped one, or an installed package or path.

    Raises LanguageModelError where it is not there or lacks a tagger, parser or named entities.
    """
    import spacy  # noqa: PLC0415  (half a second: only when a sentence must be parsed)
    from spacy.util import compile_infix_regex  # noqa: PLC0415
    from thinc.api import use_ops  # noqa: PLC0415
    from threadpoolctl import threadpool_limits  # noqa: PLC0415

    place = name or str(MODELS / SHIPPED)
    try:
        # numpy's OpenBLAS on one thread multiplies small matrices 1.6 times as fast as BLIS, spaCy's default.
        with use_ops("numpy", use_blis=False):
            nlp = spacy.load(place)
        threadpool_limits(1, user_api="blas")
    except (OSError, ValueError) as exc:
        raise LanguageModelError(
            f"language pipeline {place!r} cannot be loaded ({exc}); unset DYADGRAPH_LANGUAGE_MODEL to use the one "
            "that ships, or install the package it names"
        ) from exc
    missing = [pipe for pipe in NEEDED if pipe not in nlp.pipe_names]
    if missing:
        raise LanguageModelError(f"language pipeline {place!r} has no {', '.join(missing)}; choose an English one")
    tokenizer: Any = nlp.tokenizer
    tokenizer.infix_finditer = compile_infix_regex([*(nlp.Defaults.infixes or ()), DOTTED_HYPHEN]).finditer
    log.debug("language_loaded name=%s pipes=%s", nlp.meta.get("name"), nlp.pipe_names)
    return nlp


def tokenize(nlp: Language, sentence: str) -> Cut:
    """Split one sentence into words; same length as the text, typographic apostrophes made straight."""
    if not sentence.isascii():
        sentence = HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", sentence.replace("’", "'").replace("‘", "'"))
    return Cut.of(sentence, nlp.make_doc(sentence))


def parse(nlp: Language, readings: Sequence[Reading], named: Sequence[bool]) -> list[Doc]:
    """Return tags, lemmas and heads of each sentence, and the named entities of those that may name somebody unknown.

    Lemmas come from our own loop: it costs a tenth of spaCy's lemmatizer, which asks each token by itself.
    """
    from spacy.tokens import Doc  # noqa: PLC0415  (see load_language)

    docs = [Doc(nlp.vocab, words=list(reading.words), spaces=reading.spaces) for reading in readings]
    lemmatizer: Any = nlp.get_pipe(LEMMATIZER) if nlp.has_pipe(LEMMATIZER) else None
    ours = lemmatizer is not None and lemmatizer.mode == "rule"  # the others look further than at one word
    skip = [LEMMATIZER] if ours else []
    bare = nlp.pipe((doc for doc, names in zip(docs, named, strict=True) if not names), disable=["ner", *skip])
    full = nlp.pipe((doc for doc, names in zip(docs, named, strict=True) if names), disable=skip)
    parsed = [next(full if names else bare) for names in named]
    if ours:
        for doc in parsed:
            _lemmatize(lemmatizer, doc)
    return parsed


def _lemmatize(lemmatizer: Any, doc: Doc) -> None:
    """Do what the lemmatizer does, all tokens at once, with its own memory of what it has seen."""
    words = doc.to_array(WORD).tolist()
    lemmas = []
    if len(lemmatizer.cache) > REMEMBERED:  # spaCy would keep every word for good
        lemmatizer.cache.clear()
    for index, word in enumerate(map(tuple, words)):
        forms = lemmatizer.cache.get(word)
        if forms is None:
            forms = lemmatizer.cache[word] = lemmatizer.lemmatize(doc[index])
        lemmas.append(doc.vocab.strings.add(forms[0]))
    column: Any = np.array(lemmas, dtype=np.uint64)
    doc.from_array(["LEMMA"], column)
