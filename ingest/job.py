"""Inputs in, a filled store and a report out: batches, one transaction each, a bad article never stops the rest."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from dyadgraph.model import Article
from dyadgraph.store.base import GraphStore
from ingest.batches import batches
from ingest.coder import Coder
from ingest.coding import Batch, Coded, code_here, code_in_processes
from ingest.hooks import Hooks
from ingest.journal import Job, Journal
from ingest.readers.rejected import Rejected

log = logging.getLogger(__name__)

BATCH = 50
MOST_NAMED = 1000
"""Rejected inputs that a report names; the journal holds them all."""


@dataclass(slots=True)
class JobReport:
    """Counts of one job: `read` = `stored` + `duplicates` + `skipped` + `quarantined`, always.

    `rejected` names the first that gave no article.
    """

    read: int = 0
    stored: int = 0
    duplicates: int = 0
    skipped: int = 0
    quarantined: int = 0
    relations: int = 0
    job: str = ""
    rejected: list[Rejected] = field(default_factory=list)

    def counts(self) -> dict[str, int]:
        """Return the counts alone."""
        return {
            "read": self.read,
            "stored": self.stored,
            "duplicates": self.duplicates,
            "skipped": self.skipped,
            "quarantined": self.quarantined,
            "relations": self.relations,
        }

    def to_dict(self) -> dict[str, object]:
        """Return the counts, and what was rejected with its reason, for machines."""
        return {
            "job": self.job,
            **self.counts(),
            "rejected": [each.to_dict() for each in self.rejected],
        }

    def reject(self, items: Iterable[Rejected]) -> None:
        """Count what gave no article."""
        for item in items:
            if item.kind == "skipped":
                self.skipped += 1
            else:
                self.quarantined += 1
            if len(self.rejected) < MOST_NAMED:
                self.rejected.append(item)


@dataclass(frozen=True, slots=True)
class Processes:
    """In how many processes a job codes, and with which pipeline."""

    number: int
    language_model: str = ""
    fast: bool = False


def run_job(  # noqa: PLR0913  (the parts of a job, each with a name)
    inputs: Iterable[Article | Rejected],
    coder: Coder | Processes,
    store: GraphStore,
    *,
    journal: Journal | None = None,
    job: Job | None = None,
    progress: Callable[[JobReport], None] | None = None,
) -> JobReport:
    """Code and store articles in batches; call `progress` after each batch.

    Without a journal nothing is kept beside the graph. A job that is cancelled stops after the batch in hand; one that
    is interrupted or fails is marked so and goes on when it is run again.
    """
    book = journal or Journal()
    try:
        return _Run(book, job or book.open_job("inputs"), store).run(inputs, coder, progress)
    finally:
        if journal is None:
            book.close()


class _Run:
    """One job under way."""

    def __init__(self, journal: Journal, job: Job, store: GraphStore) -> None:
        self._journal, self._job, self._store = journal, job, store
        self._under_way: set[str] = set()
        self._report = JobReport(job=job.id)

    def run(
        self,
        inputs: Iterable[Article | Rejected],
        coder: Coder | Processes,
        progress: Callable[[JobReport], None] | None,
    ) -> JobReport:
        """Run to the end of the inputs, or until somebody cancels."""
        prepared = (self._prepare(items) for items in batches(inputs, BATCH))
        coded = (
            code_in_processes(prepared, coder.number, coder.language_model, fast=coder.fast)
            if isinstance(coder, Processes)
            else code_here(prepared, coder)
        )
        try:
            for batch, found in coded:
                state = self._commit(batch, found)
                if progress is not None:
                    progress(self._report)
                if state == "cancelled":
                    break
            self._journal.save(self._job.id, self._report.counts())
        except KeyboardInterrupt:
            self._journal.end(self._job.id, "interrupted")
            raise
        except Exception as exc:
            self._journal.end(self._job.id, "interrupted", str(exc))
            raise
        finally:
            coded.close()
        self._journal.end(self._job.id, "done")
        log.info("job_done id=%s %s", self._job.id, " ".join(f"{k}={v}" for k, v in self._report.counts().items()))
        return self._report

    def _prepare(self, items: list[Article | Rejected]) -> Batch:
        """Leave out what is there or under way; give the rest its stories, in the order of reading."""
        articles = {item.id: item for item in reversed(items) if isinstance(item, Article)}
        order = list(dict.fromkeys(item.id for item in items if isinstance(item, Article)))
        known = self._store.has_articles(order)
        resumed = self._journal.count_intended(self._job.id, [each for each in order if each in known])
        fresh = [articles[each] for each in order if each not in known and each not in self._under_way]
        self._under_way.update(article.id for article in fresh)
        rejected = [item for item in items if isinstance(item, Rejected)]
        return Batch(
            read=len(items),
            fresh=self._journal.assign_stories(fresh) if fresh else [],
            rejected=rejected,
            duplicates=len(items) - len(rejected) - len(fresh) - len(resumed),
            resumed=resumed,
        )

    def _commit(self, batch: Batch, coded: Coded) -> str:
        """Write the intent and whom it concerns, then the graph, then the counts."""
        report = self._report
        rejected = [*batch.rejected, *coded.rejected]
        report.read += batch.read
        report.duplicates += batch.duplicates
        report.stored += len(batch.resumed)
        report.relations += sum(batch.resumed.values())
        report.reject(rejected)
        if rejected:
            self._journal.reject(self._job, rejected)
        if coded.extractions:
            self._journal.intend(
                self._job.id,
                {each.article.id: len({relation.id for relation in each.relations}) for each in coded.extractions},
            )
            Hooks(self._journal).note(coded.extractions)
            added = self._store.add(coded.extractions)
            report.stored += added.articles
            report.duplicates += added.duplicates
            report.relations += added.events
        self._under_way.difference_update(article.id for article in batch.fresh)
        return self._journal.save(self._job.id, report.counts())
