"""Subgraph -> the records the page carries: actors with sizes and places, relations with their evidence."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dyadgraph.model import Actor, Article, Edge, Evidence, Subgraph, iso
from dyadgraph.ontology import Ontology
from viz.layout import Disc, Tie, place_actors
from viz.world import place_on_world

SENTENCE_BUDGET = 300_000
CHARACTER_WIDTH = 8.2
LONGEST_LABEL = 24
FLAGGED_ORGANIZATIONS = frozenset({"UNO", "EUU", "ASEAN", "LAS"})


@dataclass(frozen=True, slots=True)
class PlacedActor:
    """An actor where the map draws it; `weight` is the number of events it takes part in."""

    actor: Actor
    x: int
    y: int
    radius: int
    weight: int
    world: tuple[int, int] | None

    @property
    def flag(self) -> str | None:
        """Code of the flag that fills the disc: a state's own, or that of one of the few organisations with one."""
        code = self.actor.id if self.actor.kind == "country" else self.actor.country
        own = self.actor.kind == "country" or (self.actor.kind == "organization" and code in FLAGGED_ORGANIZATIONS)
        return code if own else None

    @property
    def badge(self) -> str | None:
        """Code of the flag that a disc without its own carries small: whom the actor belongs to."""
        return None if self.flag else self.actor.country


def place_subgraph(subgraph: Subgraph) -> tuple[PlacedActor, ...]:
    """Give every actor of a subgraph its place and its size."""
    actors = {actor.id: actor for edge in subgraph.edges for actor in (edge.source, edge.target)}
    actors = {actor.id: actor for actor in subgraph.actors} | actors
    weights: Counter[str] = Counter()
    for edge in subgraph.edges:
        if edge.quad != "structural":
            weights.update({edge.source.id: edge.count, edge.target.id: edge.count})
    heaviest = max(weights.values(), default=1)
    radii = {id_: _radius(actor, weights[id_] / heaviest, len(actors)) for id_, actor in actors.items()}
    discs = [Disc(id_, radii[id_], label_width(actor.name, len(actors))) for id_, actor in actors.items()]
    places = place_actors(discs, find_ties(subgraph.edges))
    world = place_on_world(actors.values(), radii)
    return tuple(
        PlacedActor(actor, *places[id_], radii[id_], weights[id_], world.get(id_)) for id_, actor in actors.items()
    )


def label_width(name: str, actors: int) -> float:
    """Estimate how wide a name is below its disc; large maps leave labels out where they would overlap."""
    return min(len(name), LONGEST_LABEL) * CHARACTER_WIDTH if actors <= 60 else 0.0


def find_ties(edges: Iterable[Edge]) -> dict[tuple[str, str], Tie]:
    """Fold edges into one tie for each pair of actors."""
    lines: Counter[tuple[str, str]] = Counter()
    events: Counter[tuple[str, str]] = Counter()
    offices: set[tuple[str, str]] = set()
    others: set[tuple[str, str]] = set()
    for edge in edges:
        pair = (min(edge.source.id, edge.target.id), max(edge.source.id, edge.target.id))
        lines[pair] += 1
        events[pair] += edge.count
        (offices if edge.quad == "structural" else others).add(pair)
    return {pair: Tie(lines[pair], events[pair], pair in offices - others) for pair in sorted(lines)}


def _radius(actor: Actor, share: float, actors: int) -> int:
    """Area grows with weight; persons are a little smaller than states; many actors are all smaller."""
    smallest, growth = (20, 22) if actors <= 20 else (16, 20) if actors <= 60 else (9, 21)
    return round((smallest + growth * math.sqrt(share)) * (0.88 if actor.kind == "person" else 1.0))


def fold_edges(edges: Iterable[Edge]) -> tuple[Edge, ...]:
    """Join edges that agree in source, type, target and status, strongest first."""
    folded: dict[str, Edge] = {}
    for edge in edges:
        key = edge_id(edge)
        old = folded.get(key)
        folded[key] = replace(old, count=old.count + edge.count, evidence=old.evidence + edge.evidence) if old else edge
    return tuple(sorted(folded.values(), key=lambda edge: (-edge.count, edge_id(edge))))


def edge_id(edge: Edge) -> str:
    """Return what names an edge in the page and in its address."""
    return f"{edge.source.id}|{edge.type}|{edge.target.id}|{edge.status}"


class ArticleTable:
    """The articles of a page, each once."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.rows: list[dict[str, Any]] = []

    def number(self, article: Article) -> int:
        """Return the row of an article, adding it where it is new."""
        if article.id not in self._numbers:
            self._numbers[article.id] = len(self.rows)
            row = {
                "title": article.title,
                "url": article.url,
                "publisher": article.publisher,
                "published": iso(article.published),
            }
            self.rows.append({name: value for name, value in row.items() if value})
        return self._numbers[article.id]


def evidence_records(edges: Sequence[Edge], articles: ArticleTable) -> list[list[dict[str, Any]]]:
    """Return each edge's evidence; every edge keeps its first, further ones as long as the budget lasts."""
    kept: defaultdict[int, list[Evidence]] = defaultdict(list)
    left = SENTENCE_BUDGET
    for turn in range(max((len(edge.evidence) for edge in edges), default=0)):
        for number, edge in enumerate(edges):
            if turn < len(edge.evidence) and (turn == 0 or left > 0):
                kept[number].append(edge.evidence[turn])
                left -= len(edge.evidence[turn].sentence)
    return [[_evidence_record(each, articles) for each in kept[number]] for number in range(len(edges))]


def _evidence_record(evidence: Evidence, articles: ArticleTable) -> dict[str, Any]:
    return {
        "sentence": evidence.sentence,
        "trigger": evidence.trigger,
        "at": evidence.trigger_start - evidence.start,
        "date": iso(evidence.date),
        "article": articles.number(evidence.article),
    }


def type_records(edges: Iterable[Edge], ontology: Ontology) -> dict[str, dict[str, Any]]:
    """Return the types a page may meet: all of the vocabulary, and those of edges it does not know."""
    known = {
        each.id: {
            "label": each.label,
            "past": each.past,
            "quad": each.quad,
            "symmetric": each.symmetric,
            "plover": each.plover,
        }
        for each in ontology.types.values()
    }
    for edge in edges:
        if edge.type not in known:
            known[edge.type] = {
                "label": edge.type,
                "past": edge.type,
                "quad": edge.quad,
                "symmetric": edge.symmetric,
                "plover": edge.plover,
            }
    return known
