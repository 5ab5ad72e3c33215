"""Checked reading of TOML tables: raw tables go in, typed values come out, or an error that names the place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

from dyadgraph.errors import OntologyError

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Table:
    """One TOML table with the name of its place (`consult.toml: visit`), for error messages."""

    place: str
    values: Mapping[str, Any]

    def allow(self, names: Iterable[str]) -> None:
        """Raise OntologyError for a key that is not among the names."""
        known = sorted(names)
        for name in self.values:
            if name not in known:
                raise OntologyError(f"{self.place}: unknown key {name!r}; the keys are {', '.join(known)}")

    def get(self, name: str, kind: type[T]) -> T:
        """Return a value that must be there and be of the kind; raises OntologyError."""
        if name not in self.values:
            raise OntologyError(f"{self.place}: {name!r} is missing; add it")
        value = self.values[name]
        if type(value) is not kind:
            raise OntologyError(f"{self.place}: {name!r} is {value!r}; write a {kind.__name__}")
        return value

    def find(self, name: str, kind: type[T]) -> T | None:
        """Return a value of the kind, None where it is left out; raises OntologyError for another kind."""
        return self.get(name, kind) if name in self.values else None

    def strings(self, name: str, *, repeats: bool = False) -> tuple[str, ...]:
        """Return a list of strings, empty where it is left out; raises OntologyError for one given twice."""
        given: list[Any] = self.find(name, list) or []
        seen: set[str] = set()
        for index, each in enumerate(given):
            if not isinstance(each, str):
                raise OntologyError(f"{self.place}: {name}[{index}] is {each!r}; write a string")
            if each in seen and not repeats:
                raise OntologyError(f"{self.place}: {name} holds {each!r} twice; drop one")
            seen.add(each)
        return tuple(given)

    def words(self, name: str) -> frozenset[str]:
        """Return a list of words, which must be lower case."""
        words = self.strings(name)
        for word in words:
            if word != word.lower() or word != " ".join(word.split()):
                raise OntologyError(f"{self.place}: {name} holds {word!r}; write it lower case, one space apart")
        return frozenset(words)

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """Return a string that must be one of those allowed."""
        value = self.get(name, str)
        if value not in allowed:
            raise OntologyError(f"{self.place}: {name} is {value!r}; use one of {', '.join(allowed)}")
        return value

    def table(self, name: str) -> Table:
        """Return the table of that name; raises OntologyError where it is missing."""
        return Table(f"{self.place}: {name}", self.get(name, dict))

    def tables(self, name: str) -> list[Table]:
        """Return the tables of an array of tables, none where it is left out."""
        given: list[Any] = self.find(name, list) or []
        for index, each in enumerate(given, start=1):
            if not isinstance(each, dict):
                raise OntologyError(f"{self.place}: {name} {index} is no table; write it as [[{name}]]")
        return [Table(f"{self.place}: {name} {index}", each) for index, each in enumerate(given, start=1)]


def read_table(file: Traversable) -> Table:
    """Read one TOML file; raises OntologyError where it is missing or no TOML."""
    try:
        return Table(file.name, tomllib.loads(file.read_text(encoding="utf-8")))
    except FileNotFoundError as exc:
        raise OntologyError(f"{file.name}: no such file; the vocabulary needs it") from exc
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as exc:
        raise OntologyError(f"{file.name}: cannot be read as TOML: {exc}; mend the line it names") from exc
