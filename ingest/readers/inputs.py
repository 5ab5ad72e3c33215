"""Files, folders, addresses and streams in, articles out: every way in to the readers."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import IO

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.fetching import Fetcher
from ingest.readers.english import check_english
from ingest.readers.formats import ENDINGS, is_readable_name
from ingest.readers.opening import read_open
from ingest.readers.pages import read_page
from ingest.readers.reading import LONGEST, Item, Reading
from ingest.readers.rejected import Rejected, reject
from ingest.readers.sandbox import Sandbox

STANDARD_INPUT = "-"


def read(
    source: str | Path,
    *,
    format_name: str | None = None,
    max_characters: int = LONGEST,
    fetcher: Fetcher | None = None,
    sandbox: Sandbox | None = None,
) -> Iterator[Article | Rejected]:
    """Read every article of a file, a folder, an address or `-` (standard input); nothing is raised.

    The format is told by content and name unless it is forced. Who reads many sources passes one sandbox
    (`with Sandbox() as sandbox`), so that its process is started once; the fetcher defaults to a guarded one.
    """
    with contextlib.ExitStack() as stack:
        parsers = sandbox or stack.enter_context(Sandbox())
        reading = Reading(str(source), parsers, max_characters, fetcher or Fetcher())
        try:
            yield from _read_source(source, reading, format_name)
        except ArticleError as exc:
            yield reject(reading.place, exc)


def _read_source(source: str | Path, reading: Reading, format_name: str | None) -> Iterator[Article | Rejected]:
    if isinstance(source, str) and source == STANDARD_INPUT:
        stream = replace(reading, place="standard input")
        yield from settle(read_open(sys.stdin.buffer, stream, format_name=format_name), stream.place)
    elif isinstance(source, str) and is_address(source):
        yield from settle(read_page(source, reading, format_name=format_name), reading.place)
    else:
        for path in find_inputs(Path(source)):
            yield from settle(_read_file(path, replace(reading, place=str(path)), format_name), str(path))


def is_address(source: str) -> bool:
    """Return whether a source is an address of the web, not a path."""
    return source.lower().startswith(("http://", "https://"))


def find_inputs(path: Path) -> list[Path]:
    """Return the file, or the readable files below a folder in order; raises ArticleError where there is none."""
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if is_readable_name(p.name) and p.is_file())
        if not found:
            raise ArticleError(f"{path}: the folder holds no {', '.join(sorted(ENDINGS))} file; put articles there")
        return found
    if not path.exists():
        raise ArticleError(f"{path}: there is no such file or folder; check the path")
    return [path]


def _read_file(path: Path, reading: Reading, format_name: str | None) -> Iterator[Item]:
    try:
        with path.open("rb") as stream:
            yield from read_open(stream, reading, format_name=format_name)
    except OSError as exc:
        why = exc.strerror or exc
        yield Rejected(reading.place, f"{path}: cannot be opened ({why}); check its permissions")


def settle(items: Iterator[Item], place: str) -> Iterator[Article | Rejected]:
    """Turn errors into rejections, and articles in another language too."""
    for item in items:
        if isinstance(item, ArticleError):
            yield reject(place, item)
        elif isinstance(item, Rejected):
            yield item
        else:
            try:
                check_english(item.text, place)
            except ArticleError as exc:
                yield reject(place, exc)
            else:
                yield item


def read_articles(path: Path, max_characters: int) -> Iterator[Article | Rejected]:
    """Read every article of a file; what cannot be read comes as a Rejected in its place."""
    return read(path, max_characters=max_characters)


def read_stream(
    stream: IO[bytes],
    place: str,
    max_characters: int,
    *,
    format_name: str | None = None,
    sandbox: Sandbox | None = None,
) -> Iterator[Article | Rejected]:
    """Read articles from an open stream, without fetching anything that it names."""
    with contextlib.ExitStack() as stack:
        parsers = sandbox or stack.enter_context(Sandbox())
        reading = Reading(place, parsers, max_characters)
        try:
            yield from settle(read_open(stream, reading, format_name=format_name), place)
        except OSError as exc:
            yield Rejected(place, f"{place}: cannot be read ({exc}); check its source")
