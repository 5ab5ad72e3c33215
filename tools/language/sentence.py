"""One annotated sentence of any corpus, and its way into a spaCy Example."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span
from spacy.training import Example

if TYPE_CHECKING:
    from spacy.language import Language

# Straight and typographic apostrophes mean the same; `ingest/language.py` makes them straight too.
APOSTROPHES = str.maketrans("’‘", "''")


@dataclass(frozen=True, slots=True)
class Entity:
    """Tokens start:end of a sentence and PERSON, ORG or LOC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Word:
    """A token; `head` counts from 0 and is its own index at the root; tag, pos and dep are empty where unknown."""

    text: str
    space: bool = True
    tag: str = ""
    pos: str = ""
    lemma: str = ""
    head: int = -1
    dep: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words with syntax (where `parsed`) and named entities (None: nobody looked for them)."""

    words: tuple[Word, ...]
    entities: tuple[Entity, ...] | None = None

    @property
    def parsed(self) -> bool:
        """True where the words carry tags and heads."""
        return bool(self.words) and bool(self.words[0].dep)

    @property
    def text(self) -> str:
        """The sentence as it would be printed."""
        return "".join(word.text + " " * word.space for word in self.words).strip()


def to_doc(nlp: Language, sentence: Sentence) -> Doc:
    """Make the reference Doc, with all that the sentence knows."""
    words = sentence.words
    syntax: dict[str, list[str] | list[int] | list[bool]] = {}
    if sentence.parsed:
        syntax = {
            "tags": [word.tag for word in words],
            "pos": [word.pos for word in words],
            "lemmas": [word.lemma for word in words],
            "heads": [word.head for word in words],
            "deps": [word.dep for word in words],
            "sent_starts": [index == 0 for index in range(len(words))],
        }
    doc = Doc(
        nlp.vocab, words=[w.text.translate(APOSTROPHES) for w in words], spaces=[w.space for w in words], **syntax
    )
    if sentence.entities is not None:
        spans = [Span(doc, entity.start, entity.end, label=entity.label) for entity in sentence.entities]
        doc.set_ents(spans, default="outside")
    return doc


def to_example(nlp: Language, sentence: Sentence) -> Example:
    """Pair the reference with what the tokenizer makes of its text, so that training sees running text's tokens."""
    reference = to_doc(nlp, sentence)
    return Example(nlp.make_doc(reference.text), reference)
