"""Actors -> where they stand on a map of the world, from viz/static/world.json (made by tools/world.py)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from dyadgraph.model import Actor

SHRINK = 0.55
ROUNDS = 60
GAP = 8.0
STRONGEST_PULL = 0.06


@dataclass(frozen=True, slots=True)
class World:
    """Outlines of the land (x, y, x, y, …) and the middle of each country, in units of the map."""

    land: tuple[tuple[int, ...], ...]
    places: Mapping[str, tuple[int, int]]


@cache
def load_world() -> World:
    """Read the outlines and places."""
    content = json.loads((Path(__file__).parent / "static" / "world.json").read_text(encoding="utf8"))
    places = {code: (x, y) for code, (x, y) in content["places"].items()}
    return World(tuple(tuple(ring) for ring in content["land"]), places)


def place_on_world(actors: Iterable[Actor], radii: Mapping[str, int]) -> dict[str, tuple[int, int]]:
    """Give each actor that belongs to a country a place near its middle, off the other discs.

    Actors of no country (organisations, most armed groups) have no place.
    """
    places = load_world().places
    crowd: defaultdict[str, int] = defaultdict(int)
    ids: list[str] = []
    homes: list[tuple[float, float]] = []
    for actor in sorted(actors, key=lambda each: (each.kind != "country", each.id)):
        code = actor.id if actor.kind == "country" else actor.country or ""
        if code in places:
            # Those of one country start on a spiral around it, or nothing would push them apart.
            angle, away = 2.4 * crowd[code], 9.0 * crowd[code] ** 0.5
            crowd[code] += 1
            x, y = places[code]
            ids.append(actor.id)
            homes.append((x + away * np.cos(angle), y + away * np.sin(angle)))
    if not ids:
        return {}
    points = _push(np.array(homes), np.array([radii[id_] * SHRINK for id_ in ids]))
    return {id_: (round(float(x)), round(float(y))) for id_, (x, y) in zip(ids, points, strict=True)}


def _push(homes: NDArray[np.float64], radii: NDArray[np.float64]) -> NDArray[np.float64]:
    """Move discs apart while a weak pull keeps them at home."""
    needed = radii[:, None] + radii[None, :] + GAP
    np.fill_diagonal(needed, 0.0)
    points = homes.copy()
    for turn in range(ROUNDS):
        apart = points[:, None, :] - points[None, :, :]
        lengths = np.sqrt((apart**2).sum(axis=2))
        np.fill_diagonal(lengths, 1.0)
        short = np.maximum(needed - lengths, 0.0)
        points = points + (apart / np.maximum(lengths, 1e-6)[..., None] * short[..., None]).sum(axis=1) * 0.4
        points = points + (homes - points) * STRONGEST_PULL * (1 - turn / ROUNDS)
    return points
