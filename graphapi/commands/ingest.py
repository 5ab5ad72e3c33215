"""`dyadgraph ingest`: files, folders or standard input into the graph."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.commands import open_workbench

if TYPE_CHECKING:
    from dyadgraph.model import Article
    from graphapi.wiring import Workbench
    from ingest.job import JobReport
    from ingest.readers import Failure

PARTLY = 3


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH…|-")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def ingest(paths: tuple[str, ...], as_json: bool) -> None:
    """Read articles (.txt, .md, .jsonl), find their relations and store them.

    A PATH is a file or a folder; - reads one article, or JSON Lines, from standard input. What cannot be
    read is named and left out; the rest is stored. Exit code 1 where nothing was stored, 3 where only a part.
    """
    with open_workbench() as bench:
        _ = bench.store  # an address that does not answer is told before anything is read
        report = run_with_progress(bench, _inputs(paths, bench.settings.max_article), total=_count(paths))
    _print_report(report, as_json=as_json)
    if report.failures:
        raise SystemExit(PARTLY if report.stored + report.duplicates else 1)


def _inputs(paths: tuple[str, ...], longest: int) -> Iterator[Article | Failure]:
    from dyadgraph.errors import ArticleError  # noqa: PLC0415
    from ingest.readers import Failure, find_inputs, read_articles, read_stream  # noqa: PLC0415

    for path in paths:
        if path == "-":
            yield from read_stream(sys.stdin.buffer, "standard input", longest)
            continue
        try:
            found = find_inputs(Path(path))
        except ArticleError as exc:
            yield Failure(path, str(exc))
            continue
        for file in found:
            yield from read_articles(file, longest)


def _count(paths: tuple[str, ...]) -> int | None:
    """Return how many files there are; unknown where a file may hold many articles."""
    from dyadgraph.errors import DyadgraphError  # noqa: PLC0415
    from ingest.readers import find_inputs  # noqa: PLC0415

    try:
        found = [file for path in paths if path != "-" for file in find_inputs(Path(path))]
    except DyadgraphError:
        return None
    return None if "-" in paths or any(file.suffix == ".jsonl" for file in found) else len(found)


def run_with_progress(bench: Workbench, inputs: Iterable[Article | Failure], *, total: int | None) -> JobReport:
    """Run an ingest job under a progress bar on a terminal, with one line a batch elsewhere."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from ingest.job import run_job  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:

        def tell(report: JobReport) -> None:
            click.echo(
                f"read {report.read}, stored {report.stored}, duplicates {report.duplicates}, "
                f"failed {len(report.failures)}, relations {report.relations}",
                err=True,
            )

        return run_job(inputs, bench.coder, bench.store, progress=tell)
    columns = (
        TextColumn("Reading articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[relations]} relations, {task.fields[failed]} failed"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("ingest", total=total, relations=0, failed=0)

        def move(report: JobReport) -> None:
            bar.update(task, completed=report.read, relations=report.relations, failed=len(report.failures))

        return run_job(inputs, bench.coder, bench.store, progress=move)


def _print_report(report: JobReport, *, as_json: bool) -> None:
    for failure in report.failures:
        click.echo(f"not stored: {failure.reason}", err=True)
    if as_json:
        click.echo(json.dumps(report.to_dict(), ensure_ascii=False))
        return
    click.echo(
        f"{report.read} read: {report.stored} stored, {report.duplicates} already there, "
        f"{len(report.failures)} not stored; {report.relations} relations found."
    )
