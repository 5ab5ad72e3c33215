"""A WARC file of fetched pages (Common Crawl news, wget) in, the article of each HTML answer out, by FastWARC."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import IO, Any

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.readers.html import to_html_article
from ingest.readers.reading import Item, Reading

PAGES = ("text/html", "application/xhtml+xml")
# A record longer than this is passed over no more: a small gzip can unpack to days of reading.
PASSED_OVER = 256_000_000
CHUNK = 1_048_576


def read_warc(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield the article of each page that was answered with success, or the reason why it is none."""
    found = False
    try:
        for number, record in enumerate(_records(stream), start=1):
            item = _read_record(record, number, reading)
            if item is not None:
                found = True
                yield item
    except ArticleError as exc:
        yield ArticleError(f"{reading.place}: {exc}")
        return
    except Exception as exc:  # noqa: BLE001  (FastWARC raises what its decompressors raise; the records before stand)
        yield ArticleError(f"{reading.place}: is no WARC from here on ({str(exc)[:200]}); fetch the file again")
        return
    if not found:
        yield ArticleError(f"{reading.place}: holds no web page; give a WARC of HTML answers")


def _records(stream: IO[bytes]) -> Iterator[Any]:
    from fastwarc.warc import ArchiveIterator, WarcRecordType  # noqa: PLC0415

    yield from ArchiveIterator(stream, record_types=WarcRecordType.response, parse_http=True)


def _read_record(record: Any, number: int, reading: Reading) -> Article | ArticleError | None:
    headers = record.http_headers
    if headers is None or headers.status_code != 200:
        return None
    if (record.http_content_type or "").lower() not in PAGES:
        return None
    url = record.headers.get("WARC-Target-URI") or None
    where = f"{reading.place}: record {number} ({url})"
    content = record.reader.read(reading.max_bytes + 1)
    if len(content) > reading.max_bytes:
        _pass_over(record)
        return ArticleError(f"{where}: is longer than {reading.max_bytes:,} bytes; leave it out")
    try:
        return to_html_article(content, replace(reading, place=where, url=url))
    except ArticleError as exc:
        return exc


def _pass_over(record: Any) -> None:
    """Read to the record's end, but not for ever; raises ArticleError where it does not come."""
    passed = 0
    while piece := record.reader.read(CHUNK):
        passed += len(piece)
        if passed > PASSED_OVER:
            raise ArticleError(f"a record unpacks to more than {PASSED_OVER:,} bytes; the rest is left unread")
