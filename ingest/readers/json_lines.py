"""JSON Lines in, articles out: one object a line with `text` and optional title, url, publisher, published."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import IO, Any

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.dates import find_date
from ingest.readers.decoding import decode
from ingest.readers.reading import Item, Reading

CHUNK = 1_048_576
# A line longer than this is passed over no more: a small gzip can unpack to days of reading.
PASSED_OVER = 256_000_000
MOST_FAILED = 1_000
"""Lines in a row that are no articles, after which a file is taken for something else."""


def read_json_lines(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield an article, or the reason why it is none, for each line that is not blank."""
    empty, failed = True, 0
    for where, item in read_objects(stream, reading.place, reading.max_characters):
        empty = False
        found = item if isinstance(item, ArticleError) else _to_item(item, where)
        yield found
        failed = failed + 1 if isinstance(found, ArticleError) else 0
        if failed == MOST_FAILED:
            yield ArticleError(f"{where}: and {failed:,} lines before it are no articles; the rest is left out")
            return
    if empty:
        yield ArticleError(f"{reading.place}: is empty; nothing to read")


def _to_item(item: dict[str, Any], where: str) -> Article | ArticleError:
    try:
        return to_article(item, where)
    except ArticleError as exc:
        return exc


def read_objects(
    stream: IO[bytes], place: str, max_characters: int
) -> Iterator[tuple[str, dict[str, Any] | ArticleError]]:
    """Yield each line's place and object, or the reason why it is none; a line too long is passed over."""
    limit = 4 * max_characters + 65_536
    for where, line in bounded_lines(stream, place, limit):
        if isinstance(line, ArticleError):
            yield where, line
        elif line.strip():
            yield where, _to_object(line, where, limit)


def bounded_lines(stream: IO[bytes], place: str, limit: int) -> Iterator[tuple[str, bytes | ArticleError]]:
    """Yield each line's place and bytes, or the reason why it is too long; raises ArticleError where it never ends."""
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        where = f"{place}: line {number}"
        if len(line) <= limit:
            yield where, line
            continue
        passed = 0
        while line and not line.endswith(b"\n"):
            line = stream.readline(CHUNK)
            passed += len(line)
            if passed > PASSED_OVER:
                raise ArticleError(f"{where}: is longer than {PASSED_OVER:,} bytes; the rest is left unread")
        yield where, ArticleError(f"{where}: is longer than {limit:,} bytes; split it")


def _to_object(line: bytes, where: str, limit: int) -> dict[str, Any] | ArticleError:
    try:
        item = json.loads(decode(line, where, limit))
    except ArticleError as exc:
        return exc
    except (ValueError, RecursionError) as exc:
        return ArticleError(f"{where}: is no JSON ({exc}); write one object a line")
    return item if isinstance(item, dict) else ArticleError(f"{where}: is no JSON object; write one object a line")


def to_article(item: dict[str, Any], where: str) -> Article:
    """Make an article of a JSON object; raises ArticleError naming the field that is wrong."""
    text = item.get("text")
    if not isinstance(text, str) or not text.strip():
        raise ArticleError(f'{where}: field "text" is missing or empty; give the article\'s text')
    given = item.get("published") or item.get("date")
    published = find_date(given) if isinstance(given, str) else None
    if given and published is None:
        raise ArticleError(f'{where}: field "published" is no date: {given!r}; write YYYY-MM-DD')
    fields = {name: item[name] for name in ("title", "url", "publisher") if isinstance(item.get(name), str)}
    return Article.of(text, published=published, **fields)
