"""Corpora with named entities in, sentences out, all in one convention: that of Universal NER.

PERSON, ORG and LOC (countries, cities and buildings too) without titles, articles and possessive endings;
"American" and "Christmas" are no entities.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

import spacy
from spacy.tokens import Doc

from tools.language.sentence import Entity, Sentence, Word
from tools.language.treebanks import Token, read_mentions

UNIVERSAL = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}
RE3D = {"Person": "PERSON", "Organisation": "ORG", "Location": "LOC"}
GUM = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
CROSSNER = {
    **dict.fromkeys(("politician", "person", "writer", "musicalartist", "scientist", "researcher"), "PERSON"),
    **dict.fromkeys(("organisation", "politicalparty", "band", "university"), "ORG"),
    **dict.fromkeys(("country", "location"), "LOC"),
}
CROSSNER_DOMAINS = ("politics", "science", "literature", "music", "ai")
ARTICLES = {"the", "a", "an"}
NO_SPACE_BEFORE = {",", ".", ")", "]", "?", "!", ";", ":", "%", "'s", "'", "n't", "'re", "'ve", "'ll", "'m", "'d", "''"}
NO_SPACE_AFTER = {"(", "[", "$", "``"}
PROPER = {"NNP", "NNPS"}
LINKS = {"of", "for", "and", "&", "-", "the"}


def read_universal(path: Path) -> list[Sentence]:
    """Read a Universal NER file; spaces come from its `# text` lines."""
    sentences: list[Sentence] = []
    text = ""
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.split("\n") if line]
        text = next((line.split("=", 1)[1].strip() for line in lines if line.startswith("# text")), "")
        rows = [line.split("\t") for line in lines if not line.startswith("#")]
        if rows:
            forms = [row[1] for row in rows]
            words = spell(forms, spaces_of(forms, text))
            sentences.append(_sentence(words, _spans([row[2] for row in rows], UNIVERSAL)))
    return sentences


def read_wikigold(path: Path) -> list[Sentence]:
    """Read wikigold: a word and its tag a line."""
    return [_sentence(spell(forms), _spans(tags, UNIVERSAL)) for forms, tags in _columns(path, " ")]


def read_crossner(folder: Path) -> list[Sentence]:
    """Read the five domains; their fine types become ours or nothing."""
    return [
        _sentence(spell(forms), _spans(tags, CROSSNER))
        for domain in CROSSNER_DOMAINS
        for part in ("train", "dev", "test")
        for forms, tags in _columns(folder / domain / f"{part}.txt", "\t")
    ]


def read_re3d(folder: Path) -> list[Sentence]:
    """Read re3d's documents, a sentence at a time; only mentions that begin and end with a capital are names."""
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    sentences: list[Sentence] = []
    for documents in sorted(folder.glob("*/documents.json")):
        mentions: dict[str, list[tuple[int, int, str]]] = {}
        for one in map(json.loads, _lines(documents.with_name("entities.json"))):
            if one["type"] in RE3D:
                mentions.setdefault(one["documentId"], []).append((one["begin"], one["end"], RE3D[one["type"]]))
        for document in map(json.loads, _lines(documents)):
            place = 0
            for line in document["text"].split("\n"):
                known = [(a - place, b - place, label) for a, b, label in mentions.get(document["_id"], [])]
                sentences += _cut(nlp(line), [one for one in known if 0 <= one[0] < one[1] <= len(line)])
                place += len(line) + 1
    return sentences


def _cut(doc: Doc, mentions: list[tuple[int, int, str]]) -> Iterator[Sentence]:
    """Cut a line into sentences; of overlapping mentions the longest stays."""
    spans = [doc.char_span(start, end, label) for start, end, label in mentions]
    named = [span for span in spans if span is not None and span[0].text[0].isupper() and span[-1].text[0].isupper()]
    longest = spacy.util.filter_spans(named)
    for sent in doc.sents:
        words = [Word(token.text, bool(token.whitespace_)) for token in sent]
        inside = [span for span in longest if sent.start <= span.start and span.end <= sent.end]
        yield _sentence(words, [Entity(one.start - sent.start, one.end - sent.start, one.label_) for one in inside])


def read_voa(labels: Path, news: Path, part: str) -> list[Sentence]:
    """Read our own labels of Voice of America sentences; the text is found by its id and checked by its hash."""
    nlp = spacy.blank("en")
    texts = {row["id"]: row["text"] for row in map(json.loads, _lines(news))}
    sentences: list[Sentence] = []
    for row in map(json.loads, _lines(labels)):
        text = texts.get(row["id"], "")
        if row["part"] == part and hashlib.sha1(text.encode()).hexdigest() == row["sha1"]:
            doc = nlp.make_doc(text)
            spans = [doc.char_span(start, end, label) for start, end, label in row["entities"]]
            words = [Word(token.text, bool(token.whitespace_)) for token in doc]
            sentences.append(_sentence(words, [Entity(one.start, one.end, one.label_) for one in spans if one]))
    return sentences


def find_gum_entities(tokens: list[Token]) -> tuple[Entity, ...]:
    """Cut GUM's mentions ("the former president of Chad, ...") down to the names in them, the longest first."""
    found: list[Entity] = []
    taken: set[int] = set()
    for start, end, kind in read_mentions(tokens):
        inside = range(start, end)
        heads = [index for index in inside if tokens[index].head - 1 not in inside]
        if kind not in GUM or len(heads) != 1 or tokens[heads[0]].xpos not in PROPER:
            continue
        head = tokens[heads[0]]
        if head.form[0].isupper() and not (kind == "person" and head.xpos == "NNPS"):
            found.append(_name(tokens, heads[0], inside, GUM[kind]))
    kept: list[Entity] = []
    for entity in sorted(found, key=lambda one: one.start - one.end):
        span = set(range(entity.start, entity.end))
        if not span & taken:
            kept.append(entity)
            taken |= span
    return tuple(sorted(kept, key=lambda one: one.start))


def _name(tokens: list[Token], head: int, inside: range, label: str) -> Entity:
    """Grow a name from its head over proper nouns, and over "of", "for" and the like where no person is named."""

    def fits(index: int) -> bool:
        return index in inside and tokens[index].xpos in PROPER and tokens[index].deprel != "nmod:desc"

    first = last = head
    while fits(first - 1):
        first -= 1
    while fits(last + 1):
        last += 1
    while label != "PERSON" and last + 2 in inside and tokens[last + 1].form in LINKS:
        step = 3 if tokens[last + 2].form == "the" else 2
        if not fits(last + step):
            break
        last += step
        while fits(last + 1):
            last += 1
    while label != "PERSON" and first > 1 and first - 1 in inside:
        before = tokens[first - 1]
        if before.upos != "ADJ" or not before.form[0].isupper():
            break
        first -= 1
    return Entity(first, last + 1, label)


def spell(forms: list[str], spaces: list[bool] | None = None) -> list[Word]:
    """Make words of forms; where spaces are unknown they follow English print."""
    if spaces is None:
        following = [*forms[1:], ""]
        spaces = [
            form not in NO_SPACE_AFTER and after not in NO_SPACE_BEFORE
            for form, after in zip(forms, following, strict=True)
        ]
    return [Word(form, space) for form, space in zip(forms, spaces, strict=True)]


def spaces_of(forms: list[str], text: str) -> list[bool] | None:
    """Find which forms are followed by a space in the text; None where the forms are not all in it."""
    spaces: list[bool] = []
    place = 0
    for form in forms:
        start = text.find(form, place)
        if start < 0 or start - place > 1:
            return None
        place = start + len(form)
        spaces.append(text[place : place + 1] == " ")
    return spaces


def _sentence(words: list[Word], entities: Iterable[Entity]) -> Sentence:
    without_article = (
        Entity(one.start + 1, one.end, one.label)
        if words[one.start].text.lower() in ARTICLES and one.end - one.start > 1
        else one
        for one in entities
    )
    return Sentence(tuple(words), tuple(without_article))


def _spans(tags: list[str], labels: dict[str, str]) -> list[Entity]:
    """Read IOB tags of either dialect; a name may begin with I- (wikigold)."""
    spans: list[Entity] = []
    start, open_label = 0, ""
    for index, tag in enumerate([*tags, "O"]):
        prefix, _, label = tag.partition("-")
        if open_label and (prefix in {"O", "B"} or label != open_label):
            if open_label in labels:
                spans.append(Entity(start, index, labels[open_label]))
            open_label = ""
        if label and not open_label:
            start, open_label = index, label
    return spans


def _columns(path: Path, separator: str) -> Iterator[tuple[list[str], list[str]]]:
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        rows = [line.split(separator) for line in block.split("\n") if line.strip()]
        rows = [row for row in rows if len(row) > 1]
        if rows:
            yield [row[0] for row in rows], [row[-1] for row in rows]


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
