"""`dyadgraph explain`: an article or the id of a stored one in, why each of its relations was found out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from graphapi.commands import open_workbench

if TYPE_CHECKING:
    from dyadgraph.model import Article
    from graphapi.wiring import Workbench
    from ingest.explain import Explanation, Reason


@click.command()
@click.argument("what")
@click.option("--relation", help="Explain only the relation with this id.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def explain(what: str, relation: str | None, as_json: bool) -> None:
    """Say why the relations of WHAT were found: a file, or the id of a stored article or of one relation."""
    with open_workbench() as bench:
        what, relation = _find_relation(bench, what, relation)
        found = [each for article in _articles(bench, what) for each in bench.coder.explain(article)]
    if relation is not None:
        found = [each for each in found if each.relation.id == relation]
    if relation is not None and not found:
        from dyadgraph.errors import NotFoundError  # noqa: PLC0415

        raise NotFoundError(f"{what} holds no relation {relation!r} as it is coded today; leave out --relation")
    if as_json:
        shown = json.dumps([each.to_dict() for each in found], ensure_ascii=False, indent=2)
    else:
        shown = "\n\n".join("\n".join(_lines(each)) for each in found) or "No relation was found."
    click.echo(shown.encode("utf8", "replace"))  # broken JSON may hold half characters


def _find_relation(bench: Workbench, what: str, relation: str | None) -> tuple[str, str | None]:
    """Return the article of a relation's id, and the relation; anything else as it is."""
    from dyadgraph.errors import NotFoundError  # noqa: PLC0415

    if Path(what).exists() or relation is not None:
        return what, relation
    try:
        return bench.store.relation(what).evidence.article.id, what
    except NotFoundError:
        return what, relation


def _articles(bench: Workbench, what: str) -> Iterator[Article]:
    """Yield the articles of a file, or the stored article."""
    from dyadgraph.errors import ArticleError  # noqa: PLC0415
    from ingest.readers import Rejected, read_articles  # noqa: PLC0415

    path = Path(what)
    if not path.exists():
        yield bench.store.article(what)
        return
    for article in read_articles(path, bench.settings.max_article):
        if isinstance(article, Rejected):
            raise ArticleError(article.reason)
        yield article


def _lines(found: Explanation) -> Iterator[str]:
    relation, kind = found.relation, found.type
    yield f"{relation.source.name} {relation.type} {relation.target.name} ({relation.status})  {relation.id}"
    yield f"  sentence    {relation.evidence.sentence}"
    yield f"  trigger     {relation.evidence.trigger}"
    score = "–" if kind.goldstein is None else f"{kind.goldstein:+g}"
    quad = kind.quad.replace("_", " ")
    yield f"  codes       PLOVER {kind.plover or '–'}, CAMEO {found.cameo or '–'}, Goldstein {score}, {quad}"
    if relation.mode or relation.context:
        yield f"  mode        {relation.mode or '–'}, context {relation.context or '–'}"
    yield f"  date        {relation.date.isoformat() if relation.date else 'unknown'}"
    yield f"  status      {found.status}"
    yield f"  source      {_reason(found.source)}"
    yield f"  target      {_reason(found.target)}"
    yield f"  rule        {found.rule or 'none; the models decided alone'}"
    for feature in found.features:
        yield f"  {feature.weight:+10.2f}  {feature.words}"
    yield f"  confidence  {relation.confidence:.2f}"


def _reason(reason: Reason) -> str:
    return f"{reason.actor.name} ({reason.actor.id}): “{reason.words}”, {reason.why}"
