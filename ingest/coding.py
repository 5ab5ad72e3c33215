"""Batches of articles in, their extractions out in the same order: in this process or in several."""

from __future__ import annotations

import logging
import multiprocessing
import signal
from collections import deque
from collections.abc import Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from functools import cache

from dyadgraph.errors import DyadgraphError
from dyadgraph.model import Article, Extraction
from ingest.coder import Coder
from ingest.loading import load_coder
from ingest.readers.rejected import Rejected

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Batch:
    """What was read together: articles to code, what gave none, and what is there already."""

    read: int
    fresh: list[Article]
    rejected: list[Rejected]
    duplicates: int = 0
    resumed: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Coded:
    """A batch's extractions, and the articles that could not be coded."""

    extractions: tuple[Extraction, ...]
    rejected: tuple[Rejected, ...] = ()


def code_batch(coder: Coder, articles: list[Article]) -> Coded:
    """Code a batch at once; if that fails, article by article, so that only the one at fault is lost."""
    try:
        return Coded(tuple(coder.code_articles(articles)))
    except Exception as exc:  # noqa: BLE001  (whatever it is, the articles are tried one by one)
        log.debug("batch_failed articles=%d error=%s", len(articles), exc)
    extractions: list[Extraction] = []
    rejected: list[Rejected] = []
    for article in articles:
        try:
            extractions.append(coder.code_article(article))
        except Exception as exc:
            log.exception("article_failed id=%s", article.id)
            rejected.append(Rejected(article.url or article.title or article.id, f"could not be coded: {exc}"))
    return Coded(tuple(extractions), tuple(rejected))


def code_here(batches: Iterable[Batch], coder: Coder) -> Generator[tuple[Batch, Coded], None, None]:
    """Code batch after batch in this process."""
    for batch in batches:
        yield batch, code_batch(coder, batch.fresh)


def code_in_processes(
    batches: Iterable[Batch], processes: int, language_model: str = "", *, fast: bool = False
) -> Generator[tuple[Batch, Coded], None, None]:
    """Code batches in several processes; they come back in the order in which they went in."""
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(processes, mp_context=context, initializer=_leave_interrupts_to_parent)
    waiting: deque[tuple[Batch, Future[Coded]]] = deque()
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(_code_there, language_model, batch.fresh, fast=fast)))
            while len(waiting) > 2 * processes or (waiting and waiting[0][1].done()):
                yield _take(waiting)
        while waiting:
            yield _take(waiting)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _take(waiting: deque[tuple[Batch, Future[Coded]]]) -> tuple[Batch, Coded]:
    batch, future = waiting.popleft()
    try:
        return batch, future.result()
    except BrokenProcessPool as exc:
        raise DyadgraphError(
            "a coding process was ended from outside (out of memory?); run the command again with fewer --processes"
        ) from exc


def _code_there(language_model: str, articles: list[Article], *, fast: bool) -> Coded:
    return code_batch(_coder_of_process(language_model, fast), articles)


@cache
def _coder_of_process(language_model: str, fast: bool) -> Coder:
    """Return the one coder of a coding process; only such processes call this."""
    return load_coder(language_model, fast=fast)


def _leave_interrupts_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
