"""An ingest job run where somebody watches: a bar on a terminal, one line a batch elsewhere."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from dyadgraph.model import Article
    from graphapi.wiring import Workbench
    from ingest.job import JobReport
    from ingest.readers import Rejected


@dataclass(frozen=True, slots=True)
class Way:
    """How a job runs: its name in the journal, how many inputs there are where that is known, in how many processes."""

    source: str
    total: int | None
    processes: int = 1


def run_with_progress(bench: Workbench, inputs: Iterable[Article | Rejected], way: Way) -> JobReport:
    """Run an ingest job, or go on with the one of the same source that was stopped."""
    from ingest.job import Processes, run_job  # noqa: PLC0415

    settings = bench.settings
    is_fast = settings.pair_model == "fast"
    coder = bench.coder if way.processes == 1 else Processes(way.processes, settings.language_model, is_fast)
    job = bench.journal.open_job(way.source)
    with _show(way) as tell:
        return run_job(inputs, coder, bench.store, journal=bench.journal, job=job, progress=tell)


@contextmanager
def _show(way: Way) -> Iterator[Callable[[JobReport], None]]:
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _print_line
        return
    told = "{task.fields[relations]} relations, {task.fields[failed]} not readable, {task.fields[rate]:.1f} articles/s"
    columns = (
        TextColumn("Reading articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn(told),
        TimeRemainingColumn(),
    )
    begun = time.monotonic()
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("ingest", total=way.total, relations=0, failed=0, rate=0.0)

        def move(report: JobReport) -> None:
            rate = report.read / max(time.monotonic() - begun, 0.001)
            failed = report.quarantined
            bar.update(task, completed=report.read, relations=report.relations, failed=failed, rate=rate)

        yield move


def _print_line(report: JobReport) -> None:
    click.echo(
        f"read {report.read}, stored {report.stored}, duplicates {report.duplicates}, skipped {report.skipped}, "
        f"quarantined {report.quarantined}, relations {report.relations}",
        err=True,
    )


@contextmanager
def count_with_progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Give a function that is told how many of `total` are done: a bar on a terminal, silence elsewhere."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task(label, total=total)
        yield lambda done: bar.update(task, completed=done)
