"""Queued jobs in, articles in the graph out: a thread that works them off, one worker a graph over all processes."""

from __future__ import annotations

import fcntl
import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from dyadgraph.errors import DyadgraphError, NotFoundError, StoreUnavailableError
from dyadgraph.model import Article
from graphapi.vocabulary import to_event
from graphapi.wiring import Workbench
from ingest.addresses import Allowed
from ingest.bodies import read_body
from ingest.fetching import Fetcher
from ingest.hooks import Hooks
from ingest.job import run_job
from ingest.journal import Job
from ingest.readers import Rejected, Sandbox

log = logging.getLogger(__name__)
PAUSE = 1.0
"""Seconds between two looks for jobs that another process queued."""
PATIENCE = 5.0
"""Seconds until a store that did not answer is asked again."""


class Worker(threading.Thread):
    """Works off the journal's queue until it is stopped; waits where another process does so already."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__(name="dyadgraph-worker", daemon=True)
        self._bench = bench
        self._wake = threading.Event()
        self._is_stopped = threading.Event()

    def wake(self) -> None:
        """Look for jobs at once."""
        self._wake.set()

    def stop(self) -> None:
        """Stop after the batch in hand; the job goes on when a worker starts again."""
        self._is_stopped.set()
        self._wake.set()
        if self.is_alive():
            self.join(timeout=30)

    def run(self) -> None:
        """Work until stopped."""
        while not self._is_stopped.is_set():
            try:
                with _alone(self._bench.settings.journal_path) as is_alone:
                    if is_alone:
                        self._bench.journal.requeue_orphans()
                        self._work()
            except DyadgraphError as exc:  # a journal or a store that cannot be used now: it may come back
                log.warning("worker_waits error=%s", exc)
            self._is_stopped.wait(PATIENCE)

    def _work(self) -> None:
        with Sandbox() as sandbox:
            while not self._is_stopped.is_set():
                self._wake.clear()
                claimed = self._bench.journal.claim()
                if claimed is not None:
                    self._run(*claimed, sandbox)
                self._tell()
                if claimed is None:
                    self._wake.wait(PAUSE)

    def _tell(self) -> None:
        """Send what is new to those who watch it."""
        bench = self._bench

        def find(relation_id: str) -> dict[str, Any] | None:
            try:
                return to_event(bench.store.relation(relation_id), bench.ontology)
            except NotFoundError:
                return None

        Hooks(bench.journal).deliver(find, self._fetcher())

    def _fetcher(self) -> Fetcher:
        return Fetcher(allowed=Allowed.of(self._bench.settings.fetch_allow))

    def _run(self, job: Job, body: bytes, sandbox: Sandbox) -> None:
        bench, journal = self._bench, self._bench.journal
        inputs = read_body(
            job.source,
            body,
            f"job {job.id}",
            max_characters=bench.settings.max_article,
            fetcher=self._fetcher(),
            sandbox=sandbox,
        )
        try:
            run_job(self._until_stopped(inputs), bench.coder, bench.store, journal=journal, job=job)
        except _StoppedError:
            journal.requeue(job.id)
        except StoreUnavailableError as exc:
            journal.requeue(job.id, str(exc))
            self._is_stopped.wait(PATIENCE)
        except Exception as exc:  # one bad job must not stop the others
            log.exception("job_failed id=%s", job.id)
            journal.fail(job.id, str(exc) if isinstance(exc, DyadgraphError) else "the service's log says why")

    def _until_stopped(self, inputs: Iterator[Article | Rejected]) -> Iterator[Article | Rejected]:
        for item in inputs:
            if self._is_stopped.is_set():
                raise _StoppedError
            yield item


class _StoppedError(Exception):
    """The worker is to stop; its job is queued again."""


@contextmanager
def _alone(journal: Path) -> Iterator[bool]:
    """Tell whether this process has the worker's lock of a journal; the system takes it back when the process dies."""
    journal.parent.mkdir(parents=True, exist_ok=True)
    with journal.with_name(journal.name + ".worker").open("w") as file:
        is_alone = _lock(file)
        yield is_alone


def _lock(file: IO[str]) -> bool:
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
