"""A name and the first bytes of an input in, its reader out: every input format stands in `READERS`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath
from urllib.parse import urlsplit

from dyadgraph.errors import ArticleError
from ingest.readers.csv_table import read_csv
from ingest.readers.feed import read_feed
from ingest.readers.html import read_html
from ingest.readers.json_lines import read_json_lines
from ingest.readers.pdf import read_pdf
from ingest.readers.plain_text import read_plain_text
from ingest.readers.reading import Reader
from ingest.readers.sitemap import read_sitemap
from ingest.readers.warc import read_warc


@dataclass(frozen=True, slots=True)
class Format:
    """An input format: its reader, the file endings and media types that name it, how its first bytes look."""

    read: Reader
    endings: tuple[str, ...]
    media_types: tuple[str, ...] = ()
    start: re.Pattern[bytes] | None = None


def _start(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"(?:\xef\xbb\xbf)?\s*" + pattern, re.IGNORECASE)


PROLOGUE = rb"(?:<\?xml[^>]*>\s*|<!--.{0,1000}?-->\s*|<!doctype[^>]*>\s*|<\?xml-stylesheet[^>]*>\s*)*"

# In the order in which the first bytes are looked at; "text" is what everything else is taken for.
READERS: dict[str, Format] = {
    "pdf": Format(read_pdf, (".pdf",), ("application/pdf",), re.compile(rb"%PDF-")),
    "warc": Format(read_warc, (".warc",), ("application/warc",), re.compile(rb"WARC/\d")),
    "feed": Format(
        read_feed,
        (".rss", ".atom"),
        ("application/rss+xml", "application/atom+xml", "application/rdf+xml"),
        _start(PROLOGUE + rb"<(?:rss|feed|rdf:RDF)[\s>]"),
    ),
    "sitemap": Format(read_sitemap, (".sitemap",), (), _start(PROLOGUE + rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")),
    "html": Format(
        read_html,
        (".html", ".htm", ".xhtml"),
        ("text/html", "application/xhtml+xml"),
        _start(rb"(?s:(?:<\?xml[^>]*>\s*|<!--.{0,1000}?-->\s*)*)<(?:!doctype\s+html|html|head|body|article)[\s>]"),
    ),
    "jsonl": Format(
        read_json_lines,
        (".jsonl", ".ndjson"),
        ("application/x-ndjson", "application/jsonl", "application/json"),
        _start(rb"\{"),
    ),
    "csv": Format(read_csv, (".csv", ".tsv"), ("text/csv", "text/tab-separated-values")),
    "text": Format(read_plain_text, (".txt", ".md", ".text"), ("text/plain", "text/markdown")),
}
# Endings that say how a file is packed or written, not what it is: its first bytes tell.
UNTOLD = (".gz", ".xml")
ENDINGS = frozenset(ending for each in READERS.values() for ending in each.endings)
GZIP = b"\x1f\x8b"
# First bytes of what people drop in by mistake, so that the message can say what it is.
FOREIGN = {
    b"PK\x03\x04": "a ZIP archive or an office file; unpack it, or save it as text",
    b"\xd0\xcf\x11\xe0": "an old office file; save it as text",
    b"\x89PNG": "a picture; give its text",
    b"\xff\xd8\xff": "a picture; give its text",
    b"GIF8": "a picture; give its text",
    b"BZh": "packed with bzip2; unpack it",
    b"\xfd7zXZ": "packed with xz; unpack it",
    b"\x28\xb5\x2f\xfd": "packed with zstd; unpack it",
}


def is_readable_name(name: str) -> bool:
    """Return whether a file of a folder is ours by its name (`news.jsonl.gz`, `page.html`, `feed.xml`)."""
    return _ending(name) in ENDINGS or name.lower().endswith(UNTOLD)


def holds_one(name: str) -> bool:
    """Return whether a file of that name holds a single article."""
    return _by_name(name) in {"text", "html", "pdf"}


def find_reader(name: str, start: bytes, *, media_type: str | None = None, format_name: str | None = None) -> Reader:
    """Return the reader for an input: the format that is forced, else what its bytes, name or media type say.

    Bytes that show their format win over a wrong name, except that a name wins over a mere brace: a text may
    begin with one. Raises ArticleError for a format that does not exist.
    """
    if format_name is not None:
        if format_name not in READERS:
            raise ArticleError(f"{format_name!r} is no format; choose from {', '.join(READERS)}")
        return READERS[format_name].read
    named = _by_name(name) or _by_media_type(media_type)
    shown = next((key for key, each in READERS.items() if each.start and each.start.match(start)), None)
    if named in {"text", "csv"} and shown == "jsonl":
        shown = None
    return READERS[shown or named or "text"].read


def check_foreign(start: bytes, place: str) -> None:
    """Raise ArticleError for first bytes that are known to be none of our formats."""
    for magic, what in FOREIGN.items():
        if start.startswith(magic):
            raise ArticleError(f"{place}: is {what}")


def _ending(name: str) -> str:
    path = PurePosixPath(urlsplit(name).path if "://" in name else name.replace("\\", "/"))
    suffixes = [suffix.lower() for suffix in path.suffixes if suffix.lower() != ".gz"]
    return suffixes[-1] if suffixes else ""


def _by_name(name: str) -> str | None:
    ending = _ending(name)
    return next((key for key, each in READERS.items() if ending in each.endings), None)


def _by_media_type(media_type: str | None) -> str | None:
    bare = (media_type or "").partition(";")[0].strip().lower()
    return next((key for key, each in READERS.items() if bare in each.media_types), None)
