"""`dyadgraph store`: the graph as a whole, out of a store and into one, checked and mended."""

from __future__ import annotations

import json
from contextlib import closing

import click

from graphapi.commands import open_workbench, transfer


@click.group()
def store() -> None:
    """Look after the graph as a whole."""


@store.command()
@click.option("--hash", "with_hash", is_flag=True, help="Print the graph's hash too: equal graphs have equal ones.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def check(with_hash: bool, as_json: bool) -> None:
    """Say whether the graph is sound; exit code 1 where it is not.

    Every relation must have its actors and the words that prove it, at the places it names, and all that is kept
    folded (edges, pairs, months, counts) must equal the relations.
    """
    from dyadgraph.store.files import hash_graph  # noqa: PLC0415

    with open_workbench() as bench:
        faults, state = bench.store.check(), bench.store.state()
        told = hash_graph(bench.store) if with_hash else None
    if as_json:
        found = {"sound": not faults, "faults": faults, "articles": state.articles, "relations": state.events}
        click.echo(json.dumps(found | ({"hash": told} if told else {})))
    else:
        for fault in faults:
            click.echo(fault, err=True)
        click.echo(f"{state.articles} articles, {state.events} relations: {'not sound' if faults else 'sound'}")
        if told:
            click.echo(told)
    if faults:
        raise SystemExit(1)


@store.command()
def rebuild() -> None:
    """Work out anew, from the relations, all that is kept folded: edges, pairs, months, counts."""
    with open_workbench() as bench:
        bench.store.rebuild()
        state = bench.store.state()
    click.echo(f"{state.edges} edges of {state.events} relations")


@store.command()
@click.argument("article")
def delete(article: str) -> None:
    """Take out an ARTICLE (its id), its relations and the actors that only these name."""
    with open_workbench() as bench:
        number = bench.store.delete_article(article)
    click.echo(f"article {article} is gone, with {number} relations")


@store.command()
@click.argument("source", metavar="FROM")
@click.argument("target", metavar="TO")
def copy(source: str, target: str) -> None:
    """Add all that the store FROM holds to the store TO, both as DYADGRAPH_STORE is written.

    Articles that are there already are left as they are, so a copy that was cut off can be run again.
    """
    from dyadgraph.ontology import load_ontology  # noqa: PLC0415
    from dyadgraph.settings import Settings  # noqa: PLC0415
    from dyadgraph.store import open_store  # noqa: PLC0415
    from dyadgraph.store.files import copy_store  # noqa: PLC0415
    from graphapi.commands.progress import count_with_progress  # noqa: PLC0415

    settings, ontology = Settings.from_environment(), load_ontology()
    with (
        closing(open_store(source, settings, ontology)) as one,
        closing(open_store(target, settings, ontology)) as two,
        count_with_progress("Copying articles", one.state().articles) as tell,
    ):
        report = copy_store(one, two, progress=tell)
    already = report.read - report.stored
    click.echo(f"{report.read} articles: {report.stored} stored, {already} already there; {report.relations} relations")


for _command in (transfer.export, transfer.import_, transfer.bulk_export):
    store.add_command(_command)
