"""The grammar of trigger lines: a line of a vocabulary file goes in, a Trigger or a named fault comes out.

A line is `lemmas : frame`, then any number of ` | status=planned`, ` | cameo=0841`, ` | mode=phone`,
` | context=military` (names: modes.toml).
In a frame `A` is the source, `B` the target, `_` the trigger, `on|against` one preposition of these.

A word matches a token by its lemma or by its lower-case form (`arms`, `talk`).
Verbs (a lemma, or a lemma and its particle: `pull out`):
    visit : A _ B                      A is the subject, B the object (passives and relatives follow)
    crack down : A _ on|against B      B behind one of the prepositions
    launch : A _ X{raid,strike} on B   a noun object of the list; B behind verb or noun; `of B` also
                                       reads "Iran's offer" and "the Iranian offer"
    call for : A _ X{end} to|by B      a particle may be parsed as a preposition; the noun follows it
    attack : A _ X{@town} of|in B      `@town` is a list under [classes] in the same file
    hand : A _ X to B                  any noun object
    demand : A _ that B                B acts in the clause under the verb: "demanded that B withdraw"
    threaten : A _ to-do B             B is the object of the infinitive: "threatened to bomb B"
    host : B _ A                       swapped: the subject is the target; every form above may be swapped
    negotiate : A&B _                  reciprocal: "A and B _", "A _ with B"
    mediate : A _ between B            A with each of the parties behind "between"
Nouns (a lemma, or a compound written out: `air strike`):
    visit : A _ to|in B                also "A's _", "ADJ(A) _", "_ of A", "_ by A", "_ from A",
                                       and a light verb with A as its subject ("paid a visit to B")
    talks : A&B _                      also "_ between A and B", "_ of A and B", "A's _ with B",
                                       "ADJ(A) _ with B", "A-B _", and a light verb with them
Phrases (two words or more; the first governs the others, the last carries the meaning):
    be critical : A _ of B             adjective or noun as predicate: "A is critical of B"
    take part in talks : A&B _         verb and noun; the words between may be others
A reciprocal line of a type that is not symmetric means both directions (`war : A&B _`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dyadgraph.model import STATUSES, Status

TriggerKind = Literal["verb", "noun", "phrase"]
TRIGGER_KINDS: tuple[TriggerKind, ...] = get_args(TriggerKind)

_LETTER = "a-zà-öø-ÿ"
_WORD = rf"[{_LETTER}](?:[{_LETTER}'’-]*[{_LETTER}])?"
_LEMMAS = re.compile(rf"{_WORD}(?: {_WORD})*")
_FRAME = re.compile(
    rf"(?P<subject>A|B) _"
    rf"(?P<object> X(?:\{{(?P<nouns>{_WORD}(?: {_WORD})*(?:,{_WORD}(?: {_WORD})*)*)\}})?)?"
    rf"(?: (?P<prepositions>{_WORD}(?:\|{_WORD})*))? (?P<other>A|B)"
)
_OPTION = re.compile(r"(?P<name>status|cameo|mode|context)=(?P<value>[a-z0-9_-]+)")
_LONGEST = {"verb": 2, "noun": 3, "phrase": 6}
_SHORTEST = {"verb": 1, "noun": 1, "phrase": 2}


@dataclass(frozen=True, slots=True)
class Frame:
    """A frame taken apart: who stands where around the trigger.

    `swap`: the subject is the target. `takes_noun`: a noun object is needed, one of `nouns` unless that
    is empty. `prepositions` is empty where the other actor is the direct object or the frame is reciprocal.
    """

    reciprocal: bool = False
    swap: bool = False
    takes_noun: bool = False
    nouns: frozenset[str] = frozenset()
    prepositions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Trigger:
    """Words that carry a relation, and where the actors stand around them.

    `frame` is as written in the file; `swap` says what `frame` says already (subject is the target).
    `cameo`, `mode`, `context` and `status` hold only where this trigger is more special than its type.
    """

    kind: TriggerKind
    lemmas: tuple[str, ...]
    frame: str
    status: Status | None = None
    cameo: str | None = None
    mode: str | None = None
    context: str | None = None
    swap: bool = False

    @property
    def line(self) -> str:
        """Return lemmas and frame as the files write them, without options."""
        return f"{' '.join(self.lemmas)} : {self.frame}"


def parse_frame(text: str) -> Frame:
    """Take a frame apart; raises ValueError for one outside the grammar."""
    if text == "A&B _":
        return Frame(reciprocal=True)
    found = _FRAME.fullmatch(text)
    if found is None or found["subject"] == found["other"]:
        raise ValueError(f"frame {text!r} is not of the grammar; see dyadgraph/ontology/frames.py")
    takes_noun = found["object"] is not None
    if takes_noun and found["prepositions"] is None:
        raise ValueError(f"frame {text!r} has a noun object and no preposition; write `A _ X{{…}} on B`")
    return Frame(
        swap=found["subject"] == "B",
        takes_noun=takes_noun,
        nouns=frozenset((found["nouns"] or "").split(",")) - {""},
        prepositions=tuple((found["prepositions"] or "").split("|")) if found["prepositions"] else (),
    )


def parse_trigger(kind: TriggerKind, line: str) -> Trigger:
    """Read one trigger line; raises ValueError for one outside the grammar."""
    head, colon, rest = line.partition(" : ")
    if not colon:
        raise ValueError(f"trigger {line!r} lacks ' : '; write `lemma : A _ B`")
    if not _LEMMAS.fullmatch(head):
        raise ValueError(f"trigger {line!r} has lemmas that are not lower-case words one space apart")
    lemmas = tuple(head.split(" "))
    if not _SHORTEST[kind] <= len(lemmas) <= _LONGEST[kind]:
        raise ValueError(f"{kind} {head!r} has {len(lemmas)} words; allowed are {_SHORTEST[kind]} to {_LONGEST[kind]}")
    frame, *options = rest.split(" | ")
    parsed = parse_frame(frame)
    if kind == "noun" and parsed.takes_noun:
        raise ValueError(f"noun {line!r} cannot take a noun object; put it among the verbs or phrases")
    if kind != "verb" and not parsed.reciprocal and not parsed.prepositions and lemmas[0] == "be":
        raise ValueError(f"{kind} {line!r} needs a preposition before its actor")
    given = _parse_options(line, options)
    return Trigger(
        kind=kind,
        lemmas=lemmas,
        frame=frame,
        status=cast("Status | None", given.get("status")),
        cameo=given.get("cameo"),
        mode=given.get("mode"),
        context=given.get("context"),
        swap=parsed.swap,
    )


def _parse_options(line: str, options: list[str]) -> dict[str, str]:
    """Return option name -> value, each name once."""
    given: dict[str, str] = {}
    for option in options:
        found = _OPTION.fullmatch(option)
        if found is None or found["name"] in given:
            raise ValueError(f"trigger {line!r} has an option {option!r} that cannot be read; see ontology/frames.py")
        given[found["name"]] = found["value"]
    if given.get("status", STATUSES[0]) not in STATUSES:
        raise ValueError(f"trigger {line!r} has status {given['status']!r}; use one of {', '.join(STATUSES)}")
    if not re.fullmatch(r"\d{2,4}", given.get("cameo", "00")):
        raise ValueError(f"trigger {line!r} has CAMEO code {given['cameo']!r}; write two to four digits")
    return given
