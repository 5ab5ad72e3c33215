"""`dyadgraph store export`, `import`, `bulk-export` and `dyadgraph spark`: the graph past one store and one machine."""

from __future__ import annotations

from pathlib import Path

import click

from graphapi.commands import open_workbench

FILE = click.Path(path_type=Path)


@click.command("export")
@click.argument("file", type=FILE)
def export(file: Path) -> None:
    """Write the whole graph, with the articles' texts, to a FILE.jsonl or FILE.parquet.

    One record an article, its relations in it. Parquet needs `pip install 'dyadgraph[parquet]'`.
    """
    from dyadgraph.store.files import read_store, write_graph  # noqa: PLC0415

    with open_workbench() as bench:
        number = write_graph(read_store(bench.store), file)
    click.echo(f"{file}: {number} articles")


@click.command("import")
@click.argument("file", type=FILE)
def import_(file: Path) -> None:
    """Add what `store export` or `dyadgraph spark` wrote: a file, or a folder of them.

    Articles that are there already are left as they are, so an import that was cut off can be run again.
    """
    from dyadgraph.store.files import import_graph  # noqa: PLC0415

    with open_workbench() as bench:
        report = import_graph(file, bench.store)
    already = report.read - report.stored
    click.echo(f"{report.read} articles: {report.stored} stored, {already} already there; {report.relations} relations")


@click.command("bulk-export")
@click.argument("folder", type=FILE)
def bulk_export(folder: Path) -> None:
    """Write the graph as CSV for `neo4j-admin database import full`, with the script that runs it.

    The fast way to fill a new Neo4j with millions of relations; FOLDER must be new or empty.
    """
    from dyadgraph.store.bulk import write_bulk  # noqa: PLC0415
    from dyadgraph.store.files import read_store  # noqa: PLC0415

    with open_workbench() as bench:
        script = write_bulk(read_store(bench.store), folder, bench.ontology)
    click.echo(f"Stop Neo4j, run {script} as its user (what the database holds is lost), start Neo4j.")


@click.command()
@click.argument("lines")
@click.argument("folder")
@click.option("--master", default="", help="Spark's master, such as local[4]; spark-submit sets its own.")
def spark(lines: str, folder: str, master: str) -> None:
    """Code JSON Lines of articles with Apache Spark into a new FOLDER of Parquet; then `store import` it.

    LINES is a file, a folder or an address that Spark can read (s3a://…). Needs `pip install 'dyadgraph[spark]'`
    on every machine, and Java 17. Exit code 3 where a line was no article.
    """
    from dyadgraph.settings import Settings  # noqa: PLC0415
    from graphapi.wiring import load_coder  # noqa: PLC0415
    from ingest.spark import make_session, run_spark_job  # noqa: PLC0415

    session = make_session(master)
    try:
        longest = Settings.from_environment().max_article
        report = run_spark_job(session, lines, folder, make_coder=load_coder, longest=longest)
    finally:
        session.stop()
    click.echo(f"{folder}: {report.coded} articles coded, {report.failed} lines were none")
    if report.failed:
        raise SystemExit(3)
