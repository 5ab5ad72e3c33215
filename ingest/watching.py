"""Feeds and folders in, what is new in them out, poll after poll: polite to servers, and nothing is read twice."""

from __future__ import annotations

import hashlib
import io
import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.fetching import Fetched, FetchError
from ingest.journal import Journal
from ingest.readers import Rejected, find_inputs, is_address, read, settle
from ingest.readers.feed import Entry, find_entries, read_entry
from ingest.readers.formats import READERS, find_reader
from ingest.readers.opening import read_open
from ingest.readers.reading import Item, Reading
from ingest.readers.rejected import reject

LONGEST_PAUSE = 6 * 3600.0
"""Seconds between two looks at a source that fails again and again."""


@dataclass(slots=True)
class Source:
    """A feed, a page or a folder that is watched; `due` is when it is looked at next (monotonic seconds)."""

    place: str
    due: float = 0.0
    failures: int = 0


@dataclass(slots=True)
class News:
    """What a look found: articles and reasons as they are read, then the states to be remembered once all is stored."""

    items: Iterator[Article | Rejected]
    states: dict[str, str] = field(default_factory=dict)
    pause: float | None = None


class Watcher:
    """Looks at sources in turn; what it has seen lies in the journal."""

    def __init__(self, sources: list[str], journal: Journal, reading: Reading, *, every: float) -> None:
        self.sources = [Source(place) for place in sources]
        self._journal = journal
        self._reading = reading
        self._every = every

    def next_source(self) -> tuple[Source, float]:
        """Return the source that is due first, and the seconds until then."""
        source = min(self.sources, key=lambda each: each.due)
        return source, max(source.due - time.monotonic(), 0.0)

    def look(self, source: Source, run: Callable[[Iterator[Article | Rejected]], None]) -> None:
        """Look at a source and have what is new ingested; it counts as seen only when that is done."""
        reading = self._with_place(source.place)
        pause = self._every
        try:
            news = (
                self._look_at_address(source.place, reading)
                if is_address(source.place)
                else self._look_at_folder(Path(source.place))
            )
            run(news.items)
            self._journal.see(news.states)
            source.failures = 0
            pause = max(pause, news.pause or 0.0)
        except ArticleError as exc:
            source.failures += 1
            asked = exc.retry_after if isinstance(exc, FetchError) else None
            pause = max(asked or 0.0, min(self._every * 2**source.failures, LONGEST_PAUSE))
            run(iter([reject(source.place, exc)]))
        source.due = time.monotonic() + pause

    def _with_place(self, place: str) -> Reading:
        old = self._reading
        return Reading(place, old.sandbox, old.max_characters, old.fetcher, place if is_address(place) else None)

    def _look_at_folder(self, path: Path) -> News:
        """Read the files that are new or were changed."""
        states: dict[str, str] = {}
        for file in find_inputs(path):
            status = file.stat()
            state = f"{status.st_mtime_ns}:{status.st_size}"
            if self._journal.seen(str(file)) != state:
                states[str(file)] = state
        reading = self._reading
        items = (
            item
            for place in list(states)
            for item in read(
                place, max_characters=reading.max_characters, fetcher=reading.fetcher, sandbox=reading.sandbox
            )
        )
        return News(items, states)

    def _look_at_address(self, url: str, reading: Reading) -> News:
        """Ask whether an address has changed; of a feed, read the entries that are new."""
        if reading.fetcher is None:
            raise ArticleError(f"{url}: is an address, and fetching is not allowed here; watch a folder")
        before = json.loads(self._journal.seen(url) or "{}")
        fetched = reading.fetcher.fetch(url, etag=before.get("etag"), modified=before.get("modified"))
        if fetched.content is None:
            return News(iter(()), pause=fetched.max_age)
        content_hash = hashlib.sha256(fetched.content).hexdigest()
        told = {"etag": fetched.etag, "modified": fetched.modified, "hash": content_hash}
        news = News(iter(()), {url: json.dumps(told)}, fetched.max_age)
        if content_hash != before.get("hash"):
            news.items = settle(self._read_changed(url, fetched, reading, news.states), url)
        return news

    def _read_changed(self, url: str, fetched: Fetched, reading: Reading, states: dict[str, str]) -> Iterator[Item]:
        content = fetched.content or b""
        reader = find_reader(url, content[:4096], media_type=fetched.media_type)
        if reader is not READERS["feed"].read:
            yield from read_open(io.BytesIO(content), reading, media_type=fetched.media_type)
            return
        for entry in find_entries(content, reading):
            key, state = f"{url} {entry.key}", _state_of(entry)
            if self._journal.seen(key) == state:
                continue
            yield from read_entry(entry, reading)
            states[key] = state


def _state_of(entry: Entry) -> str:
    """Return what tells a changed entry: its address, its title and the words it carries."""
    told = "\x1f".join((entry.url or "", entry.title or "", entry.text))
    return hashlib.sha256(told.encode("utf8", "surrogatepass")).hexdigest()[:20]
