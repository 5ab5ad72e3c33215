"""Read the gazetteer: the package's CSV, TOML and text files go in, a checked Gazetteer comes out.

countries.csv, organizations.csv, armed_groups.csv   one line an actor; lists in a cell are parted by ";"
people/*.csv      one line a term of office (people.py)
aliases.toml      one line a further name: [metonym] "Kremlin" = "RUS"
titles.toml, guards.toml, blockers.txt               words around names
"""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterable, Mapping
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, cast, get_args

from dyadgraph.errors import GazetteerError
from dyadgraph.gazetteer.gazetteer import Entry, Gazetteer, Tables
from dyadgraph.gazetteer.guards import Context, Guards, GuardWords
from dyadgraph.gazetteer.names import (
    ARTICLES,
    WORDS,
    Name,
    NameKind,
    Spellings,
    count_pieces,
    first_keys,
    fold,
    is_abbreviation,
    spell_out,
)
from dyadgraph.gazetteer.people import Office, Person, Term
from dyadgraph.gazetteer.registry import COLUMNS, Registry, States
from dyadgraph.gazetteer.titles import Titles
from dyadgraph.model import Actor, ActorKind

COUNTRY_COLUMNS = (
    "code",
    "qid",
    "name",
    "region",
    "subregion",
    "sovereign",
    "leader",
    "start",
    "end",
    "successor",
    "crown",
    "names",
    "demonyms",
    "capitals",
)
GROUP_COLUMNS = ("code", "country", "qid", "name", "names")
CONTEXT_KEYS = ("before", "after", "context", "without")
ALIAS_KEYS = {"actor", "since", "until", *CONTEXT_KEYS}
_KINDS: tuple[NameKind, ...] = get_args(NameKind)


# Middle names, initials and articles that a text may have more than the data.
PERSON_PIECES = 3
_Index = dict[str, list[tuple[Person, str]]]


class _Builder:
    """Collects the actors and their names while the files are read."""

    def __init__(self, spellings: Spellings) -> None:
        self.spellings = spellings
        self.actors: dict[str, Actor] = {}
        self.codes: dict[str, Actor] = {}
        self.leaders: dict[str, Office] = {}
        self.entries: dict[str, list[Entry]] = {}
        self.contexts: dict[str, list[Context]] = {}
        self.successors: dict[str, str] = {}
        self.crowns: dict[str, str] = {}
        self.reach: dict[str, int] = {}
        self.lower: set[str] = set(ARTICLES)
        self.inner: set[str] = set(ARTICLES)

    def add_actor(self, code: str, actor: Actor, place: str) -> None:
        """Add a state, an organisation or a group."""
        if code in self.codes or actor.id in self.actors:
            raise GazetteerError(f"{place}: {code} ({actor.id}) is there already; keep one line")
        self.actors[actor.id] = actor
        self.codes[code] = actor

    def add_name(self, kind: NameKind, written: str, actor: Actor, since: date | None, until: date | None) -> None:
        """Add a name of an actor; one given twice counts once."""
        entry = Entry(Name(kind, actor.id), written, since, until)
        key = fold(written)
        same = self.entries.setdefault(key, [])
        if all(known.name != entry.name or known.written != written for known in same):
            same.append(entry)
            self.note_reach(written, key)

    def note_reach(self, written: str, key: str, more: int = 0) -> None:
        """Note how far a name may run from its first word, with `more` tokens between."""
        pieces = count_pieces(written) + more
        for first in first_keys(written, key):
            if self.reach.get(first, 0) < pieces:
                self.reach[first] = pieces
            if not written[0].isupper():
                self.lower.add(first)
        self.inner.update(piece for piece in WORDS.findall(written) if piece[0].islower())


def load_gazetteer(folder: Traversable | None = None) -> Gazetteer:
    """Read and check the gazetteer that ships, or the one in `folder`; raises GazetteerError."""
    folder = files("dyadgraph.gazetteer") if folder is None else folder
    builder = _Builder(_read_spellings(_read_toml(folder / "spellings.toml")))
    _read_countries(folder, builder)
    _read_groups(folder, "organizations.csv", "organization", builder)
    _read_groups(folder, "armed_groups.csv", "armed_group", builder)
    _read_aliases(_read_toml(folder / "aliases.toml"), builder)
    people = _read_people(folder, builder)
    blockers = {fold(line): line for line in _lines(folder / "blockers.txt")}
    for key, written in blockers.items():
        builder.note_reach(written, key)
    titles = _read_titles(_read_toml(folder / "titles.toml"))
    guard_words = _read_guards(_read_toml(folder / "guards.toml"))
    full_names, surnames = _index(people, builder, guard_words)
    tables = Tables(
        actors=builder.actors,
        codes=builder.codes,
        leaders=builder.leaders,
        successors=builder.successors,
        entries=builder.entries,
        people=people,
        full_names=full_names,
        surnames=surnames,
        terms=_terms_by_code(people, builder.codes),
        blockers=blockers,
        reach=builder.reach,
        lower=frozenset(builder.lower),
        inner=frozenset(builder.inner),
        spellings=builder.spellings,
    )
    guards = Guards(guard_words, builder.contexts, titles.words, titles.nouns)
    return Gazetteer(tables, titles, guards)


def _read_countries(folder: Traversable, builder: _Builder) -> None:
    for place, line in _read_csv(folder / "countries.csv", COUNTRY_COLUMNS):
        code = line["code"]
        actor = Actor(code, line["name"], "country", line["successor"] or code, line["qid"] or None)
        builder.successors[code] = line["successor"] or code
        builder.add_actor(code, actor, place)
        if line["crown"]:
            builder.crowns[code] = line["crown"]
        builder.leaders[code] = cast(Office, line["leader"])
        kinds: tuple[tuple[NameKind, str], ...] = (("demonym", "demonyms"), ("metonym", "capitals"))
        _add_names(builder, actor, line["name"], line["names"])
        for kind, column in kinds:
            for written in _split(line[column]):
                builder.add_name(kind, written, actor, None, None)


def _read_groups(folder: Traversable, file: str, kind: ActorKind, builder: _Builder) -> None:
    for place, line in _read_csv(folder / file, GROUP_COLUMNS):
        slug = fold(line["name"]).replace(" ", "-")
        actor = Actor(line["qid"] or slug, line["name"], kind, line["country"], line["qid"] or None)
        builder.add_actor(line["code"], actor, place)
        _add_names(builder, actor, line["name"], line["names"])


def _add_names(builder: _Builder, actor: Actor, name: str, names: str) -> None:
    for written in (name, *_split(names)):
        builder.add_name("alias" if is_abbreviation(written) else "name", written, actor, None, None)


def _read_aliases(table: Mapping[str, Any], builder: _Builder) -> None:
    for kind, aliases in table.items():
        if kind not in _KINDS:
            raise GazetteerError(f"aliases.toml: [{kind}] is no kind of name; use one of {', '.join(_KINDS)}")
        for written, given in aliases.items():
            place = f"aliases.toml: {kind}: {written!r}"
            for values in given if isinstance(given, list) else [given]:
                _read_alias(place, kind, written, {"actor": values} if isinstance(values, str) else values, builder)


def _read_alias(place: str, kind: NameKind, written: str, values: Mapping[str, Any], builder: _Builder) -> None:
    if not ALIAS_KEYS.issuperset(values):
        raise GazetteerError(f"{place}: the keys are {', '.join(sorted(ALIAS_KEYS))}; mend the line")
    code = values.get("actor")
    if code not in builder.codes:
        raise GazetteerError(f"{place}: actor {code!r} is not in the gazetteer; mend the code")
    builder.add_name(kind, written, builder.codes[code], values.get("since"), values.get("until"))
    if values.keys() & CONTEXT_KEYS:
        before, after, words, without = (values.get(key, []) for key in CONTEXT_KEYS)
        context = Context(frozenset(before), tuple(after), frozenset(words), frozenset(without))
        builder.contexts.setdefault(fold(written), []).append(context)


def _read_people(folder: Traversable, builder: _Builder) -> dict[str, Person]:
    names = {code: actor.name for code, actor in builder.codes.items() if actor.kind == "country"}
    registry = Registry(States(builder.successors, builder.crowns, names))
    place = folder / "people"
    found = [each for each in place.iterdir() if each.name.endswith(".csv")] if place.is_dir() else []
    for file in sorted(found, key=lambda each: each.name):
        registry.read(f"people/{file.name}", [line for _, line in _read_csv(file, COLUMNS)])
    return registry.people()


def _index(people: Mapping[str, Person], builder: _Builder, guards: GuardWords) -> tuple[_Index, _Index]:
    """Return full names and surnames by key.

    A full name of one frequent word ("Francis") counts as a surname; a surname that names a state is left out.
    """
    full: _Index = {}
    short: _Index = {}
    frequent = guards.given_names | guards.common_surnames
    for person in people.values():
        for written in person.names:
            _enter(short if written in frequent else full, person, written, builder)
        for written in person.surnames:
            if fold(written) not in builder.entries:
                _enter(short, person, written, builder)
    return full, short


def _enter(index: _Index, person: Person, written: str, builder: _Builder) -> None:
    for spelling in (written,) if written.isascii() else dict.fromkeys((written, spell_out(written))):
        key = builder.spellings.key(fold(spelling))
        same = index.setdefault(key, [])
        if all(known is not person for known, _ in same):
            same.append((person, spelling))
            builder.note_reach(spelling, key, more=PERSON_PIECES)


def _terms_by_code(people: Mapping[str, Person], codes: Mapping[str, Actor]) -> dict[str, list[Term]]:
    terms: dict[str, list[Term]] = {}
    for person in people.values():
        for term in person.terms:
            if term.code not in codes:
                raise GazetteerError(f"people: {person.name} has code {term.code!r}, which names nobody; mend the line")
            terms.setdefault(term.code, []).append(term)
    return terms


def _read_spellings(table: Mapping[str, Any]) -> Spellings:
    groups = [line.split() for line in table["groups"].splitlines() if line.strip()]
    return Spellings({word: group[0] for group in groups for word in group})


def _read_titles(table: Mapping[str, Any]) -> Titles:
    heads = frozenset(" ".join(each.replace("-", " ").split()) for each in _split(table["heads"]))
    offices = {" ".join(key.replace("-", " ").split()): tuple(value) for key, value in table["offices"].items()}
    return Titles(
        words=frozenset(table["words"].split()),
        nouns=frozenset(table["nouns"].split()),
        heads=heads,
        lesser=frozenset(table["lesser"]),
        leader_words=frozenset(table["leader_words"].split()),
        offices=offices,
    )


def _read_guards(table: Mapping[str, Any]) -> GuardWords:
    return GuardWords(**{key: frozenset(_words(value)) for key, value in table.items()})


def _words(value: str | list[str]) -> Iterable[str]:
    if isinstance(value, list):
        return value
    return _split(value) if ";" in value else value.split()


def _split(cell: str) -> list[str]:
    return [each for each in (" ".join(part.split()) for part in cell.split(";")) if each]


def _read_csv(file: Traversable, columns: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    try:
        rows = list(csv.reader(file.read_text(encoding="utf-8").splitlines()))
    except (OSError, UnicodeDecodeError) as exc:
        raise GazetteerError(f"{file.name}: cannot be read ({exc}); the gazetteer needs it") from exc
    if not rows or tuple(rows[0]) != columns:
        raise GazetteerError(f"{file.name}: line 1 is not {','.join(columns)}; mend the header")
    lines: list[tuple[str, dict[str, str]]] = []
    for number, row in enumerate(rows[1:], start=2):
        if not row:
            continue
        if len(row) != len(columns):
            raise GazetteerError(f"{file.name}: line {number} has {len(row)} cells for {len(columns)}; quote commas")
        lines.append((f"{file.name}: line {number}", dict(zip(columns, row, strict=True))))
    return lines


def _read_toml(file: Traversable) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise GazetteerError(f"{file.name}: cannot be read as TOML ({exc}); mend the line it names") from exc


def _lines(file: Traversable) -> list[str]:
    lines = file.read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
