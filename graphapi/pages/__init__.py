"""HTML for people: the home page and the map; every page is a plain GET, its state in the address."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, Flask, Response, render_template, request

from dyadgraph.errors import NotFoundError
from dyadgraph.model import SURE
from dyadgraph.store.base import RelationQuery
from graphapi.pages.graph import graph
from graphapi.pages.texts import texts
from graphapi.pages.twins import twins
from graphapi.params import RELATION_PARAMETERS, check_names, to_edge_query
from graphapi.routes import workbench
from graphapi.wiring import Workbench
from viz.flags import MEDIA_TYPE, find_flag
from viz.map import draw_map

pages = Blueprint("pages", __name__, template_folder="templates", static_folder="static", static_url_path="/static")
ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">'
    '<path d="M4 11 12 5" stroke="#3a86c8" stroke-width="2"/>'
    '<circle cx="4" cy="11" r="3" fill="#14508c"/><circle cx="12" cy="5" r="3" fill="#b93815"/></svg>'
)
ON_A_MAP = 200
ON_HOME = 20


@pages.get("/")
def home() -> str:
    """Show what the graph holds: counts, strongest relations, latest articles, search."""
    bench = workbench()
    words = request.args.get("q", "").strip()
    found = bench.store.actors(search=words, limit=ON_HOME).items if words else ()
    return render_template(
        "home.html",
        state=bench.store.state(),
        edges=bench.store.relations(RelationQuery(limit=ON_HOME, evidence=1, min_confidence=SURE)).items,
        events=bench.store.history(RelationQuery(limit=8, min_confidence=SURE)).items,
        articles=bench.store.articles(limit=10).items,
        actors=bench.store.actors(limit=ON_HOME).items,
        found=found,
        words=words,
        types=bench.ontology.types,
    )


@pages.get("/map")
def show_map() -> Response:
    """Draw the relations that fit the same parameters as `/v1/relations`."""
    check_names(request.args, RELATION_PARAMETERS)
    bench = workbench()
    query = to_edge_query(request.args, bench.ontology, limit=ON_A_MAP)
    page = draw_map(
        bench.store.subgraph(query),
        title=_title(request.args, bench),
        ontology=bench.ontology,
        api="/v1",
        pages="/actors/",
        flags="/flags/",
    )
    response = Response(page, content_type="text/html; charset=utf-8")
    # The map is one self-contained file with a policy of its own, stricter than ours.
    response.headers["Content-Security-Policy"] = "frame-ancestors 'self'"
    return response


@pages.get("/favicon.ico")
def show_icon() -> Response:
    """Answer the small picture of the pages: two actors and what joins them."""
    return Response(ICON, content_type="image/svg+xml", headers={"Cache-Control": "public, max-age=86400"})


@pages.get("/flags/<code>")
def show_flag(code: str) -> Response:
    """Answer the small picture of a country's flag, for actors that a map did not hold at first."""
    flag = find_flag(code)
    if flag is None:
        raise NotFoundError(f"no flag {code!r}; flags go by ISO 3166-1 alpha-3 code")
    return Response(flag.content, content_type=MEDIA_TYPE, headers={"Cache-Control": "public, max-age=86400"})


def _title(given: Mapping[str, str], bench: Workbench) -> str:
    if given.get("article"):
        article = bench.store.article(given["article"])
        return article.title or "One article"
    names = ("source", "target", "actor", "pair", "type", "since", "until")
    words = [f"{name} {given[name]}" for name in names if given.get(name)]
    return "Relations: " + ", ".join(words) if words else "Strongest relations"


def register_pages(app: Flask) -> None:
    """Add the pages to the application."""
    for each in (pages, graph, texts, twins):
        app.register_blueprint(each)
