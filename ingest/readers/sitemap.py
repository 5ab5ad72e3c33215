"""A sitemap in, the pages it names out, and the article of each page where there is a fetcher."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from dyadgraph.errors import ArticleError
from ingest.dates import find_date
from ingest.readers.reading import Item, Reading, read_whole

MOST_PAGES = 50_000  # what the protocol allows in one file


def read_sitemap(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield the article of each page that a sitemap, or an index of sitemaps, names."""
    from ingest.readers.pages import read_page  # noqa: PLC0415  (a page may be a sitemap: the two know each other)

    try:
        found = reading.sandbox.parse("sitemap", read_whole(stream, reading), reading.place)
        if reading.fetcher is None:
            raise ArticleError(f"{reading.place}: names {len(found)} pages; they are read where fetching is allowed")
    except ArticleError as exc:
        yield exc
        return
    for page in found:
        yield from read_page(page["url"], reading, published=find_date(page["published"] or ""))


def parse_sitemap(content: bytes) -> list[dict[str, Any]]:
    """Return url and published of each page, or of each further sitemap; raises ArticleError for what is none."""
    from lxml import etree  # noqa: PLC0415

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        tree = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as exc:
        raise ArticleError(f"is no sitemap ({exc}); check its address or its ending") from exc
    found = [
        {"url": address.strip(), "published": _text(place, "publication_date") or None}
        for place in tree.iterfind("{*}*")
        if (address := _text(place, "loc"))
    ]
    if not found:
        raise ArticleError("is a sitemap that names no page; nothing to read")
    return found[:MOST_PAGES]


def _text(place: Any, name: str) -> str:
    for element in place.iterfind(f".//{{*}}{name}"):
        return element.text or ""
    return ""
