"""A CSV file with named columns in, articles out: one a row, from a `text` column and those beside it."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import IO

from dyadgraph.errors import ArticleError
from ingest.readers.decoding import decode
from ingest.readers.json_lines import bounded_lines, to_article
from ingest.readers.reading import Item, Reading

# What people call the columns that we read, after what we call them.
COLUMNS = {
    "text": ("text", "body", "content", "article", "fulltext"),
    "title": ("title", "headline"),
    "url": ("url", "link", "address"),
    "publisher": ("publisher", "source", "outlet", "newspaper"),
    "published": ("published", "date", "publish_date", "publication_date", "published_at"),
}
SEPARATORS = ",;\t|"


def read_csv(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield an article, or the reason why it is none, for each row below the row of names."""
    csv.field_size_limit(reading.max_bytes)
    lines = _lines(stream, reading)
    try:
        head = next(lines, "")
        columns, separator = find_columns(head, reading.place)
        rows = csv.reader(lines, delimiter=separator, strict=True)
        yield from _articles(rows, columns, reading)
    except ArticleError as exc:
        yield exc
    except csv.Error as exc:
        yield ArticleError(f"{reading.place}: is no CSV from here on ({exc}); mend its quotes")


def _lines(stream: IO[bytes], reading: Reading) -> Iterator[str]:
    for where, line in bounded_lines(stream, reading.place, reading.max_bytes):
        if isinstance(line, ArticleError):
            raise line
        # a blank line may stand inside a quoted text
        yield decode(line, where, reading.max_bytes) if line.strip() else "\n"


def find_columns(head: str, place: str) -> tuple[dict[str, int], str]:
    """Return where each of our columns stands and what separates them, from the first row.

    Raises ArticleError where no column holds the text.
    """
    separator = max(SEPARATORS, key=head.count)
    names = [name.strip().lower() for name in next(csv.reader([head], delimiter=separator), [])]
    found = {
        ours: names.index(theirs[0])
        for ours, known in COLUMNS.items()
        if (theirs := [name for name in known if name in names])
    }
    if "text" not in found:
        raise ArticleError(f"{place}: its first row names no column text; name the columns text,title,url,published")
    return found, separator


def _articles(rows: Iterator[list[str]], columns: dict[str, int], reading: Reading) -> Iterator[Item]:
    empty = True
    for number, row in enumerate(rows, start=2):
        if not any(row):
            continue
        empty = False
        where = f"{reading.place}: row {number}"
        fields = {name: row[at].strip() for name, at in columns.items() if at < len(row) and row[at].strip()}
        try:
            if len(fields.get("text", "")) > reading.max_characters:
                raise ArticleError(f"{where}: is longer than {reading.max_characters:,} characters; split it")
            yield to_article(fields, where)
        except ArticleError as exc:
            yield exc
    if empty:
        yield ArticleError(f"{reading.place}: has no row below the names; nothing to read")
