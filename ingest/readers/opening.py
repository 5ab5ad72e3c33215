"""An open stream of unknown content in, the items of the reader that fits it out."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import IO, cast

from dyadgraph.errors import ArticleError
from ingest.readers.formats import GZIP, check_foreign, find_reader
from ingest.readers.reading import Item, Reading

LOOKED_AT = 4096


def read_open(
    stream: IO[bytes], reading: Reading, *, media_type: str | None = None, format_name: str | None = None
) -> Iterator[Item]:
    """Read a stream, unpacking it first where it is packed."""
    try:
        opened = _peekable(stream)
        if opened.peek(2)[:2] == GZIP:
            opened = io.BufferedReader(cast("io.RawIOBase", gzip.GzipFile(fileobj=opened)), LOOKED_AT)
        start = opened.peek(LOOKED_AT)[:LOOKED_AT]
        check_foreign(start, reading.place)
        name = reading.url or reading.place
        reader = find_reader(name, start, media_type=media_type, format_name=format_name)
        yield from reader(opened, reading)
    except ArticleError as exc:
        yield exc
    except (EOFError, gzip.BadGzipFile, zlib.error) as exc:
        yield ArticleError(f"{reading.place}: is no whole gzip file ({exc}); fetch it again")


def _peekable(stream: IO[bytes]) -> io.BufferedReader:
    if isinstance(stream, io.BufferedReader):
        return stream
    return io.BufferedReader(cast("io.RawIOBase", stream), LOOKED_AT)
