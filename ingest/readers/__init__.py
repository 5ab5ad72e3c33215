"""Files in, articles out: one function per input format, listed in `READERS` by file ending."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.readers.json_lines import read_json_lines
from ingest.readers.plain_text import read_plain_text

Reader = Callable[[IO[bytes], str, int], Iterator["Article | ArticleError"]]

READERS: dict[str, Reader] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
    ".text": read_plain_text,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
}


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read as an article, and why."""

    place: str
    reason: str


def find_inputs(path: Path) -> list[Path]:
    """Return the file, or the readable files below a folder in order; raises ArticleError where there is none."""
    if path.is_dir():
        found = sorted(p for p in path.rglob("*") if p.is_file() and p.suffix.lower() in READERS)
        if not found:
            raise ArticleError(f"{path}: the folder holds no {', '.join(READERS)} file; put articles there")
        return found
    if not path.exists():
        raise ArticleError(f"{path}: there is no such file or folder; check the path")
    return [path]


def read_articles(path: Path, max_characters: int) -> Iterator[Article | Failure]:
    """Read every article of a file; what cannot be read comes as a Failure in its place."""
    reader = READERS.get(path.suffix.lower(), read_plain_text)
    try:
        with path.open("rb") as stream:
            yield from read_stream(stream, str(path), max_characters, reader)
    except OSError as exc:
        yield Failure(str(path), f"{path}: cannot be opened ({exc.strerror}); check its permissions")


def read_stream(
    stream: IO[bytes], place: str, max_characters: int, reader: Reader | None = None
) -> Iterator[Article | Failure]:
    """Read articles from an open stream; without a reader its first byte tells text from JSON Lines."""
    if reader is None:
        peek = getattr(stream, "peek", None)
        start = peek(64).lstrip()[:1] if peek else b""
        reader = read_json_lines if start == b"{" else read_plain_text
    for item in reader(stream, place, max_characters):
        yield Failure(place, str(item)) if isinstance(item, ArticleError) else item
