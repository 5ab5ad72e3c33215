"""What every reader is given beside its stream: the place's name, the caps, the parser process, the fetcher."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from dyadgraph.errors import ArticleError
from dyadgraph.model import Article
from ingest.readers.rejected import Rejected

if TYPE_CHECKING:
    from ingest.fetching import Fetcher
    from ingest.readers.sandbox import Sandbox

LONGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """One input being read.

    `url` is its address where it came over the net, else None; `depth` counts the lists that led to it.
    Without a fetcher nothing is fetched: a feed gives the texts it carries, a sitemap only its reasons.
    """

    place: str
    sandbox: Sandbox
    max_characters: int = LONGEST
    fetcher: Fetcher | None = None
    url: str | None = None
    depth: int = 0

    @property
    def max_bytes(self) -> int:
        """Most bytes that are taken for one article: four a character, and room for what stands around it."""
        return 4 * self.max_characters + 65_536


# What a reader yields: an article, why there is none, or the same with a place of its own to try again.
Item = Article | ArticleError | Rejected
Reader = Callable[[IO[bytes], Reading], Iterator[Item]]


def read_whole(stream: IO[bytes], reading: Reading) -> bytes:
    """Return all bytes of a stream; raises ArticleError where it is empty or longer than the caps allow."""
    content = stream.read(reading.max_bytes + 1)
    if len(content) > reading.max_bytes:
        raise ArticleError(
            f"{reading.place}: is longer than {reading.max_bytes:,} bytes; split it, or raise DYADGRAPH_MAX_ARTICLE"
        )
    if not content.strip():
        raise ArticleError(f"{reading.place}: is empty; nothing to read")
    return content
