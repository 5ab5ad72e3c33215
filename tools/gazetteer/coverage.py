"""The gazetteer in, docs/gazetteer.md out: what is known, by region and year."""

from __future__ import annotations

import csv
from collections import defaultdict
from datetime import date
from importlib.resources import files
from pathlib import Path

from dyadgraph.gazetteer import Gazetteer
from dyadgraph.gazetteer.registry import read_day

PAGE = Path(__file__).parents[2] / "docs/gazetteer.md"
YEARS = (1990, 1995, *range(2000, 2027))
OFFICES = (
    ("Leaders", "of the states of the region, the share whose leader (president, prime minister …) is known", "leader"),
    ("Foreign ministers", "the share whose foreign minister is known", "foreign minister"),
    ("Defence ministers", "the share whose defence minister is known", "defence minister"),
)
HEAD = Path(__file__).with_name("page.md")


def write_page(gazetteer: Gazetteer) -> str:
    """Return the page."""
    page = HEAD.read_text(encoding="utf8") + _counts(gazetteer) + "\n"
    regions = _regions()
    for title, meaning, office in OFFICES:
        page += f"\n## {title}\n\nPer cent of the states on 1 July of the year: {meaning}.\n\n"
        page += _table(gazetteer, regions, office)
    return page + _organizations(gazetteer)


def _counts(gazetteer: Gazetteer) -> str:
    kinds: dict[str, int] = defaultdict(int)
    for actor in gazetteer.actors:
        kinds[actor.kind] += 1
    names: dict[str, int] = defaultdict(int)
    for _, name in gazetteer.names():
        names[name.kind] += 1
    terms = sum(len(person.terms) for person in gazetteer.people)
    rows = [("states and territories", kinds["country"]), ("organisations", kinds["organization"])]
    rows += [("armed groups and cartels", kinds["armed_group"]), ("persons", len(gazetteer.people))]
    rows += [("terms of office", terms), *((f"names: {kind}", names[kind]) for kind in sorted(names))]
    return "| what | number |\n|---|---|\n" + "\n".join(f"| {what} | {number} |" for what, number in rows)


def _regions() -> dict[str, list[tuple[str, date | None, date | None]]]:
    """Return region -> its states: code, first day, last day."""
    regions: dict[str, list[tuple[str, date | None, date | None]]] = defaultdict(list)
    text = (files("dyadgraph.gazetteer") / "countries.csv").read_text(encoding="utf8")
    for row in csv.DictReader(text.splitlines()):
        if row["sovereign"]:
            days = [read_day(row[key], last=False, where=row["code"]) for key in ("start", "end")]
            regions[row["subregion"]].append((row["code"], days[0], days[1]))
    return dict(sorted(regions.items()))


def _table(gazetteer: Gazetteer, regions: dict[str, list[tuple[str, date | None, date | None]]], office: str) -> str:
    lines = ["| region | " + " | ".join(f"{year % 100:02}" for year in YEARS) + " |", "|---" * (len(YEARS) + 1) + "|"]
    for region, states in regions.items():
        cells: list[str] = []
        for year in YEARS:
            day = date(year, 7, 1)
            there = [code for code, start, end in states if (not start or start <= day) and (not end or day < end)]
            known = [code for code in there if gazetteer.find_term(office, code, day)]
            cells.append(str(round(100 * len(known) / len(there))) if there else "")
        lines.append(f"| {region} | " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _organizations(gazetteer: Gazetteer) -> str:
    held: dict[str, list[str]] = defaultdict(list)
    for person in gazetteer.people:
        for term in person.terms:
            if term.office == "head":
                held[term.code].append(f"{term.start.year}")
    lines = [
        f"| {actor.name} | `{actor.country}` | {actor.kind.replace('_', ' ')} | {_years(held[actor.country or ''])} |"
        for actor in sorted(gazetteer.actors, key=lambda actor: actor.name)
        if actor.kind != "country"
    ]
    head = "\n## Organisations and armed groups\n\n| name | acts as | kind | heads known |\n|---|---|---|---|\n"
    return head + "\n".join(lines) + "\n"


def _years(years: list[str]) -> str:
    return f"{len(years)}, from {min(years)}" if years else ""
