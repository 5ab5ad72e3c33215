"""`dyadgraph timeline`, `top`, `paths`: how the tone goes, who is in most of it, who leads to whom."""

from __future__ import annotations

import click

from graphapi.commands import open_workbench
from graphapi.commands.query import print_json, print_table, with_filters

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


@click.command()
@with_filters(100)
@AS_JSON
def timeline(as_json: bool, **given: str) -> None:
    """Tell the tone month by month: events, mean Goldstein score, cooperative less conflictual events."""
    from graphapi.params import to_relation_query  # noqa: PLC0415

    with open_workbench() as bench:
        months = bench.store.timeline(to_relation_query(given, bench.ontology))
    if as_json:
        print_json({"items": [month.to_dict() for month in months], "next": None})
        return
    rows = [
        (
            month.month,
            str(month.count),
            "" if month.goldstein is None else f"{month.goldstein:+.2f}",
            f"{month.net:+}",
            ", ".join(f"{count} {quad.replace('_', ' ')}" for quad, count in month.quads.items()),
        )
        for month in months
    ]
    print_table(("month", "events", "goldstein", "net", "by class"), rows)


@click.command()
@click.argument("of", type=click.Choice(["actors", "pairs"]))
@with_filters(20)
@AS_JSON
def top(of: str, as_json: bool, **given: str) -> None:
    """Rank actors or pairs by their events; of a period with --since and --until."""
    from graphapi.params import to_relation_query  # noqa: PLC0415

    with open_workbench() as bench:
        query = to_relation_query(given, bench.ontology)
        actors = bench.store.top_actors(query) if of == "actors" else ()
        pairs = bench.store.top_pairs(query) if of == "pairs" else ()
    if as_json:
        print_json({"items": [*(each.to_dict() for each in actors), *(each.to_dict() for each in pairs)], "next": None})
    elif of == "actors":
        print_table(("actor", "events"), [(each.actor.name, str(each.count)) for each in actors])
    else:
        rows = [
            (
                each.first.name,
                each.second.name,
                str(each.count),
                "" if each.goldstein is None else f"{each.goldstein:+.2f}",
            )
            for each in pairs
        ]
        print_table(("first", "second", "events", "goldstein"), rows)


@click.command()
@click.argument("first")
@click.argument("second")
@click.option("--kind", default="", help="Who may stand between them: country, person, organization, armed_group.")
@click.option("--limit", default="10", show_default=True, help="How many, 1 to 50.")
@AS_JSON
def paths(first: str, second: str, as_json: bool, **given: str) -> None:
    """Tell how two actors (their ids) are joined, over at most two others."""
    from graphapi.params import to_kind, to_number  # noqa: PLC0415

    kind, limit = to_kind(given), to_number(given, "limit", default=10, least=1, most=50)
    with open_workbench() as bench:
        found = bench.store.paths(first, second, kinds=(kind,) if kind else (), limit=limit)
    if as_json:
        print_json({"items": [path.to_dict() for path in found], "next": None})
        return
    for path in found:
        steps = "".join(
            f" – {edge.type} ({edge.count}) – {actor.name}"
            for edge, actor in zip(path.edges, path.actors[1:], strict=True)
        )
        click.echo(path.actors[0].name + steps)
