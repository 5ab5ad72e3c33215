"""The shapes of the answers, as pydantic models; the OpenAPI document is made of them.

`to_dict()` of the graph's nouns writes the answers. Keys are only ever added.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, Field

from dyadgraph.model import ActorKind, Status

Quad = Literal["verbal_cooperation", "material_cooperation", "verbal_conflict", "material_conflict", "structural"]


class Actor(BaseModel):
    """Somebody who acts: a country, a person, an organisation or an armed group."""

    id: str = Field(examples=["Q7747"])
    name: str = Field(examples=["Vladimir Putin"])
    kind: ActorKind
    country: str | None = Field(description="Code of the state or organisation that the actor acts for.")


class CountedActor(Actor):
    """An actor with the number of events it takes part in."""

    count: int


class Neighbour(CountedActor):
    """An actor next to another one; `types` counts the events that join them by relation type."""

    types: dict[str, int]


class ArticleHead(BaseModel):
    """The article that a sentence stands in."""

    id: str
    title: str | None
    url: str | None
    published: date | None


class Article(ArticleHead):
    """An article without its text."""

    publisher: str | None
    story: str | None = Field(description="Id of the earlier article whose text this one repeats.")


class ArticleText(Article):
    """An article with its text."""

    text: str


class Evidence(BaseModel):
    """A sentence that proves a relation, with its place in the article (characters, end excluded)."""

    sentence: str
    start: int
    end: int
    trigger: str
    trigger_start: int
    trigger_end: int
    date: date | None
    relation: str = Field(description="Id of the single relation that the sentence proves.")
    confidence: float
    article: ArticleHead


class Relation(BaseModel):
    """All events of one source, type, target and status, folded."""

    source: Actor
    target: Actor
    type: str = Field(examples=["visit"])
    plover: str | None = Field(examples=["CONSULT"])
    quad: Quad
    status: Status
    count: int = Field(description="Number of events.")
    articles: int = Field(description="Number of articles that the events stand in.")
    sources: int = Field(description="Number of independent ones: an article that repeats another's text is none.")
    confidence: float = Field(description="The highest of its events, 0 to 1.")
    goldstein: float | None = Field(description="Goldstein score of the type, -10 to 10.")
    first_seen: date | None
    last_seen: date | None
    evidence: list[Evidence]


class Event(BaseModel):
    """One relation that one sentence proves."""

    id: str
    source: Actor
    target: Actor
    type: str = Field(examples=["visit"])
    plover: str | None
    cameo: str | None
    goldstein: float | None
    quad: Quad
    status: Status
    date: date | None
    confidence: float
    rule: str = Field(description="What found it: a rule of the vocabulary, or the model.")
    mode: str | None
    context: str | None
    evidence: Evidence


class Explained(BaseModel):
    """Why a relation was found, as the coder sees its article today."""

    id: str
    explanation: dict[str, object]


class RelationType(BaseModel):
    """A word of the vocabulary with its codes."""

    id: str
    label: str
    plover: str | None
    cameo: str | None
    goldstein: float | None
    quad: Quad
    symmetric: bool
    description: str


class _List(BaseModel):
    next: str | None = Field(description="The `cursor` of the next page; null at the end.")


class RelationList(_List):
    """A page of relations."""

    items: list[Relation]


class ActorList(_List):
    """A page of actors."""

    items: list[CountedActor]


class NeighbourList(_List):
    """Neighbours of an actor."""

    items: list[Neighbour]


class ArticleList(_List):
    """A page of articles."""

    items: list[Article]


class EventList(_List):
    """A page of single relations."""

    items: list[Event]


class Facets(BaseModel):
    """Numbers of events by the values that a parameter can take."""

    type: dict[str, int]
    plover: dict[str, int]
    quad: dict[str, int]
    status: dict[str, int]
    year: dict[str, int]


class Top(_List):
    """Actors (with `count`) or pairs (`first`, `second`, `count`, `quads`, `goldstein`) with most events."""

    items: list[CountedActor | CountedPair]


class CountedPair(BaseModel):
    """Two actors with the number of events between them, by class, and their mean Goldstein score."""

    first: Actor
    second: Actor
    count: int
    quads: dict[str, int]
    goldstein: float | None


class Path(BaseModel):
    """A way from one actor to another: between neighbours stands their strongest relation."""

    actors: list[Actor]
    relations: list[Relation]


class PathList(_List):
    """Ways between two actors, shortest first, then by their weakest step."""

    items: list[Path]


class TypeList(_List):
    """The vocabulary."""

    items: list[RelationType]


class Subgraph(BaseModel):
    """Relations and the actors that they join."""

    actors: list[Actor]
    relations: list[Relation]


class Pair(BaseModel):
    """Two actors and what each did to the other; a symmetric relation stands under `forward` only."""

    first: Actor
    second: Actor
    forward: list[Relation]
    backward: list[Relation]


class Month(BaseModel):
    """The tone of a month: events by class, mean Goldstein of their types, cooperative less conflictual events."""

    month: str = Field(examples=["2024-06"])
    count: int
    quads: dict[str, int]
    goldstein: float | None
    net: int
    sources: int | None = Field(description="Number of independent articles; null where the question is too wide.")


class MonthList(_List):
    """Months that have events, oldest first."""

    items: list[Month]


class Flip(BaseModel):
    """Two actors between whom the mean Goldstein changed its sign."""

    actors: list[Actor]
    before: float
    after: float


class Difference(BaseModel):
    """What is new in the second month, what is gone, and who changed the tone."""

    new: list[Relation]
    gone: list[Relation]
    flipped: list[Flip]


class Ingested(BaseModel):
    """What was found in an article; `duplicate` where it was there already."""

    article: Article
    duplicate: bool
    relations: list[Relation]


class NewArticle(BaseModel):
    """An article to be read."""

    text: str = Field(min_length=1, examples=["France accused Iran of detaining two citizens."])
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: date | None = Field(None, examples=["2024-01-10"])


class Counts(BaseModel):
    """What a job did so far; empty before its first batch."""

    read: int = 0
    stored: int = 0
    duplicates: int = 0
    skipped: int = 0
    quarantined: int = 0
    relations: int = 0


class Job(BaseModel):
    """Something sent to be ingested: `source` is its format, `address`, or what the command line was given."""

    id: str
    source: str
    state: Literal["queued", "running", "done", "failed", "cancelled", "interrupted"]
    counts: Counts
    created: datetime
    updated: datetime
    error: str | None


class JobList(_List):
    """Jobs, newest first."""

    items: list[Job]


class Rejected(BaseModel):
    """An input that gave no article: another language (`skipped`), or not readable (`quarantined`)."""

    place: str
    reason: str
    kind: Literal["skipped", "quarantined"]


class JobReport(Job):
    """A job with the first inputs that gave no article."""

    rejected: list[Rejected]


class Hook(BaseModel):
    """Somebody who is told of new relations of a pair."""

    id: str
    pair: list[str]
    host: str | None
    created: datetime


class NewHook(Hook):
    """A hook as it is made: the secret is told this once."""

    secret: str


class HookList(_List):
    """Hooks, oldest first."""

    items: list[Hook]


class HookWish(BaseModel):
    """Who is to be told of whom: two ids or codes, and an address that takes POST."""

    first: str = Field(min_length=1, pattern=r"\S", examples=["RUS"])
    second: str = Field(min_length=1, pattern=r"\S", examples=["PRK"])
    url: str = Field(min_length=1, examples=["https://example.org/new-relations"])


class Alive(BaseModel):
    """The process lives."""

    status: Literal["ok"]


class StoreState(BaseModel):
    """Counts of what is there, and the revision that grows with every change."""

    revision: int
    articles: int
    actors: int
    events: int
    edges: int


class Ready(BaseModel):
    """The service can answer, because its store does."""

    status: Literal["ready"]
    store: StoreState


class Problem(BaseModel):
    """An error (RFC 9457); `detail` names the thing, the place and the mend."""

    type: str
    title: str
    status: int
    detail: str
    instance: str
