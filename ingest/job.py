"""Inputs in, a filled store and a report out: batches, one transaction each, a bad article never stops the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from dyadgraph.model import Article, Extraction
from dyadgraph.store.base import GraphStore
from ingest.batches import batches
from ingest.coder import Coder
from ingest.readers import Rejected

log = logging.getLogger(__name__)

BATCH = 50


@dataclass(slots=True)
class JobReport:
    """Counts of one job: `read` = `stored` + `duplicates` + `skipped` + `quarantined`, always."""

    read: int = 0
    stored: int = 0
    duplicates: int = 0
    relations: int = 0
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def skipped(self) -> int:
        """How many were read and are none of ours."""
        return sum(each.kind == "skipped" for each in self.rejected)

    @property
    def quarantined(self) -> int:
        """How many could not be read or coded."""
        return len(self.rejected) - self.skipped

    def to_dict(self) -> dict[str, object]:
        """Return the counts, and what was rejected with its reason, for machines."""
        return {
            "read": self.read,
            "stored": self.stored,
            "duplicates": self.duplicates,
            "skipped": self.skipped,
            "quarantined": self.quarantined,
            "relations": self.relations,
            "rejected": [each.to_dict() for each in self.rejected],
        }


def run_job(
    inputs: Iterable[Article | Rejected],
    coder: Coder,
    store: GraphStore,
    *,
    progress: Callable[[JobReport], None] | None = None,
) -> JobReport:
    """Code and store articles in batches; call `progress` after each batch."""
    report = JobReport()
    for batch in batches(inputs, BATCH):
        _run_batch(batch, coder, store, report)
        if progress is not None:
            progress(report)
    log.info(
        "job_done read=%d stored=%d duplicates=%d skipped=%d quarantined=%d relations=%d",
        report.read,
        report.stored,
        report.duplicates,
        report.skipped,
        report.quarantined,
        report.relations,
    )
    return report


def _run_batch(batch: list[Article | Rejected], coder: Coder, store: GraphStore, report: JobReport) -> None:
    report.read += len(batch)
    report.rejected += [item for item in batch if isinstance(item, Rejected)]
    articles = {item.id: item for item in batch if isinstance(item, Article)}
    repeated = sum(isinstance(item, Article) for item in batch) - len(articles)
    known = store.has_articles(list(articles))
    extractions = _code(articles, known, coder, report)
    added = store.add(extractions) if extractions else None
    report.duplicates += repeated + len(known)
    if added is not None:
        report.stored += added.articles
        report.duplicates += added.duplicates
        report.relations += added.events


def _code(articles: dict[str, Article], known: frozenset[str], coder: Coder, report: JobReport) -> list[Extraction]:
    """Code a batch at once; if that fails, article by article, so that only the one at fault is lost."""
    fresh = [article for article in articles.values() if article.id not in known]
    try:
        return list(coder.code_articles(fresh))
    except Exception as exc:  # noqa: BLE001  (whatever it is, the articles are tried one by one)
        log.debug("batch_failed articles=%d error=%s", len(fresh), exc)
    return list(_code_each(fresh, coder, report))


def _code_each(articles: Iterable[Article], coder: Coder, report: JobReport) -> Iterator[Extraction]:
    for article in articles:
        try:
            yield coder.code_article(article)
        except Exception as exc:
            log.exception("article_failed id=%s", article.id)
            report.rejected.append(Rejected(article.title or article.id, f"could not be coded: {exc}"))
