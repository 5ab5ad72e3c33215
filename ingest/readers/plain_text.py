"""A plain text file in, one article out: headline, optional `Key: value` lines, body."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import IO

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.dates import find_date
from ingest.readers.decoding import decode
from ingest.readers.reading import Item, Reading

HEADER = re.compile(r"^(published|date|publisher|source|url|title):\s*(\S.*)$", re.IGNORECASE)
HEADER_LINES = 8
LONGEST_HEADLINE = 200


def read_plain_text(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield the one article of a text file, or the reason why it is none.

    Among the first lines `Published:`, `Publisher:`, `URL:` and `Title:` are read as such and left out of
    the text; a line that is nothing but a date dates the article; the first line left is its title.
    """
    try:
        text = decode(stream.read(4 * reading.max_characters + 1), reading.place, reading.max_characters)
    except ArticleError as exc:
        yield exc
        return
    yield parse_plain_text(text)


def parse_plain_text(text: str) -> Article:
    """Make an article of a text with optional header lines; raises nothing."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    given: dict[str, str] = {}
    kept: list[str] = []
    published: date | None = None
    for number, line in enumerate(lines):
        match = HEADER.match(line.strip()) if number < HEADER_LINES else None
        if match:
            given[match.group(1).lower()] = match.group(2).strip()
            continue
        if number < HEADER_LINES and published is None:
            published = find_date(line)
        kept.append(line)
    body = re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()
    return Article.of(
        body,
        title=given.get("title") or _headline(body),
        url=given.get("url"),
        publisher=given.get("publisher") or given.get("source"),
        published=find_date(given.get("published") or given.get("date") or "") or published,
    )


def _headline(body: str) -> str | None:
    for line in body.split("\n")[:HEADER_LINES]:
        text = line.strip()
        if text and find_date(text) is None:
            return text if len(text) <= LONGEST_HEADLINE else None
    return None
