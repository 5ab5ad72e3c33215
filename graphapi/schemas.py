"""The shapes of the answers, as pydantic models; the OpenAPI document is made of them.

`to_dict()` of the graph's nouns writes the answers. Keys are only ever added.
"""

from __future__ import annotations

from datetime import date
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
    first_seen: date | None
    last_seen: date | None
    evidence: list[Evidence]


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
