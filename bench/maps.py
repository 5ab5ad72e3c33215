"""How soon a map can be used, and how large it is: our page, bare vis-network and stock pyvis on the same data.

`python -m bench.maps [--quick] [--json]` loads every page in one Chromium with the network off, in turns, and
takes the median. Bare vis-network gets our places (no physics) and nothing else. Stock pyvis is as it comes; it is
loaded once, for that takes a minute, and not at all with --quick. The flags of more than 60 actors come after the
first picture and are not in the time. Exits 0 where the goals hold, 1 where one is missed, 2 without a browser.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyvis.network import Network

from dyadgraph.model import Subgraph
from dyadgraph.ontology import Ontology, load_ontology
from viz.map import LIBRARY, draw_map
from viz.payload import edge_id, place_subgraph

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from browser import BrowserUnavailableError, run_browser
from map_samples import crowd, one_article

PATIENCE = 120.0
ACTORS = 200
BARE = """<!doctype html><meta charset="utf-8"><style>html, body, #map {{ height: 100%; margin: 0; }}</style>
<div id="map"></div><script>{library}</script><script>
const network = new vis.Network(document.getElementById('map'), {data}, {options});
network.once('afterDrawing', () => requestAnimationFrame(() => (document.documentElement.dataset.ready = 'yes')));
</script>"""
READY = (
    "network.once('afterDrawing', () => requestAnimationFrame(() => document.documentElement.dataset.ready = 'yes'));"
)
# The page's own clock: the way between us and the browser takes as long as a small page.
CLOCK = """new MutationObserver(() => {
    if (document.documentElement.dataset.ready) window.drawnAt ??= performance.now();
}).observe(document, { attributes: true, subtree: true, attributeFilter: ['data-ready'] });"""


@dataclass(frozen=True, slots=True)
class Goal:
    """A figure and the bound it must keep; `value` is None where it was not measured."""

    name: str
    value: float | None
    bound: float
    at_least: bool = False

    @property
    def holds(self) -> bool:
        """Whether the figure keeps its bound; one that was not measured does not break it."""
        if self.value is None:
            return True
        return self.value >= self.bound if self.at_least else self.value <= self.bound


def bare_page(subgraph: Subgraph) -> str:
    """Return a page with nothing but vis-network, at our places."""
    nodes = [
        {"id": each.actor.id, "label": each.actor.name, "x": each.x, "y": each.y, "size": each.radius, "shape": "dot"}
        for each in place_subgraph(subgraph)
    ]
    edges = [
        {"id": edge_id(each), "from": each.source.id, "to": each.target.id, "arrows": "to", "width": 2}
        for each in subgraph.edges
    ]
    data = json.dumps({"nodes": nodes, "edges": edges})
    options = json.dumps({"physics": {"enabled": False}, "layout": {"improvedLayout": False}})
    return BARE.format(library=LIBRARY.read_text(encoding="utf8"), data=data, options=options)


def stock_page(subgraph: Subgraph) -> str:
    """Return pyvis's own page, all inline as far as it can; we add only the mark that it has drawn."""
    network = Network(directed=True, cdn_resources="in_line")
    for actor in subgraph.actors:
        network.add_node(actor.id, label=actor.name)
    for edge in subgraph.edges:
        network.add_edge(edge.source.id, edge.target.id, label=edge.type, title=edge.type)
    html: str = network.generate_html()
    return html.replace("return network;", READY + "return network;")


class Stopwatch:
    """Loads pages and measures the time until they are drawn, in milliseconds."""

    def __init__(self, browser: Any, folder: Path) -> None:
        self._browser = browser
        self._folder = folder
        self.requests = 0

    def load(self, name: str, html: str, patience: float = 60.0) -> float | None:
        """Return the time from the start of the load to the first picture, None where patience ends before."""
        path = self._folder / f"{name}.html"
        path.write_text(html, encoding="utf8")
        context = self._browser.new_context(viewport={"width": 1280, "height": 800})
        context.set_offline(True)
        page = context.new_page()
        page.set_default_timeout(patience * 1000)
        page.on("request", lambda request: self._count(name, request.url))
        page.add_init_script(CLOCK)
        try:
            page.goto(path.as_uri(), wait_until="commit")
            page.wait_for_function("() => window.drawnAt")
            drawn: float = page.evaluate("() => window.drawnAt")
            return drawn
        except Exception:  # noqa: BLE001  playwright's own time-out, whose class needs playwright to name
            return None
        finally:
            context.close()

    def _count(self, name: str, url: str) -> None:
        self.requests += name.startswith("ours") and not url.startswith(("data:", "blob:", "file:"))


def measure(watch: Stopwatch, ontology: Ontology, rounds: int, *, stock: bool) -> dict[str, float | None]:
    """Return every figure by name: milliseconds and bytes."""
    thousand, ten_thousand, article = crowd(ACTORS, 1000), crowd(ACTORS, 10_000), one_article()
    figures: dict[str, float | None] = {}

    def draw(name: str, subgraph: Subgraph) -> str:
        start = time.perf_counter()
        html = draw_map(subgraph, title="Bench", ontology=ontology)
        figures[f"{name} python ms"] = (time.perf_counter() - start) * 1000
        figures[f"{name} bytes"] = len(html.encode("utf8"))
        return html

    draw("warm", article)
    pages = {
        "ours article": draw("ours article", article),
        "ours 1000": draw("ours 1000", thousand),
        "ours 10000": draw("ours 10000", ten_thousand),
        "bare 1000": bare_page(thousand),
    }
    loads: dict[str, list[float]] = {name: [] for name in pages}
    for _ in range(rounds):
        for name, html in pages.items():
            loads[name].append(watch.load(name, html) or float("inf"))
    figures |= {f"{name} drawn ms": statistics.median(times) for name, times in loads.items()}
    if stock:
        figures["stock 1000 drawn ms"] = watch.load("stock 1000", stock_page(thousand), PATIENCE) or PATIENCE * 1000
    return {name: value for name, value in figures.items() if not name.startswith("warm")}


def judge(figures: dict[str, float | None], requests: int) -> list[Goal]:
    """Return the goals with their figures."""

    def ratio(one: str, other: str) -> float | None:
        above, below = figures.get(f"{one} drawn ms"), figures.get(f"{other} drawn ms")
        return above / below if above and below else None

    return [
        Goal("requests to a server", requests, 0),
        Goal("1,000 relations, times bare vis-network", ratio("ours 1000", "bare 1000"), 1.5),
        Goal("10,000 relations, times bare vis-network with 1,000", ratio("ours 10000", "bare 1000"), 2.0),
        Goal("1,000 relations, stock pyvis takes times as long", ratio("stock 1000", "ours 1000"), 50, at_least=True),
        Goal("bytes, one article", figures["ours article bytes"], 500_000),
        Goal("bytes, 200 actors", figures["ours 1000 bytes"], 1_000_000),
    ]


def report(figures: dict[str, float | None], goals: list[Goal], say: Callable[[str], None] = print) -> None:
    """Print the figures, the goals last."""
    for name, value in figures.items():
        say(f"{name:28} {value or 0:12,.0f}")
    for goal in goals:
        value = "not measured" if goal.value is None else f"{goal.value:,.2f}"
        sign = ">=" if goal.at_least else "<="
        say(f"{'held' if goal.holds else 'MISSED':7} {goal.name:52} {value:>14} {sign} {goal.bound:,}")


def main() -> int:
    """Measure, print the figures last, and say by the exit code whether the goals hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="Three rounds, without stock pyvis.")
    parser.add_argument("--json", action="store_true", help="Print JSON.")
    given = parser.parse_args()
    try:
        with run_browser() as browser, tempfile.TemporaryDirectory() as folder:
            watch = Stopwatch(browser, Path(folder))
            figures = measure(watch, load_ontology(), 3 if given.quick else 7, stock=not given.quick)
    except BrowserUnavailableError as exc:
        print(exc, file=sys.stderr)
        return 2
    goals = judge(figures, watch.requests)
    if given.json:
        missed = [goal.name for goal in goals if not goal.holds]
        print(json.dumps({"figures": figures, "goals": {goal.name: goal.value for goal in goals}, "missed": missed}))
    else:
        report(figures, goals)
    return 0 if all(goal.holds for goal in goals) else 1


if __name__ == "__main__":
    sys.exit(main())
