"""Read the vocabulary: the package's TOML files go in, a checked Ontology comes out.

A file of types (one per PLOVER event type, and state.toml for the two of our own):

    plover = "CONSULT"                     # left out in state.toml
    [classes]                              # lists of nouns that frames of this file name: X{@deal}
    deal = ["agreement", "treaty"]
    [[type]]
    id = "visit"                           # lower case
    label = "visit"
    past = "visited"                       # as in "Putin visited North Korea"
    cameo = "04"                           # root code; "" where CAMEO has none
    goldstein = 1.0                        # score of that root; left out where there is none
    quad = "verbal_cooperation"            # one of vocabulary.QUADS
    symmetric = false
    description = "Official travel to the target's country."
    verbs = ["visit : A _ B"]              # grammar: dyadgraph/ontology/frames.py
    nouns = ["visit : A _ to|in|of B"]
    phrases = ["pay visit : A _ to B"]
    [[type.example]]                       # without relations it is a non-example
    text = "Putin visited North Korea."
    relations = [["RUS", "visit", "PRK"]]
    status = ["occurred"]                  # left out where all occurred
    date = 2024-06-19                      # left out where no name depends on it

cues.toml: one table per group of words (`[negation]`), and `[[composition]]`.
modes.toml: `[contexts]`, `[types]` and one `[modes.EVENT]` per PLOVER type, each name with the words that show it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import fields
from datetime import date
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import cast

from dyadgraph.errors import OntologyError
from dyadgraph.model import STATUSES, Status
from dyadgraph.ontology.frames import Trigger, TriggerKind, parse_trigger
from dyadgraph.ontology.modes import Modes, read_modes
from dyadgraph.ontology.tables import Table, read_table
from dyadgraph.ontology.vocabulary import QUADS, Composition, Cue, Cues, Example, Ontology, Quad, RelationType

TYPE_FILES = (
    "consult.toml",
    "agree.toml",
    "cooperate.toml",
    "support.toml",
    "aid.toml",
    "concede.toml",
    "retreat.toml",
    "request.toml",
    "accuse.toml",
    "reject.toml",
    "threaten.toml",
    "protest.toml",
    "sanction.toml",
    "mobilize.toml",
    "coerce.toml",
    "assault.toml",
    "state.toml",
)
CUES_FILE = "cues.toml"
MODES_FILE = "modes.toml"
_TRIGGER_KEYS: tuple[tuple[str, TriggerKind], ...] = (("verbs", "verb"), ("nouns", "noun"), ("phrases", "phrase"))
_TYPE_KEYS = {"id", "label", "past", "cameo", "goldstein", "quad", "symmetric", "description", "example"}
_CUE_GROUPS = (
    "negation",
    "refusal",
    "cancellation",
    "planned",
    "possible",
    "demand",
    "threat",
    "reporting",
    "past",
)
_CLASS = re.compile(r"@([a-z_]+)")
_WORD_LISTS = ("light_verbs", "raising_verbs", "comment_verbs")


def load_ontology(folder: Traversable | None = None) -> Ontology:
    """Read and check the vocabulary that ships, or the one in `folder`; raises OntologyError."""
    folder = files("dyadgraph.ontology") if folder is None else folder
    types: dict[str, RelationType] = {}
    for name in TYPE_FILES:
        for each in _read_types(read_table(folder / name)):
            if each.id in types:
                raise OntologyError(f"{name}: type {each.id!r} is defined a second time; drop one")
            types[each.id] = each
    _check_triggers(types.values())
    _check_examples(types)
    cues = _read_cues(read_table(folder / CUES_FILE), types)
    modes = read_modes(read_table(folder / MODES_FILE), {each.plover for each in types.values() if each.plover}, types)
    _check_options(types.values(), modes)
    return Ontology(types, cues, modes)


def _read_types(file: Table) -> list[RelationType]:
    file.allow({"plover", "classes", "type"})
    plover = file.find("plover", str)
    if plover is not None and not re.fullmatch(r"[A-Z]+", plover):
        raise OntologyError(f"{file.place}: plover is {plover!r}; write it in capitals")
    classes = _read_classes(file)
    return [_read_type(table, file.place, plover, classes) for table in file.tables("type")]


def _read_classes(file: Table) -> dict[str, str]:
    """Return class name -> its nouns joined by commas; raises OntologyError for a class that no frame names."""
    if "classes" not in file.values:
        return {}
    table = file.table("classes")
    lines = [line for each in file.tables("type") for key, _ in _TRIGGER_KEYS for line in each.strings(key)]
    named = set(_CLASS.findall("\n".join(lines)))
    for name in table.values:
        if name not in named:
            raise OntologyError(f"{table.place}: no frame names @{name}; drop the class")
    return {name: ",".join(table.strings(name)) for name in table.values}


def _read_type(table: Table, file: str, plover: str | None, classes: dict[str, str]) -> RelationType:
    type_id = table.get("id", str)
    if not re.fullmatch(r"[a-z]+", type_id):
        raise OntologyError(f"{table.place}: id is {type_id!r}; write one lower-case word")
    table = Table(f"{file}: {type_id}", table.values)
    table.allow(_TYPE_KEYS | {key for key, _ in _TRIGGER_KEYS})
    cameo = table.get("cameo", str)
    if not re.fullmatch(r"(\d{2,4})?", cameo):
        raise OntologyError(f"{table.place}: cameo is {cameo!r}; write two to four digits, or nothing")
    return RelationType(
        id=type_id,
        label=table.get("label", str),
        past=table.get("past", str),
        plover=plover,
        cameo=cameo,
        goldstein=_read_goldstein(table),
        quad=cast(Quad, table.choice("quad", QUADS)),
        symmetric=table.get("symmetric", bool),
        description=table.get("description", str),
        triggers=tuple(t for key, kind in _TRIGGER_KEYS for t in _read_triggers(table, key, kind, classes)),
        examples=tuple(_read_example(each) for each in table.tables("example")),
    )


def _read_goldstein(table: Table) -> float | None:
    score = table.find("goldstein", float)
    if score is not None and not -10 <= score <= 10:
        raise OntologyError(f"{table.place}: goldstein is {score}; the scale runs from -10.0 to 10.0")
    return score


def _read_triggers(table: Table, key: str, kind: TriggerKind, classes: dict[str, str]) -> list[Trigger]:
    def nouns(found: re.Match[str]) -> str:
        if found[1] not in classes:
            raise ValueError(f"frame names @{found[1]}, which is not under [classes]; add it there")
        return classes[found[1]]

    try:
        return [parse_trigger(kind, _CLASS.sub(nouns, line)) for line in table.strings(key)]
    except ValueError as exc:
        raise OntologyError(f"{table.place}: {exc}") from exc


def _read_example(table: Table) -> Example:
    table.allow({"text", "relations", "status", "date"})
    relations = tuple(_read_triple(table, each) for each in table.find("relations", list) or [])
    statuses = table.strings("status", repeats=True)
    if any(status not in STATUSES for status in statuses):
        raise OntologyError(f"{table.place}: status holds another word than {', '.join(STATUSES)}")
    if statuses and len(statuses) != len(relations):
        raise OntologyError(f"{table.place}: {len(statuses)} statuses for {len(relations)} relations; give one each")
    return Example(table.get("text", str), relations, cast(tuple[Status, ...], statuses), table.find("date", date))


def _read_triple(table: Table, given: object) -> tuple[str, str, str]:
    match given:
        case [str(source), str(type_id), str(target)] if source.isupper() and target.isupper():
            return source, type_id, target
    raise OntologyError(f'{table.place}: relation {given!r} is not ["CODE", "type", "CODE"]; mend it')


def _check_triggers(types: Iterable[RelationType]) -> None:
    """Raise OntologyError where one trigger line stands for two types, or twice in one."""
    seen: dict[tuple[str, str], str] = {}
    for each in types:
        for trigger in each.triggers:
            key = (trigger.kind, trigger.line)
            if key in seen:
                raise OntologyError(f"{trigger.kind} {trigger.line!r} is in {seen[key]} and in {each.id}; keep one")
            seen[key] = each.id


def _check_options(types: Iterable[RelationType], modes: Modes) -> None:
    """Raise OntologyError where a trigger has a mode or a context that modes.toml does not have for its event."""
    for each in types:
        known = modes.names_of(each.plover or "", each.id)
        for trigger in each.triggers:
            if trigger.mode is not None and trigger.mode not in known:
                names = ", ".join(known) or "none"
                raise OntologyError(f"{each.id}: {trigger.line!r} has mode {trigger.mode!r}; its modes are {names}")
            if trigger.context is not None and trigger.context not in modes.contexts:
                names = ", ".join(modes.contexts)
                raise OntologyError(f"{each.id}: {trigger.line!r} has context {trigger.context!r}; use one of {names}")


def _check_examples(types: dict[str, RelationType]) -> None:
    for each in types.values():
        for number, example in enumerate(each.examples, start=1):
            for _, type_id, _ in example.relations:
                if type_id not in types:
                    raise OntologyError(f"{each.id}: example {number} names type {type_id!r}, which is not defined")


def _read_cues(file: Table, types: dict[str, RelationType]) -> Cues:
    file.allow({*_CUE_GROUPS, *_WORD_LISTS, "composition"})
    return Cues(
        **{name: _read_cue(file.table(name)) for name in _CUE_GROUPS},
        light_verbs=file.words("light_verbs"),
        raising_verbs=file.words("raising_verbs"),
        comment_verbs=file.words("comment_verbs"),
        compositions=tuple(_read_composition(each, types) for each in file.tables("composition")),
    )


def _read_cue(table: Table) -> Cue:
    names = [each.name for each in fields(Cue)]
    table.allow(names)
    return Cue(**{name: table.words(name) for name in names})


def _read_composition(table: Table, types: dict[str, RelationType]) -> Composition:
    table.allow({"cue", "quads", "type", "status"})
    quads = table.strings("quads")
    for quad in quads:
        if quad not in QUADS:
            raise OntologyError(f"{table.place}: quads holds {quad!r}; use {', '.join(QUADS)}")
    return Composition(
        cue=table.choice("cue", _CUE_GROUPS),
        quads=frozenset(cast(tuple[Quad, ...], quads)),
        type=table.choice("type", tuple(types)) if "type" in table.values else None,
        status=cast(Status, table.choice("status", STATUSES)) if "status" in table.values else None,
    )
