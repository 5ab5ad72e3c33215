"""`dyadgraph ingest`: files, folders, addresses or standard input into the graph."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.commands import open_workbench

if TYPE_CHECKING:
    from dyadgraph.model import Article
    from dyadgraph.settings import Settings
    from graphapi.wiring import Workbench
    from ingest.job import JobReport
    from ingest.readers import Rejected

PARTLY = 3


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--format", "format_name", help="Read every source so: text, html, pdf, feed, sitemap, jsonl, csv, warc.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def ingest(sources: tuple[str, ...], format_name: str | None, as_json: bool) -> None:
    """Read articles, find their relations and store them.

    A SOURCE is a file, a folder, an address (a page, a feed, a sitemap), or - for standard input. Text, HTML, PDF,
    RSS and Atom, sitemaps, JSON Lines, CSV and web archives, packed or not, are told by their content. What cannot
    be read is named and left out, what is not in English is skipped; the rest is stored. Exit code 1 where nothing
    was stored, 3 where something could not be read.
    """
    with open_workbench() as bench:
        _ = bench.store  # an address that does not answer is told before anything is read
        report = run_with_progress(bench, _inputs(sources, bench.settings, format_name), total=_count(sources))
    _print_report(report, as_json=as_json)
    if report.quarantined:
        raise SystemExit(PARTLY if report.stored + report.duplicates else 1)


def _inputs(sources: tuple[str, ...], settings: Settings, format_name: str | None) -> Iterator[Article | Rejected]:
    from ingest.addresses import Allowed  # noqa: PLC0415
    from ingest.fetching import Fetcher  # noqa: PLC0415
    from ingest.readers import Sandbox, read  # noqa: PLC0415

    fetcher = Fetcher(allowed=Allowed.of(settings.fetch_allow))
    with Sandbox() as sandbox:
        for source in sources:
            yield from read(
                source,
                format_name=format_name,
                max_characters=settings.max_article,
                fetcher=fetcher,
                sandbox=sandbox,
            )


def _count(sources: tuple[str, ...]) -> int | None:
    """Return how many files there are; unknown where one of them may hold many articles."""
    from dyadgraph.errors import DyadgraphError  # noqa: PLC0415
    from ingest.readers import find_inputs, is_address  # noqa: PLC0415
    from ingest.readers.formats import holds_one  # noqa: PLC0415

    if any(source == "-" or is_address(source) for source in sources):
        return None
    try:
        found = [file for source in sources for file in find_inputs(Path(source))]
    except DyadgraphError:
        return None
    return len(found) if all(holds_one(file.name) for file in found) else None


def run_with_progress(bench: Workbench, inputs: Iterable[Article | Rejected], *, total: int | None) -> JobReport:
    """Run an ingest job under a progress bar on a terminal, with one line a batch elsewhere."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    from ingest.job import run_job  # noqa: PLC0415

    console = Console(stderr=True)
    if not console.is_terminal:

        def tell(report: JobReport) -> None:
            click.echo(
                f"read {report.read}, stored {report.stored}, duplicates {report.duplicates}, "
                f"skipped {report.skipped}, quarantined {report.quarantined}, relations {report.relations}",
                err=True,
            )

        return run_job(inputs, bench.coder, bench.store, progress=tell)
    columns = (
        TextColumn("Reading articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[relations]} relations, {task.fields[failed]} not readable"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("ingest", total=total, relations=0, failed=0)

        def move(report: JobReport) -> None:
            bar.update(task, completed=report.read, relations=report.relations, failed=report.quarantined)

        return run_job(inputs, bench.coder, bench.store, progress=move)


def _print_report(report: JobReport, *, as_json: bool) -> None:
    for each in report.rejected:
        click.echo(f"{each.kind}: {each.reason}", err=True)
    if as_json:
        click.echo(json.dumps(report.to_dict(), ensure_ascii=False))
        return
    click.echo(
        f"{report.read} read: {report.stored} stored, {report.duplicates} already there, "
        f"{report.skipped} skipped, {report.quarantined} not readable; {report.relations} relations found."
    )
