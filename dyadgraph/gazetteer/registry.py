"""Lines of people/*.csv go in, persons with their names and terms of office come out.

Lines with one name are one person, unless their Wikidata ids differ or they head two states at once; lines
with one id are one person, however the name is spelled. A year or a month stands for its first day in
`start`, for its last in `end`.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from dyadgraph.errors import GazetteerError
from dyadgraph.gazetteer.names import fold
from dyadgraph.gazetteer.people import HEAD_OFFICES, OFFICES, Person, Term

COLUMNS = ("person", "qid", "code", "office", "title", "start", "end", "surname", "aliases")
# Titles that go with the given name: "King Abdullah", never "Abdullah" alone.
CROWNS = ("King", "Queen", "Emperor", "Sultan", "Emir", "Pope", "Grand Duke", "Prince", "Crown Prince")
_DAY = re.compile(r"(\d{4})(?:-(\d\d))?")
_NUMERAL = re.compile(r" [IVX]+$")
_ARTICLE = re.compile(r"\b[aeAE]l[- ]([A-Z][\w'’-]+)$")
_NO_SURNAME = re.compile(r"[IVX]+|[A-Z]|.")


@dataclass(frozen=True, slots=True)
class States:
    """What is to be known of states: who comes after one, whose crown one shares, and the names of each."""

    successors: Mapping[str, str]
    crowns: Mapping[str, str]
    names: Mapping[str, str]


@dataclass(slots=True)
class _Group:
    """The lines of one person with their terms; the words of the name, and the keys of all spellings."""

    words: set[str]
    qid: str | None = None
    keys: set[str] = field(default_factory=set)
    lines: list[dict[str, str]] = field(default_factory=list)
    terms: list[Term] = field(default_factory=list)


class Registry:
    """Sorts lines to persons."""

    def __init__(self, states: States) -> None:
        self._states = states
        self._groups: dict[str, list[_Group]] = {}
        self._by_qid: dict[str, _Group] = {}

    def read(self, place: str, lines: Iterable[dict[str, str]]) -> None:
        """Take the lines of one file; raises GazetteerError for one that cannot be used."""
        for number, line in enumerate(lines, start=2):
            where = f"{place}: line {number}"
            key, qid = fold(line["person"]), line["qid"].strip() or None
            if not key or not line["code"]:
                raise GazetteerError(f"{where}: person or code is missing; add it")
            term = _read_term(where, line, self._states.successors)
            group = self._find_group(key, qid, term)
            group.lines.append(line)
            group.terms.append(term)
            if qid and self._by_qid.setdefault(qid, group) is group:
                group.qid = qid

    def people(self) -> dict[str, Person]:
        """Return the persons by id: the Wikidata id, else a slug of the name."""
        self._merge_twins()
        people: dict[str, Person] = {}
        for key, same_name in self._groups.items():
            for group in same_name:
                slug = key.replace(" ", "-")
                free = slug if slug not in people else f"{slug}-{group.terms[0].code.lower()}"
                person = self._to_person(group.qid or free, group)
                people[person.id] = person
        return people

    def _find_group(self, key: str, qid: str | None, term: Term) -> _Group:
        """Return the person of an id or of a name; one id for names without a common word is a slip of the data."""
        words = set(key.split())
        holder = self._by_qid.get(qid) if qid else None
        if holder is not None and holder.words & words:
            return holder
        same_name = self._groups.setdefault(key, [])
        for group in same_name:
            if (qid is None or group.qid is None or holder is not None) and not self._is_other_head(group, term):
                return group
        same_name.append(_Group(words))
        return same_name[-1]

    def _is_other_head(self, group: _Group, term: Term) -> bool:
        """Tell Albert II of Monaco from Albert II of Belgium: two states at once, and no shared crown."""
        if term.office not in HEAD_OFFICES or term.code not in self._states.names:
            return False
        home = self._home(term)
        heads = [other for other in group.terms if other.office in HEAD_OFFICES and other.code in self._states.names]
        return any(self._home(other) != home and _overlap(other, term) for other in heads)

    def _home(self, term: Term) -> str:
        return self._states.crowns.get(term.code, term.code)

    def _to_person(self, person_id: str, group: _Group) -> Person:
        codes = {term.code for term in group.terms}
        terms = [
            Term(person_id, each.code, each.office, each.title, each.start, each.end, self._is_shared(each, codes))
            for each in sorted(group.terms, key=lambda term: term.start)
        ]
        name = group.lines[0]["person"].strip()
        person = Person(person_id, name, group.qid, terms=terms)
        for line in group.lines:
            _add(person.names, f"{line['person']};{line['aliases']}")
            _add(person.surnames, line["surname"])
        person.surnames = [each for each in person.surnames if not _NO_SURNAME.fullmatch(each)]
        _add(person.surnames, ";".join(_article_forms(person)))
        self._add_crown_names(person)
        return person

    def _is_shared(self, term: Term, codes: set[str]) -> bool:
        home = self._states.crowns.get(term.code)
        return home is not None and term.office == "head_of_state" and home != term.code and home in codes

    def _add_crown_names(self, person: Person) -> None:
        """Add "King Abdullah", "King Abdullah II", "King Abdullah of Jordan" to a monarch's names."""
        crowned = [(term, crown) for term in person.terms if (crown := _crown(term)) and not term.shared]
        if not crowned:
            return
        given = _given_names(person)
        for term, crown in crowned:
            if numeral := _NUMERAL.search(person.name):
                _add(person.names, f"{crown} {given[0]}{numeral[0]}")
            for each in given:
                _add(person.names, f"{crown} {each} of {self._states.names.get(term.code, '')}")
                _add(person.surnames, f"{crown} {each}")

    def _merge_twins(self) -> None:
        """Make one person of two whose lines name each other, or that share a spelling of three words or more."""
        owners: dict[str, _Group] = {}
        for key, groups in self._groups.items():
            for group in list(groups):
                group.keys = {key, *(fold(each) for line in group.lines for each in line["aliases"].split(";") if each)}
                known = [owners[each] for each in group.keys if each in owners]
                twin = next((other for other in known if self._are_one(other, group)), None)
                if twin is None:
                    for each in group.keys:
                        owners.setdefault(each, group)
                    continue
                twin.qid = twin.qid or group.qid
                twin.lines += group.lines
                twin.terms += group.terms
                twin.keys |= group.keys
                owners |= dict.fromkeys(group.keys, twin)
                groups.remove(group)

    def _are_one(self, first: _Group, second: _Group) -> bool:
        if (first.qid and second.qid) or any(self._is_other_head(first, term) for term in second.terms):
            return False
        common = first.keys & second.keys
        mutual = all(fold(group.lines[0]["person"]) in common for group in (first, second))
        return mutual or any(len(key.split()) > 2 for key in common)


def _crown(term: Term) -> str | None:
    if term.office not in {"head_of_state", "crown_prince"}:
        return None
    return next((each for each in CROWNS if term.title == each or term.title.startswith(f"{each} ")), None)


def _given_names(person: Person) -> list[str]:
    """Return by which names a monarch is called behind the title: all of a short name, the first of a long one."""
    name = person.name
    for crown in CROWNS:
        name = name.removeprefix(f"{crown} ")
    name = _NUMERAL.sub("", name.partition(" of ")[0])
    words = name.split()
    if len(words) == 1:
        return [name]
    if " bin " in name or " al-" in name.lower() or " Al " in name:
        return [words[0]]
    return [name, *(each for each in person.surnames if each in words)]


def _overlap(first: Term, second: Term) -> bool:
    start, end = max(first.start, second.start), min(first.end or date.max, second.end or date.max)
    return (end - start).days > 31


def _add(names: list[str], given: str) -> None:
    for each in given.split(";") if given else ():
        text = each.strip()
        if text and text not in names:
            names.append(text)


def _article_forms(person: Person) -> list[str]:
    """Return "Bashir" and "al-Bashir" where a surname is one of them and the full name has the article."""
    found = {match[1] for name in person.names if "l-" in name or "l " in name if (match := _ARTICLE.search(name))}
    return [form for each in sorted(found) for form in (each, f"al-{each}") if _has_surname(person, each)]


def _has_surname(person: Person, bare: str) -> bool:
    return any(fold(each) in {fold(bare), fold(f"al-{bare}"), fold(f"el-{bare}")} for each in person.surnames)


def _read_term(where: str, line: dict[str, str], successors: Mapping[str, str]) -> Term:
    """Read a term; one in a state that is no more counts for its successor: news takes Gorbachev for RUS."""
    code, office = line["code"].strip(), line["office"].strip()
    if office not in OFFICES:
        raise GazetteerError(f"{where}: office is {office!r}; use one of {', '.join(OFFICES)}")
    start = read_day(line["start"].strip(), last=False, where=where)
    end = read_day(line["end"].strip(), last=True, where=where)
    if start is None:
        raise GazetteerError(f"{where}: start is missing; write YYYY, YYYY-MM or YYYY-MM-DD")
    if end is not None and end < start:
        raise GazetteerError(f"{where}: the term ends before it starts; mend one of the dates")
    return Term("", successors.get(code, code), office, line["title"].strip(), start, end)


def read_day(text: str, *, last: bool, where: str) -> date | None:
    """Read YYYY, YYYY-MM or YYYY-MM-DD as its first or last day, nothing as None; raises GazetteerError."""
    if not text:
        return None
    try:
        if len(text) == 10:
            return date.fromisoformat(text)
        found = _DAY.fullmatch(text)
        if found is None:
            raise ValueError(text)
        year, month = int(found[1]), int(found[2] or (12 if last else 1))
        return date(year, month, monthrange(year, month)[1] if last else 1)
    except ValueError as exc:
        raise GazetteerError(f"{where}: {text!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD") from exc
