"""An RSS or Atom feed in, its entries out, and articles of the entries, by feedparser."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.readers.html import with_headline
from ingest.readers.reading import Item, Reading, read_whole

# An entry of so many words carries its article; a shorter one only tells of it.
WHOLE = 150
MOST_ENTRIES = 5_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What a feed says of one article; `key` is its identity within the feed."""

    key: str
    url: str | None
    title: str | None
    text: str
    published: date | None
    publisher: str | None


def read_feed(stream: IO[bytes], reading: Reading) -> Iterator[Item]:
    """Yield an article for each entry: the page it links to if that can be fetched, else the text it carries."""
    try:
        entries = find_entries(read_whole(stream, reading), reading)
    except ArticleError as exc:
        yield exc
        return
    if not entries:
        yield ArticleError(f"{reading.place}: is a feed without entries; nothing to read")
    for entry in entries:
        yield from read_entry(entry, reading)


def find_entries(content: bytes, reading: Reading) -> list[Entry]:
    """Return the entries of a feed, newest as the feed has them; raises ArticleError for what is no feed."""
    found = reading.sandbox.parse("feed", content, reading.place, url=reading.url)
    return [
        Entry(**{**item, "published": date.fromisoformat(item["published"]) if item["published"] else None})
        for item in found
    ]


def read_entry(entry: Entry, reading: Reading) -> Iterator[Item]:
    """Yield the article of an entry, or the reason why there is none."""
    if entry.url and reading.fetcher and len(entry.text.split()) < WHOLE:
        from ingest.readers.pages import read_page  # noqa: PLC0415  (a page may be a feed: the two know each other)

        fetched = list(read_page(entry.url, reading, published=entry.published))
        if any(isinstance(item, Article) for item in fetched) or not entry.text.strip():
            yield from fetched
            return
    where = entry.url or entry.key
    text = with_headline(entry.text, entry.title).strip()
    if not text:
        yield ArticleError(f"{reading.place}: entry {where} has no text; give the page that it links to")
        return
    yield Article.of(
        text[: reading.max_characters],
        title=entry.title,
        url=entry.url,
        publisher=entry.publisher,
        published=entry.published,
    )


def parse_feed(content: bytes, *, url: str | None = None) -> list[dict[str, Any]]:
    """Return the fields of each Entry; raises ArticleError for what is no feed."""
    import feedparser  # noqa: PLC0415

    headers = {"content-location": url} if url else {}
    feed = feedparser.parse(content, response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    if not feed.version and not feed.entries:
        raise ArticleError("is no RSS or Atom feed; check its address or its ending")
    publisher = feed.feed.get("title") or None
    return [_to_entry(item, publisher, url) for item in feed.entries[:MOST_ENTRIES]]


def _to_entry(item: Any, publisher: str | None, base: str | None) -> dict[str, Any]:
    from urllib.parse import urljoin  # noqa: PLC0415

    bodies = [part.get("value", "") for part in item.get("content", [])] + [item.get("summary", "")]
    link = item.get("link") or None
    day = item.get("published_parsed") or item.get("updated_parsed")
    title = to_text(item.get("title", "")) or None
    return {
        "key": item.get("id") or link or title or "",
        "url": urljoin(base, link) if base and link else link,
        "title": title,
        "text": to_text(max(bodies, key=len)),
        "published": date(*day[:3]).isoformat() if day else None,
        "publisher": publisher,
    }


def to_text(markup: str) -> str:
    """Return the words of a piece of HTML, a paragraph a line."""
    if "<" not in markup and "&" not in markup:
        return markup.strip()
    from lxml import etree, html  # noqa: PLC0415

    try:
        tree = html.fragment_fromstring(markup, create_parent="div")
    except (etree.LxmlError, ValueError):
        return ""
    for block in tree.iter("p", "br", "div", "li", "h1", "h2", "h3", "blockquote"):
        block.tail = "\n\n" + (block.tail or "")
        if block.tag != "br" and block is not tree:
            block.text = "\n\n" + (block.text or "")
    for hidden in tree.xpath(".//script|.//style"):
        hidden.drop_tree()
    lines = (" ".join(line.split()) for line in tree.text_content().split("\n"))
    return "\n\n".join(line for line in lines if line)
