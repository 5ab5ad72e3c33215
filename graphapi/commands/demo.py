"""`dyadgraph demo`: the samples into a graph of their own, a table, a map, a service."""

from __future__ import annotations

from pathlib import Path

import click

SHOWN = 15


@click.command()
@click.option("--once", is_flag=True, help="Do everything but serve, and exit.")
@click.option("-o", "--output", default="dyadgraph-demo.html", show_default=True, type=click.Path(path_type=Path))
@click.option("--port", default="", help="Port to serve at, 0 for a free one (setting DYADGRAPH_PORT).")
def demo(once: bool, output: Path, port: str) -> None:
    """Show the main job on sample articles: ingest, strongest relations, map, service.

    The graph is DYADGRAPH_STORE where it is set, else a file of the demo's own beside the map.
    """
    from dataclasses import replace  # noqa: PLC0415
    from importlib.resources import as_file, files  # noqa: PLC0415

    from dyadgraph.model import SURE  # noqa: PLC0415
    from dyadgraph.settings import Settings  # noqa: PLC0415
    from dyadgraph.store.base import RelationQuery  # noqa: PLC0415
    from graphapi.commands.progress import Way, run_with_progress  # noqa: PLC0415
    from graphapi.commands.query import print_edges, write_map  # noqa: PLC0415
    from graphapi.commands.serve import run_server  # noqa: PLC0415
    from graphapi.params import to_number  # noqa: PLC0415
    from graphapi.wiring import Workbench  # noqa: PLC0415
    from ingest.readers import find_inputs, read_articles  # noqa: PLC0415

    settings = Settings.from_environment(store=f"sqlite:///{output.with_suffix('.db').resolve()}")
    number = to_number({"port": port}, "port", default=settings.port, least=0, most=65_535)
    settings = replace(settings, port=number)
    bench = Workbench(settings)
    try:
        with as_file(files("dyadgraph") / "samples") as folder:
            paths = find_inputs(folder)
            inputs = (item for path in paths for item in read_articles(path, settings.max_article))
            report = run_with_progress(bench, inputs, Way("demo", len(paths)))
        state = bench.store.state()
        click.echo(
            f"{report.read} sample articles: {report.stored} stored, {report.duplicates} already there; "
            f"the graph holds {state.events} relations between {state.actors} actors.\n"
        )
        print_edges(bench.store.relations(RelationQuery(limit=SHOWN, evidence=1, min_confidence=SURE)).items)
        count = write_map(
            bench, output, "dyadgraph: the sample articles", RelationQuery(limit=200, min_confidence=SURE)
        )
        click.echo(f"\nMap of {count} relations: {output.resolve()}")
    finally:
        bench.close()
    if not once:
        run_server(settings)
