"""Titles: words of a title go in, the offices that it can mean come out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dyadgraph.gazetteer.people import Office

# "leader" of a state is whoever leads it in fact; countries.csv says which office that is.
LEADER = "leader"


@dataclass(frozen=True, slots=True)
class Titles:
    """The lists of titles.toml; `offices` maps a title to the offices it can mean, the likeliest first."""

    words: frozenset[str]
    nouns: frozenset[str]
    heads: frozenset[str]
    lesser: frozenset[str]
    leader_words: frozenset[str]
    offices: Mapping[str, tuple[Office, ...]]

    def find_offices(self, title: str) -> tuple[Office, ...]:
        """Return the offices of a folded title, or of its longest ending that is one: "new prime minister"."""
        words = title.split()
        if self.lesser.intersection(words):
            return ()
        for start in range(len(words)):
            found = self.offices.get(" ".join(words[start:]))
            if found:
                return () if "vice" in words[:start] else found
        return ()

    def means_leader(self, title: str) -> bool:
        """Tell whether a folded title means who leads the state: "leader", "new leader", not "rebel leader"."""
        *words, last = title.split() or [""]
        return last == LEADER and self.leader_words.issuperset(words)
