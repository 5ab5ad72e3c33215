"""The command line: `dyadgraph --help`. Each command reads arguments, calls the work, prints; nothing more.

Exit codes: 0 done; 1 nothing could be done (the message says why); 2 wrong arguments; 3 done in part
(`ingest`: some inputs stored, some not).
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import click

from dyadgraph import __version__
from dyadgraph.errors import DyadgraphError
from graphapi.commands import code, demo, explain, ingest, keys, query, serve, store, summaries, transfer, watch, who


class Commands(click.Group):
    """A group that turns our errors into one line and exit code 1."""

    def invoke(self, ctx: click.Context) -> object:
        """Run a command."""
        with _plain_errors():
            return super().invoke(ctx)


@contextmanager
def _plain_errors() -> Iterator[None]:
    try:
        yield
    except DyadgraphError as exc:
        raise click.ClickException(str(exc)) from exc
    except BrokenPipeError:  # `dyadgraph relations | head`
        sys.stderr.close()
        raise SystemExit(0) from None


@click.group(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dyadgraph")
@click.option("-v", "--verbose", is_flag=True, help="Log what is done to stderr.")
def main(verbose: bool) -> None:
    """Read news articles and keep, as a graph, who did what to whom.

    The graph lives where DYADGRAPH_STORE says: sqlite:///path (default: a file in your data folder),
    bolt://host:7687 or neo4j://host:7687.
    """
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING, format="%(levelname)s %(name)s %(message)s"
    )


for _command in (
    demo.demo,
    ingest.ingest,
    watch.watch,
    query.relations,
    query.actors,
    query.map_,
    summaries.timeline,
    summaries.top,
    summaries.paths,
    query.types,
    serve.serve,
    keys.keys,
    code.code,
    explain.explain,
    who.who,
    store.store,
    transfer.spark,
):
    main.add_command(_command)
