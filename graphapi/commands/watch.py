"""`dyadgraph watch`: feeds, pages and folders, looked at again and again for what is new."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import click

from graphapi.commands import open_workbench

if TYPE_CHECKING:
    from dyadgraph.model import Article
    from graphapi.wiring import Workbench
    from ingest.readers import Rejected

SECONDS_A = {"s": 1, "m": 60, "h": 3600}


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--every", default="15m", show_default=True, help="How often a source is looked at: 90s, 15m, 2h.")
@click.option("--once", is_flag=True, help="Look at each source once, and exit.")
def watch(sources: tuple[str, ...], every: str, once: bool) -> None:
    """Ingest what is new in feeds, pages and folders, until it is interrupted.

    A SOURCE is the address of an RSS or Atom feed or of a page, or a folder of files. Servers are asked only whether
    something has changed, not more often than --every or than they ask for, and ever more seldom while they fail.
    """
    seconds = _read_pause(every)
    with open_workbench() as bench:
        _ = bench.store  # an address that does not answer is told before anything is read
        try:
            _watch(bench, list(sources), seconds, once=once)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)


def _watch(bench: Workbench, sources: list[str], seconds: float, *, once: bool) -> None:
    from ingest.addresses import Allowed  # noqa: PLC0415
    from ingest.fetching import Fetcher  # noqa: PLC0415
    from ingest.readers import Sandbox  # noqa: PLC0415
    from ingest.readers.reading import Reading  # noqa: PLC0415
    from ingest.watching import Source, Watcher  # noqa: PLC0415

    fetcher = Fetcher(allowed=Allowed.of(bench.settings.fetch_allow))
    with Sandbox() as sandbox:
        reading = Reading("", sandbox, bench.settings.max_article, fetcher)
        watcher = Watcher(sources, bench.journal, reading, every=seconds)

        def look(source: Source) -> None:
            watcher.look(source, lambda items: _ingest(bench, source.place, items))

        if once:
            for source in watcher.sources:
                look(source)
            return
        while True:
            source, pause = watcher.next_source()
            time.sleep(pause)
            look(source)


def _ingest(bench: Workbench, place: str, items: Iterator[Article | Rejected]) -> None:
    """Run what a look found as a job, where it found something."""
    from itertools import chain  # noqa: PLC0415

    from ingest.job import run_job  # noqa: PLC0415

    first = next(items, None)
    if first is None:
        click.echo(f"{place}: nothing new", err=True)
        return
    job = bench.journal.begin_job(place)
    report = run_job(chain((first,), items), bench.coder, bench.store, journal=bench.journal, job=job)
    for each in report.rejected:
        click.echo(f"{each.kind}: {each.reason}", err=True)
    click.echo(
        f"{place}: {report.read} read, {report.stored} stored, {report.duplicates} already there, "
        f"{report.skipped} skipped, {report.quarantined} not readable; {report.relations} relations",
        err=True,
    )


def _read_pause(text: str) -> float:
    number, unit = text[:-1], text[-1:]
    if not (number.isascii() and number.isdecimal() and len(number) < 7 and int(number) and unit in SECONDS_A):
        raise click.BadParameter(f"{text!r} is no time; write 90s, 15m or 2h", param_hint="--every")
    return float(int(number) * SECONDS_A[unit])
