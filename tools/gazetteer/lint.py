"""The gazetteer in, a sentence for every contradiction in its data files out."""

from __future__ import annotations

import csv
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from dyadgraph.gazetteer import Gazetteer, Term, fold
from dyadgraph.gazetteer.people import Person

PEOPLE = Path(__file__).parents[2] / "dyadgraph/gazetteer/people"
ALLOWED = Path(__file__).with_name("allowed.toml")
SINGLE = ("head_of_state", "head_of_government", "supreme_leader", "foreign_minister", "defence_minister", "head")
# Two hold an office at once for some days where the data know a month or a year only.
SLACK = timedelta(days=45)


def find_faults(gazetteer: Gazetteer, people: Path = PEOPLE) -> list[str]:
    """Return what contradicts itself, sorted; `people` is the folder of the persons' files."""
    allowed = tomllib.loads(ALLOWED.read_text(encoding="utf8"))
    faults = [
        *_double_names(gazetteer, set(allowed["same_name"])),
        *_odd_persons(gazetteer.people),
        *_double_persons(gazetteer.people, {frozenset(each) for each in allowed["not_the_same"]}),
        *_overlaps(gazetteer, set(allowed["shared_offices"]), {frozenset(each) for each in allowed["rivals"]}),
        *_hidden_names(gazetteer),
        *_double_qids(people),
    ]
    return sorted(set(faults))


def _double_names(gazetteer: Gazetteer, allowed: set[str]) -> Iterator[str]:
    """Yield the names that mean two actors without a context to choose by."""
    bearers: dict[str, dict[str, str]] = defaultdict(dict)
    for written, name in gazetteer.names():
        bearers[fold(written)][name.actor_id] = f"{name.kind} {written!r}"
    for key, found in bearers.items():
        if len(found) > 1 and key not in allowed and not gazetteer.has_context(key):
            names = ", ".join(f"{gazetteer.actor(each).name} ({each}: {what})" for each, what in sorted(found.items()))
            yield f"name {key!r} means {names}; drop one, or add a context"


def _odd_persons(people: tuple[Person, ...] | list[Person]) -> Iterator[str]:
    for person in people:
        if person.qid and not re.fullmatch(r"Q[1-9]\d*", person.qid):
            yield f"person {person.name}: qid {person.qid!r} is no Wikidata id"
        for surname in person.surnames:
            if len(surname) < 2:
                yield f"person {person.name}: surname {surname!r} is too short to be looked up"
        for term in person.terms:
            if not term.title:
                yield f"person {person.name}: a term from {term.start} has no title"


def _double_persons(people: tuple[Person, ...] | list[Person], allowed: set[frozenset[str]]) -> Iterator[str]:
    """Yield persons who may be one: same state and same words of the name, or one spelled as the other's alias."""
    seen: dict[tuple[str, tuple[str, ...]], Person] = {}
    for person in people:
        for name in person.names:
            words = tuple(sorted(fold(name).split()))
            if {"bin", "al", "of"}.intersection(
                words
            ):  # "Salman bin Abdulaziz" is the father of "Abdulaziz bin Salman"
                continue
            for code in {term.code for term in person.terms}:
                other = seen.setdefault((code, words), person)
                if other is not person and frozenset({other.name, person.name}) not in allowed:
                    yield f"persons {other.name} ({other.id}) and {person.name} ({person.id}) of {code} may be one"


def _overlaps(gazetteer: Gazetteer, shared: set[str], rivals: set[frozenset[str]]) -> Iterator[str]:
    """Yield offices that two persons hold at once."""
    terms: dict[tuple[str, str], list[Term]] = defaultdict(list)
    for person in gazetteer.people:
        for term in person.terms:
            terms[term.code, term.office].append(term)
    for (code, office), held in terms.items():
        if office not in SINGLE or f"{code} {office}" in shared:
            continue
        for first, second in pairwise(sorted(held, key=lambda term: (term.start, str(term.end)))):
            if first.person == second.person:
                continue
            names = [gazetteer.actor(term.person).name for term in (first, second)]
            still = first.end is None or first.end - second.start > SLACK
            if still and frozenset(names) not in rivals:
                yield f"{code} {office}: {names[0]} ({_span(first)}) and {names[1]} ({_span(second)}) at once"


def _span(term: Term) -> str:
    return f"{term.title} {term.start} to {term.end or 'now'}"


def _hidden_names(gazetteer: Gazetteer) -> Iterator[str]:
    for written, name in gazetteer.names():
        if gazetteer.is_blocker(written):
            yield f"name {written!r} of {name.actor_id} is in blockers.txt too; keep one"


def _double_qids(people: Path) -> Iterator[str]:
    """Yield the Wikidata ids that lines of people/*.csv give to names without a common word."""
    names: dict[str, dict[str, str]] = defaultdict(dict)
    for file in sorted(people.glob("*.csv")):
        with file.open(encoding="utf8", newline="") as stream:
            for row in csv.DictReader(stream):
                if row["qid"]:
                    names[row["qid"]].setdefault(fold(row["person"]), f"{row['person']} ({file.name})")
    for qid, found in names.items():
        first, *others = found
        for other in others:
            if not set(first.split()) & set(other.split()):
                yield f"qid {qid} is given to {found[first]} and to {found[other]}; drop the wrong one"
