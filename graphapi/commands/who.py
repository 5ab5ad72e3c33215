"""`dyadgraph who`: words or JSON Lines in, the actors they mean out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from graphapi.commands import open_workbench
from graphapi.commands.query import print_table

if TYPE_CHECKING:
    from dyadgraph.gazetteer.questions import Answer


@click.command()
@click.argument("words", nargs=-1)
@click.option("--date", "on", type=click.DateTime(["%Y-%m-%d"]), help="The day meant, YYYY-MM-DD.  [default: today]")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option(
    "--input", "source", type=click.Path(path_type=Path), help="JSON Lines with text and date: find every actor."
)
@click.option(
    "--output", "target", type=click.Path(path_type=Path), help="File for the answers to --input.  [default: stdout]"
)
def who(words: tuple[str, ...], on: datetime | None, as_json: bool, source: Path | None, target: Path | None) -> None:
    """Tell whom WORDS mean on a day: `dyadgraph who the French president --date 2016-02-03`."""
    if source is not None and not words:
        _answer_file(source, target)
        return
    if not words or source is not None or target is not None:
        raise click.UsageError("give either WORDS or --input")
    _answer_words(" ".join(words), on.date() if on else date.today(), as_json)  # noqa: DTZ011 (the user's own day)


def _answer_words(text: str, on: date, as_json: bool) -> None:
    from dyadgraph.errors import NotFoundError  # noqa: PLC0415
    from dyadgraph.gazetteer import load_gazetteer  # noqa: PLC0415
    from dyadgraph.gazetteer.questions import find_whom  # noqa: PLC0415

    answers = find_whom(load_gazetteer(), text, on)
    if as_json:
        click.echo(json.dumps([answer.to_dict() for answer in answers], ensure_ascii=False, indent=2))
        return
    if not answers:
        raise NotFoundError(f"{text!r} names nobody we know on {on.isoformat()}; try the full name or another --date")
    rows = [_row(answer) for answer in answers]
    print_table(("id", "name", "kind", "country", "office", "term"), rows)


def _row(answer: Answer) -> tuple[str, ...]:
    actor, term = answer.actor, answer.term
    office = f"{term.title} ({term.code})" if term else ""
    years = f"{term.start.isoformat()} to {term.end.isoformat() if term.end else 'now'}" if term else ""
    return actor.id, actor.name, actor.kind, actor.country or "", office, years


def _answer_file(source: Path, target: Path | None) -> None:
    from dyadgraph.errors import ArticleError  # noqa: PLC0415

    with open_workbench() as bench:
        lines: list[str] = []
        for text, on in _read(source, bench.settings.max_article):
            actors = [actor.to_dict() for actor in bench.coder.find_actors(text, on)]
            lines.append(json.dumps({"text": text, "actors": actors}, ensure_ascii=False))
    content = "".join(line + "\n" for line in lines)
    if target is None:
        click.echo(content, nl=False)
        return
    try:
        target.write_text(content, encoding="utf8")
    except OSError as exc:
        raise ArticleError(f"{target}: cannot be written ({exc.strerror}); choose another file") from exc


def _read(source: Path, longest: int) -> Iterator[tuple[str, date | None]]:
    from dyadgraph.errors import ArticleError  # noqa: PLC0415
    from ingest.readers.json_lines import read_objects, to_article  # noqa: PLC0415

    try:
        with source.open("rb") as stream:
            for where, item in read_objects(stream, str(source), longest):
                if isinstance(item, ArticleError):
                    raise item
                row: dict[str, Any] = item
                if not isinstance(row.get("text"), str):
                    raise ArticleError(f'{where}: field "text" is needed, a string')
                yield row["text"], to_article({"text": "-", "date": row.get("date")}, where).published
    except OSError as exc:
        raise ArticleError(f"{source}: cannot be opened ({exc.strerror}); check the path") from exc
