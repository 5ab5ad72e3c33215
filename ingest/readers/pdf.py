"""A PDF in, one article out: the text of its pages, title and day from its metadata, by pypdf (extra `pdf`)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import IO, Any

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.dates import find_date
from ingest.readers.html import with_headline
from ingest.readers.reading import Item, Reading, read_whole

MOST_PAGES = 200
# A line that ends without a stop goes on in the next one; a hyphen at its end is taken out.
BROKEN_WORD = re.compile(r"(?<=[a-z])-\n(?=[a-z])")
BROKEN_LINE = re.compile(r"(?<![.!?:\"”’\n])\n(?!\n)")
# What makes of a plausible title one that a word processor left there ("Microsoft Word - draft3.docx").
NO_TITLE = re.compile(r"\.(?:docx?|odt|indd|pdf|qxd)$|^microsoft word|^untitled", re.IGNORECASE)


def read_pdf(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield the one article of a PDF, or the reason why it is none."""
    try:
        found = reading.sandbox.parse(
            "pdf", read_whole(stream, reading), reading.place, max_characters=reading.max_characters
        )
    except ArticleError as exc:
        yield exc
        return
    yield Article.of(
        with_headline(found["text"], found["title"]),
        title=found["title"],
        url=reading.url,
        published=find_date(found["date"] or ""),
    )


def parse_pdf(content: bytes, *, max_characters: int) -> dict[str, Any]:
    """Return text, title and date of a PDF; raises ArticleError where it has no text."""
    try:
        from pypdf import PdfReader  # noqa: PLC0415  (an extra)
    except ImportError as exc:
        raise ArticleError("is a PDF; install what reads it: pip install 'dyadgraph[pdf]'") from exc
    document = PdfReader(io.BytesIO(content))
    if document.is_encrypted and not document.decrypt(""):
        raise ArticleError("is locked with a password; unlock it first")
    pages: list[str] = []
    for page in document.pages[:MOST_PAGES]:
        pages.append(page.extract_text())
        if sum(map(len, pages)) > max_characters:
            raise ArticleError(f"holds more than {max_characters:,} characters; raise DYADGRAPH_MAX_ARTICLE")
    text = join_lines("\n".join(pages))
    if not text:
        raise ArticleError("holds no text, only pictures; give its text")
    given = document.metadata
    title = (given.title or "").strip() if given else ""
    day = given.creation_date if given else None
    return {
        "text": text,
        "title": title if title and not NO_TITLE.search(title) else None,
        "date": day.date().isoformat() if day else None,
    }


def join_lines(text: str) -> str:
    """Return the text with the lines of a paragraph joined."""
    lines = "\n".join(line.strip() for line in text.replace("\r", "\n").split("\n"))
    return re.sub(r"\n{3,}", "\n\n", BROKEN_LINE.sub(" ", BROKEN_WORD.sub("", lines))).strip()
