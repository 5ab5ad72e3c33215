"""Sentences in, parsed spaCy Docs out; the only file that knows which language pipeline is used."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from dyadgraph.errors import LanguageModelError
from ingest.linear import MODELS

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Half of a character outside the basic plane, as broken JSON has it: spaCy cannot keep it as UTF-8.
HALF_CHARACTER = re.compile("[\ud800-\udfff]")

log = logging.getLogger(__name__)

SHIPPED = "en_core_news_open"
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


def tokenize(nlp: Language, sentence: str) -> Doc:
    """Split one sentence into words; same length as the text, typographic apostrophes made straight."""
    if not sentence.isascii():
        sentence = HALF_CHARACTER.sub("\N{REPLACEMENT CHARACTER}", sentence.replace("’", "'").replace("‘", "'"))
    return nlp.make_doc(sentence)


def parse(nlp: Language, docs: Sequence[Doc], named: Sequence[bool]) -> list[Doc]:
    """Give each Doc its tags, lemmas and heads, and those that may name somebody unknown their named entities too."""
    bare = nlp.pipe((doc for doc, names in zip(docs, named, strict=True) if not names), disable=["ner"])
    full = nlp.pipe(doc for doc, names in zip(docs, named, strict=True) if names)
    return [next(full if names else bare) for names in named]
