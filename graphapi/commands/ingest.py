"""`dyadgraph ingest`: files, folders, addresses or standard input into the graph."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.commands import open_workbench
from graphapi.commands.progress import Way, run_with_progress

if TYPE_CHECKING:
    from dyadgraph.model import Article
    from dyadgraph.settings import Settings
    from graphapi.wiring import Workbench
    from ingest.job import JobReport
    from ingest.readers import Rejected

PARTLY = 3


@click.command()
@click.argument("sources", nargs=-1, metavar="SOURCE…")
@click.option("--format", "format_name", help="Read every source so: text, html, pdf, feed, sitemap, jsonl, csv, warc.")
@click.option(
    "--processes", type=click.IntRange(1, 64), default=1, show_default=True, help="Code in so many processes."
)
@click.option("--retry", is_flag=True, help="Read again what lies in the quarantine.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def ingest(sources: tuple[str, ...], format_name: str | None, processes: int, retry: bool, as_json: bool) -> None:
    """Read articles, find their relations and store them.

    A SOURCE is a file, a folder, an address (a page, a feed, a sitemap), or - for standard input. Text, HTML, PDF,
    RSS and Atom, sitemaps, JSON Lines, CSV and web archives, packed or not, are told by their content. What cannot
    be read is named and put into the quarantine, what is not in English is skipped; the rest is stored. A job that
    was stopped goes on where it was when the same command is run again. Exit code 1 where nothing was stored, 3
    where something could not be read.
    """
    with open_workbench() as bench:
        _ = bench.store  # an address that does not answer is told before anything is read
        if retry:
            sources += _quarantined(bench)
        if not sources:
            raise click.UsageError("give a file, a folder, an address or - to read")
        inputs = _inputs(sources, bench.settings, format_name)
        report = run_with_progress(bench, inputs, Way(json.dumps(sources), _count(sources), processes))
    _print_report(report, as_json=as_json)
    if report.quarantined:
        raise SystemExit(PARTLY if report.stored + report.duplicates else 1)


def _quarantined(bench: Workbench) -> tuple[str, ...]:
    """Return what lies in the quarantine, and take it out: what fails again comes back by itself."""
    places = tuple(dict.fromkeys(each.place for each in bench.journal.rejected(kind="quarantined", limit=1_000_000)))
    bench.journal.release(places)
    return places


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
