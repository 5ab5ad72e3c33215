"""The address of a page in, its articles out: fetched under guard, read as what it turns out to be."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.readers.reading import Item, Reading
from ingest.readers.rejected import reject

# From a sitemap's index over a sitemap to a page there are two steps; what leads on farther leads nowhere.
DEEPEST = 3


def read_page(
    url: str, reading: Reading, *, published: date | None = None, format_name: str | None = None
) -> Iterator[Item]:
    """Yield the articles at an address; `published` dates a page that does not say its day."""
    for item in _read_page(url, reading, format_name):
        if isinstance(item, ArticleError):
            yield reject(url, item)
        elif isinstance(item, Article) and item.published is None and published is not None:
            yield replace(item, published=published)
        else:
            yield item


def _read_page(url: str, reading: Reading, format_name: str | None) -> Iterator[Item]:
    from ingest.readers.opening import read_open  # noqa: PLC0415  (formats lead to pages as pages lead to formats)

    if reading.fetcher is None:
        yield ArticleError(f"{url}: is an address, and fetching is not allowed here; give the page itself")
        return
    if reading.depth >= DEEPEST:
        yield ArticleError(f"{url}: is reached over more than {DEEPEST} lists; give its address itself")
        return
    try:
        fetched = reading.fetcher.fetch(url)
    except ArticleError as exc:
        yield exc
        return
    inner = replace(reading, place=url, url=fetched.url, depth=reading.depth + 1)
    yield from read_open(
        io.BytesIO(fetched.content or b""), inner, media_type=fetched.media_type, format_name=format_name
    )
