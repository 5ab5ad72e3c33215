"""`dyadgraph relations`, `actors`, `types`, `map`: questions to the graph."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from graphapi.commands import open_workbench

if TYPE_CHECKING:
    from dyadgraph.model import Edge
    from dyadgraph.store.base import RelationQuery
    from graphapi.wiring import Workbench

WIDEST_NAME = 26
NARROWEST = 12
GAP = 2
Command = TypeVar("Command", bound=Callable[..., Any])
FILTERS = {
    "source": "Who acts: an id or a code (RUS is Russia and all who act for it).",
    "target": "To whom it is done.",
    "actor": "Either side.",
    "pair": "Two who did something to each other, as RUS,PRK.",
    "type": "Relation types, comma-separated (see `dyadgraph types`).",
    "plover": "PLOVER event type (CONSULT …).",
    "quad": "Class: verbal_cooperation, material_cooperation, verbal_conflict, material_conflict, structural.",
    "status": "occurred, planned, possible, denied; comma-separated.",
    "article": "Only what this article says (its id).",
    "since": "First day, YYYY-MM-DD.",
    "until": "Last day, YYYY-MM-DD.",
    "min_confidence": "One sentence at least so sure, 0 to 1; 0 shows all.",
}
SORT = "Strongest or latest first: count, last_seen."


def with_filters(limit: int) -> Callable[[Command], Command]:
    """Give a command the filters of `/v1/relations`."""

    def decorate(command: Command) -> Command:
        command = click.option("--limit", default=str(limit), show_default=True, help="How many, 1 to 500.")(command)
        for name, text in reversed(FILTERS.items()):
            command = click.option(f"--{name.replace('_', '-')}", default="", help=text)(command)
        return command

    return decorate


@click.command()
@with_filters(20)
@click.option("--sort", default="", help=SORT)
@click.option("--cursor", default="", help="Continue a list: its `next`.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def relations(as_json: bool, **given: str) -> None:
    """List relations, strongest first: sure ones, unless --min-confidence or --article ask for others."""
    from graphapi.params import to_edge_query  # noqa: PLC0415

    with open_workbench() as bench:
        page = bench.store.relations(to_edge_query(given, bench.ontology))
        if as_json:
            print_json({"items": [edge.to_dict() for edge in page.items], "next": page.next})
        else:
            print_edges(page.items)


@click.command()
@click.option("--q", default="", help="Beginnings of words of the name.")
@click.option("--kind", default="", help="country, person, organization, armed_group.")
@click.option("--limit", default="20", show_default=True, help="How many, 1 to 500.")
@click.option("--cursor", default="", help="Continue a list: its `next`.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def actors(as_json: bool, **given: str) -> None:
    """List actors, those with most events first."""
    from graphapi.params import to_kind, to_limit  # noqa: PLC0415

    with open_workbench() as bench:
        page = bench.store.actors(
            search=given["q"] or None, kind=to_kind(given), limit=to_limit(given), cursor=given["cursor"] or None
        )
    if as_json:
        print_json({"items": [summary.to_dict() for summary in page.items], "next": page.next})
        return
    rows = [(s.actor.id, s.actor.name, s.actor.kind, s.actor.country or "", str(s.count)) for s in page.items]
    print_table(("id", "name", "kind", "country", "events"), rows)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def types(as_json: bool) -> None:
    """List the relation types with their codes."""
    from dyadgraph.ontology import load_ontology  # noqa: PLC0415
    from graphapi.vocabulary import type_rows  # noqa: PLC0415

    rows = type_rows(load_ontology())
    if as_json:
        print_json({"items": rows, "next": None})
        return
    names = ("id", "plover", "cameo", "goldstein", "quad", "symmetric", "description")
    print_table(names, [tuple("" if row[name] is None else str(row[name]) for name in names) for row in rows])


@click.command("map")
@with_filters(200)
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="HTML file to write.")
@click.option("--title", default="Relations", show_default=True, help="Heading of the page.")
def map_(output: Path, title: str, **given: str) -> None:
    """Draw relations as one interactive HTML file that needs no network."""
    from graphapi.params import to_edge_query  # noqa: PLC0415

    with open_workbench() as bench:
        count = write_map(bench, output, title, to_edge_query(given, bench.ontology))
    click.echo(f"{output}: {count} relations drawn; open it in a browser.")


def write_map(bench: Workbench, output: Path, title: str, query: RelationQuery) -> int:
    """Write the map of a query to a file; returns how many relations it shows."""
    from dyadgraph.errors import QueryError  # noqa: PLC0415
    from viz.map import draw_map  # noqa: PLC0415

    subgraph = bench.store.subgraph(query)
    page = draw_map(subgraph, title=title, ontology=bench.ontology)
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(page, encoding="utf8")
    except OSError as exc:
        raise QueryError(f"{output}: cannot be written ({exc.strerror}); choose another file") from exc
    return len(subgraph.edges)


def print_edges(edges: tuple[Edge, ...]) -> None:
    """Print relations as a table."""
    rows = [
        (
            edge.source.name,
            edge.type,
            edge.target.name,
            edge.status,
            str(edge.count),
            str(edge.articles),
            edge.last_seen.isoformat() if edge.last_seen else "",
            edge.evidence[0].sentence if edge.evidence else "",
        )
        for edge in edges
    ]
    print_table(("source", "relation", "target", "status", "count", "articles", "last seen", "evidence"), rows)


def print_table(names: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows under their names, cut to the terminal's width."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console()
    if not console.is_terminal:
        console.width = 160
    # Only the last column gives way: a name cut to three letters tells nobody anything.
    widths = [
        min(max(len(name), *(len(row[number]) for row in rows), 0), WIDEST_NAME) for number, name in enumerate(names)
    ]
    widths[-1] = max(NARROWEST, console.width - sum(widths[:-1]) - GAP * len(widths))
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for name, width in zip(names, widths, strict=True):
        table.add_column(name, no_wrap=True, overflow="ellipsis", width=width)
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(table)


def print_json(value: Any) -> None:
    """Print a value for machines."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
