"""Subgraph -> one HTML page that shows it; the only module that knows pyvis.

pyvis holds the graph and its options; our template, script and style draw it, for the page of stock pyvis
asks two servers, runs what stands in a name, and is slow.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyvis
from pyvis.network import Network

from dyadgraph.model import Edge, Subgraph, iso
from dyadgraph.ontology import Ontology
from viz import style
from viz.flags import find_flags, list_flags
from viz.page import content_policy, load_assets, load_templates
from viz.payload import (
    ArticleTable,
    PlacedActor,
    edge_id,
    evidence_records,
    fold_edges,
    place_subgraph,
    type_records,
)
from viz.world import load_world

LIBRARY = Path(pyvis.__file__).parent / "templates" / "lib" / "vis-9.1.2" / "vis-network.min.js"
MAX_DRAWN = 1000
OPTIONS = {
    "physics": {"enabled": False},
    "layout": {"improvedLayout": False},
    "interaction": {"hover": True, "selectable": False, "hideEdgesOnDrag": False, "keyboard": {"enabled": False}},
    "nodes": {"shape": "dot", "borderWidth": 0},
    "edges": {"arrowStrikethrough": False, "hoverWidth": 0, "selectionWidth": 0},
}


@dataclass(frozen=True, slots=True)
class Service:
    """What a served page may ask: addresses it puts ids behind; a standalone page has none of them.

    `api` answers `/relations?actor=…`, `pages` (`/map?actor=`) shows an actor, `flags` (`/flags/`) a flag.
    """

    api: str | None = None
    pages: str | None = None
    flags: str | None = None


class RelationMap(Network):  # type: ignore[misc]
    """A pyvis network that renders through our own template: everything inline, everything escaped."""

    def __init__(self, title: str, ontology: Ontology, service: Service) -> None:
        super().__init__(directed=True, heading=title, cdn_resources="in_line")
        self.set_options(json.dumps(OPTIONS))
        self._ontology = ontology
        self._service = service
        self._articles = ArticleTable()

    def add_subgraph(self, subgraph: Subgraph) -> None:
        """Add all actors at their places and all edges, strongest first."""
        for placed in place_subgraph(subgraph):
            self._add_actor(placed)
        edges = fold_edges(subgraph.edges)
        for edge, evidence in zip(edges, evidence_records(edges, self._articles), strict=True):
            self._add_relation(edge, evidence)
        self._types = type_records(edges, self._ontology)

    def _add_actor(self, placed: PlacedActor) -> None:
        actor = placed.actor
        self.add_node(
            actor.id,
            label=actor.name,
            color=None,
            kind=actor.kind,
            country=actor.country,
            flag=placed.flag,
            badge=placed.badge,
            world=placed.world,
            x=placed.x,
            y=placed.y,
            size=placed.radius,
            weight=placed.weight,
        )

    def _add_relation(self, edge: Edge, evidence: list[dict[str, Any]]) -> None:
        self.add_edge(
            edge.source.id,
            edge.target.id,
            id=edge_id(edge),
            arrows="" if edge.symmetric else "to",
            type=edge.type,
            quad=edge.quad,
            status=edge.status,
            count=edge.count,
            articles=edge.articles,
            first=iso(edge.first_seen),
            last=iso(edge.last_seen),
            evidence=evidence,
        )

    def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
        """Return the page; the parameters are pyvis's and change nothing."""
        nodes, edges, title, _, _, options = self.get_network_data()
        codes = [code for node in nodes for code in (node["flag"], node["badge"]) if code]
        assets = load_assets(LIBRARY)
        served = any((self._service.api, self._service.flags))
        graph = {
            "title": title,
            "actors": nodes,
            "relations": edges,
            "articles": self._articles.rows,
            "types": self._types,
            "options": json.loads(options),
            "flags": {code: flag.to_data_url() for code, flag in find_flags(codes).items()},
            "land": load_world().land if sum(1 for node in nodes if node["world"]) > 1 else None,
            "maxDrawn": MAX_DRAWN,
            "api": self._service.api,
            "pages": self._service.pages,
            "flagPages": self._service.flags,
            "flagCodes": list_flags() if self._service.flags else [],
        }
        return load_templates().get_template("map.html").render(
            title=title,
            graph=graph,
            looks=style.to_dict(),
            policy=content_policy(assets, served=served),
            assets=assets,
        )  # fmt: skip


def draw_map(  # noqa: PLR0913
    subgraph: Subgraph,
    *,
    title: str,
    ontology: Ontology,
    api: str | None = None,
    pages: str | None = None,
    flags: str | None = None,
) -> str:
    """Return one self-contained HTML page; it asks no server unless `api` or `flags` name ours.

    The same subgraph gives the same bytes. `api`, `pages` and `flags` are explained at Service.
    """
    network = RelationMap(title, ontology, Service(api, pages, flags))
    network.add_subgraph(subgraph)
    # A half of a surrogate pair, as a broken page may hold, cannot be written as UTF-8.
    return network.generate_html().encode("utf8", "replace").decode("utf8")
