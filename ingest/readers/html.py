"""A web page in, one article out: main text, headline, day, publisher and canonical address, by trafilatura."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, Any

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.dates import find_date
from ingest.readers.reading import Item, Reading, read_whole

# The ways a page's day is looked for: its metadata and its visible byline, not every number on the page.
DATES = {"extensive_search": False, "original_date": True}


def read_html(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield the one article of a page, or the reason why it is none."""
    try:
        yield to_html_article(read_whole(stream, reading), reading)
    except ArticleError as exc:
        yield exc


def to_html_article(content: bytes, reading: Reading) -> Article:
    """Make an article of a page's bytes; raises ArticleError where it holds no article text."""
    found = reading.sandbox.parse("html", content, reading.place, url=reading.url)
    text = with_headline(found["text"], found["title"])
    if len(text) > reading.max_characters:
        raise ArticleError(
            f"{reading.place}: holds more than {reading.max_characters:,} characters; raise DYADGRAPH_MAX_ARTICLE"
        )
    return Article.of(
        text,
        title=found["title"],
        url=found["url"],
        publisher=found["publisher"],
        published=find_date(found["date"] or ""),
    )


def with_headline(text: str, title: str | None) -> str:
    """Return the text below its headline, which often is the sentence that says most; once if it begins with it."""
    return text if title is None or text.startswith(title) else f"{title}\n\n{text}"


def parse_html(content: bytes, *, url: str | None = None) -> dict[str, Any]:
    """Return text, title, date, publisher and url of a page; raises ArticleError where it has no text."""
    from trafilatura import bare_extraction, load_html  # noqa: PLC0415
    from trafilatura.settings import Document  # noqa: PLC0415

    tree = load_html(content)
    if tree is None:
        raise ArticleError("is no HTML page; check its address or its ending")
    document = bare_extraction(
        tree,
        url=url,
        fast=True,
        include_comments=False,
        include_tables=False,
        with_metadata=True,
        date_extraction_params=DATES,
    )
    if not isinstance(document, Document) or not (document.text or "").strip():
        raise ArticleError("holds no article text; give the page of one article")
    lines = (line.strip() for line in (document.text or "").split("\n"))
    return {
        "text": "\n\n".join(line for line in lines if line),
        "title": document.title or None,
        "date": document.date or None,
        "publisher": document.sitename or document.hostname or None,
        "url": document.url or url,
    }
