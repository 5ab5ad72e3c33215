"""`dyadgraph code`: pre-split sentences in, their relations out, in the scorer's format."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphapi.commands import open_workbench

if TYPE_CHECKING:
    from dyadgraph.model import Actor, Relation
    from ingest.coder import Sentence


@click.command()
@click.option(
    "--input", "source", required=True, type=click.Path(path_type=Path), help="JSON Lines: id, doc, date, text."
)
@click.option("--output", "target", required=True, type=click.Path(path_type=Path), help="JSON Lines to write.")
def code(source: Path, target: Path) -> None:
    """Code sentences that are split already; those of one `doc`, in file order, are each other's context."""
    from dyadgraph.errors import ArticleError  # noqa: PLC0415

    with open_workbench() as bench:
        ids, sentences = _read(source, bench.settings.max_article)
        coded = bench.coder.code_sentences(sentences)
        lines = [
            json.dumps({"id": id_, "relations": [to_row(relation) for relation in found]}, ensure_ascii=False)
            for id_, found in zip(ids, coded, strict=True)
        ]
    try:
        target.write_text("".join(line + "\n" for line in lines), encoding="utf8")
    except OSError as exc:
        raise ArticleError(f"{target}: cannot be written ({exc.strerror}); choose another file") from exc
    click.echo(f"{target}: {len(lines)} sentences coded.", err=True)


def _read(source: Path, longest: int) -> tuple[list[str], list[Sentence]]:
    from dyadgraph.errors import ArticleError  # noqa: PLC0415
    from ingest.readers.json_lines import read_objects  # noqa: PLC0415

    ids: list[str] = []
    rows: list[tuple[str, dict[str, Any]]] = []
    try:
        with source.open("rb") as stream:
            for where, item in read_objects(stream, str(source), longest):
                if isinstance(item, ArticleError):
                    raise item
                if not isinstance(item.get("id"), str) or not isinstance(item.get("text"), str):
                    raise ArticleError(f'{where}: fields "id" and "text" are needed, both strings')
                ids.append(item["id"])
                rows.append((where, item))
    except OSError as exc:
        raise ArticleError(f"{source}: cannot be opened ({exc.strerror}); check the path") from exc
    if not rows:
        raise ArticleError(f"{source}: is empty; nothing to code")
    return ids, _to_sentences(rows)


def _to_sentences(rows: list[tuple[str, dict[str, Any]]]) -> list[Sentence]:
    """Join the sentences of each run of one document to an article."""
    from itertools import groupby  # noqa: PLC0415

    from dyadgraph.model import Article  # noqa: PLC0415
    from ingest.coder import Sentence  # noqa: PLC0415
    from ingest.readers.json_lines import to_article  # noqa: PLC0415

    sentences: list[Sentence] = []
    for _, run in groupby(rows, key=lambda row: row[1].get("doc") or row[1]["id"]):
        group = list(run)
        text = "\n".join(item["text"] for _, item in group)
        where, first = group[0]
        published = to_article({"text": "-", "date": first.get("date")}, where).published
        article = Article.of(text, published=published, url=f"code:{len(sentences)}")
        place = 0
        for _, item in group:
            sentences.append(Sentence(article, place, place + len(item["text"])))
            place += len(item["text"]) + 1
    return sentences


def to_row(relation: Relation) -> dict[str, Any]:
    """Return a relation as the scorer reads it."""
    evidence = relation.evidence
    return {
        "source": _actor(relation.source),
        "type": relation.type,
        "target": _actor(relation.target),
        "status": relation.status,
        "trigger": evidence.trigger,
        "start": evidence.trigger_start - evidence.start,
        "end": evidence.trigger_end - evidence.start,
        "rule": relation.rule,
        "confidence": relation.confidence,
    }


def _actor(actor: Actor) -> dict[str, Any]:
    row: dict[str, Any] = {"id": actor.id, "name": actor.name, "country": actor.country}
    return {**row, "person": True} if actor.kind == "person" else row
