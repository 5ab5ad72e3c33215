"""What one article has said so far about who is who; later sentences lean on it, other articles never do."""

from __future__ import annotations

from dataclasses import dataclass, field

from dyadgraph.model import Actor

RECENT = 12
FADING = 0.8
LEAST_SALIENCE = 0.4


@dataclass(slots=True)
class Memory:
    """State of one article: persons by surname, offices told by the article, who was named last."""

    surnames: dict[str, Actor] = field(default_factory=dict)
    offices: dict[tuple[str, str], Actor] = field(default_factory=dict)
    recent: list[Actor] = field(default_factory=list)
    person: Actor | None = None
    speaker: Actor | None = None
    pair: tuple[Actor, Actor] | None = None
    destinations: dict[str, Actor] = field(default_factory=dict)
    subject: Actor | None = None
    group: Actor | None = None
    organization: Actor | None = None
    salience: dict[str, float] = field(default_factory=dict)

    def learn_person(self, person: Actor, *surnames: str) -> None:
        """Remember a person under the names by which the article may call them next."""
        for surname in surnames:
            self.surnames[surname] = person

    def learn_office(self, title: str, code: str, person: Actor) -> None:
        """Remember that the article gave this title of this country to the person."""
        self.offices[title.lower(), code] = person

    def see(self, actor: Actor) -> None:
        """Note that an actor was named just now."""
        self.recent.append(actor)
        del self.recent[:-RECENT]
        if actor.kind == "person":
            self.person = actor
        elif actor.kind == "armed_group":
            self.group = actor
        elif actor.kind == "organization":
            self.organization = actor
        if actor.country and actor.kind in {"country", "person"}:
            self.salience[actor.country] = self.salience.get(actor.country, 0.0) + 1.0

    def end_sentence(self, subject: Actor | None, speaker: Actor | None) -> None:
        """Let what was named fade a little, and keep who acted and who spoke."""
        self.salience = {code: weight * FADING for code, weight in self.salience.items()}
        self.subject = subject or self.subject
        self.speaker = speaker or self.speaker

    def focus(self, named: set[str | None]) -> str | None:
        """Return the code that the article is most about, leaving out those that the sentence names itself."""
        others = {code: weight for code, weight in self.salience.items() if code not in named}
        if not others:
            return None
        code = max(others, key=others.__getitem__)
        return code if others[code] >= LEAST_SALIENCE else None

    def last_two(self, *, persons: bool) -> tuple[Actor, ...]:
        """Return the two distinct actors that "the two leaders" or "both sides" point at, or nothing.

        Two that were related last come first; else the last two named, if the article names no third nearby.
        """
        if self.pair and (not persons or all(actor.kind == "person" for actor in self.pair)):
            return self.pair
        last: dict[str, Actor] = {}
        for actor in reversed(self.recent):
            if (actor.kind == "person") == persons or not persons:
                last.setdefault(actor.code, actor)
            if len(last) == 2:
                return tuple(reversed(last.values()))
        return ()
