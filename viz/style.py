"""Every look of the map: colours, dashes and arrowheads by class of relation, kind of actor and status.

The only place with colours: the style sheet and the scripts use the names given here, in light and in dark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

from dyadgraph.model import ActorKind, Status
from dyadgraph.ontology import Quad

Shape = Literal["circle", "disc", "square", "hexagon"]
Head = Literal["triangle", "vee", "bar"]


@dataclass(frozen=True, slots=True)
class QuadStyle:
    """How a class of relations looks; `dash` are lengths on and off in pixels, empty for a solid line.

    Verbal classes are dashed and material ones solid, so that colour is never the only sign.
    """

    label: str
    light: str
    dark: str
    dash: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class KindStyle:
    """How a kind of actor looks; the fill shows where there is no flag."""

    label: str
    shape: Shape
    light: str
    dark: str


@dataclass(frozen=True, slots=True)
class StatusStyle:
    """How sure a relation is: opacity of its line, its arrowhead, and the word on its label."""

    label: str
    opacity: float
    head: Head
    note: str = ""


QUAD_STYLES: Mapping[Quad, QuadStyle] = {
    "verbal_cooperation": QuadStyle("Verbal cooperation", "#3a86c8", "#6fb4ec", (9, 6)),
    "material_cooperation": QuadStyle("Material cooperation", "#14508c", "#3d8fdb"),
    "verbal_conflict": QuadStyle("Verbal conflict", "#d97706", "#f5a742", (9, 6)),
    "material_conflict": QuadStyle("Material conflict", "#b93815", "#f0703f"),
    "structural": QuadStyle("Holds office", "#8b929c", "#7b8694", (2, 5)),
}
KIND_STYLES: Mapping[ActorKind, KindStyle] = {
    "country": KindStyle("Country", "circle", "#5a6675", "#8693a3"),
    "person": KindStyle("Person", "disc", "#3f4e78", "#5b6da3"),
    "organization": KindStyle("Organisation", "square", "#0f6b6b", "#24898a"),
    "armed_group": KindStyle("Armed group", "hexagon", "#6b3a4b", "#955569"),
}
STATUS_STYLES: Mapping[Status, StatusStyle] = {
    "occurred": StatusStyle("Occurred", 1.0, "triangle"),
    "planned": StatusStyle("Planned", 0.65, "vee", "planned"),
    "possible": StatusStyle("Possible", 0.6, "vee", "possible"),
    "denied": StatusStyle("Denied", 0.6, "bar", "denied"),
}
THEMES: Mapping[str, Mapping[str, str]] = {
    "light": {
        "page": "#f7f6f2",
        "card": "#ffffff",
        "ink": "#1c2430",
        "soft": "#55606d",
        "line": "#dedbd2",
        "accent": "#1a5fb4",
        "hover": "#efede6",
        "shade": "rgba(28, 36, 48, 0.16)",
        "land": "#e9e6dc",
        "coast": "#d3cfc2",
        "on-fill": "#ffffff",
    },
    "dark": {
        "page": "#12171e",
        "card": "#1a212a",
        "ink": "#e9edf2",
        "soft": "#a5b0bd",
        "line": "#313b47",
        "accent": "#7db7f5",
        "hover": "#25303b",
        "shade": "rgba(0, 0, 0, 0.5)",
        "land": "#1e2731",
        "coast": "#33404d",
        "on-fill": "#ffffff",
    },
}
FONT = 'Inter, "Segoe UI", system-ui, -apple-system, "Helvetica Neue", "Liberation Sans", Arial, sans-serif'
EDGE_WIDTH = 1.6
EDGE_WIDTH_GROWTH = 1.5
DIMMED = 0.12
LABELLED_EDGES = 40


def to_css() -> str:
    """Return the custom properties of both themes; dark where the reader or the page's switch asks for it."""
    light, dark = (_properties(theme) for theme in ("light", "dark"))
    return (
        f":root{{color-scheme:light;--font:{FONT};{light}}}\n"
        f"@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{color-scheme:dark;{dark}}}}}\n"
        f":root[data-theme=dark]{{color-scheme:dark;{dark}}}\n"
    )


def to_dict() -> dict[str, Any]:
    """Return all looks as the page's scripts read them."""
    return {
        "quads": {name: asdict(style) for name, style in QUAD_STYLES.items()},
        "kinds": {name: asdict(style) for name, style in KIND_STYLES.items()},
        "statuses": {name: asdict(style) for name, style in STATUS_STYLES.items()},
        "themes": {name: dict(theme) for name, theme in THEMES.items()},
        "font": FONT,
        "width": EDGE_WIDTH,
        "widthGrowth": EDGE_WIDTH_GROWTH,
        "dimmed": DIMMED,
        "labelledEdges": LABELLED_EDGES,
    }


def _properties(theme: Literal["light", "dark"]) -> str:
    quads = {f"quad-{name}": getattr(style, theme) for name, style in QUAD_STYLES.items()}
    return "".join(f"--{name}:{colour};" for name, colour in (*THEMES[theme].items(), *quads.items()))
