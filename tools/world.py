"""Make viz/static/world.json from the npm package world-atlas: outlines of the land and a place for each country.

    npm install --prefix .work/world world-atlas i18n-iso-countries
    python -m tools.world .work/world/node_modules

Equal Earth projection (Šavrič, Patterson, Jenny 2018), 2,400 units wide, y downwards. world-atlas is ISC
(from Natural Earth, public domain), i18n-iso-countries (the codes) MIT.
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

WORLD = Path(__file__).parent.parent / "viz" / "static" / "world.json"
WIDTH = 2400
TOLERANCE = 2.2
SMALLEST_LAND = 60.0
SOUTHERNMOST = -58.0
Point = tuple[float, float]


def main(packages: Path) -> None:
    """Write the file and say how large it is."""
    land = json.loads((packages / "world-atlas" / "land-110m.json").read_text(encoding="utf8"))
    countries = json.loads((packages / "world-atlas" / "countries-50m.json").read_text(encoding="utf8"))
    codes = json.loads((packages / "i18n-iso-countries" / "codes.json").read_text(encoding="utf8"))
    rings = [
        simplify([project(point) for point in ring])
        for ring in rings_of(land, "land")
        if min(latitude for _, latitude in ring) > SOUTHERNMOST
    ]
    kept = [ring for ring in rings if len(ring) > 3 and abs(area(ring)) > SMALLEST_LAND]
    world = {
        "land": [[round(value) for point in ring[:-1] for value in point] for ring in kept],
        "places": find_places(countries, {numeric: alpha3 for _, alpha3, numeric, _ in codes}),
    }
    text = json.dumps(world, separators=(",", ":"))
    WORLD.write_text(text + "\n", encoding="utf8")
    print(f"{len(kept)} outlines, {len(world['places'])} places, {len(text)} bytes")


def project(point: Point) -> Point:
    """Turn degrees of longitude and latitude into map units."""
    longitude, latitude = (math.radians(value) for value in point)
    a1, a2, a3, a4 = 1.340264, -0.081106, 0.000893, 0.003796
    angle = math.asin(math.sqrt(3) / 2 * math.sin(latitude))
    squared, sixth = angle**2, angle**6
    x = 2 * math.sqrt(3) * longitude * math.cos(angle)
    x /= 3 * (9 * a4 * sixth * squared + 7 * a3 * sixth + 3 * a2 * squared + a1)
    y = angle * (a1 + a2 * squared + sixth * (a3 + a4 * squared))
    scale = WIDTH / 2 / 2.70663
    return x * scale, -y * scale


def rings_of(topology: dict[str, Any], name: str) -> list[list[Point]]:
    """Return every outer ring of a TopoJSON object in degrees."""
    shapes = topology["objects"][name]["geometries"]
    return [ring for shape in shapes for ring in rings_of_shape(topology, shape)]


def rings_of_shape(topology: dict[str, Any], shape: dict[str, Any]) -> list[list[Point]]:
    """Return the outer rings of one shape."""
    polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return [join_arcs(topology, polygon[0]) for polygon in polygons]


def join_arcs(topology: dict[str, Any], numbers: list[int]) -> list[Point]:
    """Follow arcs, backwards where the number is negative."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    points: list[Point] = []
    for number in numbers:
        x = y = 0
        arc = []
        for dx, dy in topology["arcs"][number if number >= 0 else ~number]:
            x, y = x + dx, y + dy
            arc.append((x * sx + tx, y * sy + ty))
        points.extend((arc if number >= 0 else arc[::-1])[1 if points else 0 :])
    return unwrap(points)


def unwrap(ring: list[Point]) -> list[Point]:
    """Carry on beyond 180 degrees where an outline crosses the date line."""
    turns = 0
    points = ring[:1]
    for (before, _), (x, y) in pairwise(ring):
        turns += (x - before < -180) - (x - before > 180)
        points.append((x + 360 * turns, y))
    shift = -360 * round((min(points)[0] + max(points)[0]) / 720)
    return [(x + shift, y) for x, y in points]


def simplify(ring: list[Point]) -> list[Point]:
    """Leave out points that change the outline by less than the tolerance (Douglas-Peucker)."""
    if len(ring) < 3:
        return ring
    (ax, ay), (bx, by) = ring[0], ring[-1]
    length = math.hypot(bx - ax, by - ay)

    def away(point: Point) -> float:
        x, y = point
        if not length:
            return math.hypot(x - ax, y - ay)
        return abs((bx - ax) * (ay - y) - (ax - x) * (by - ay)) / length

    far = max(range(1, len(ring) - 1), key=lambda place: away(ring[place]))
    if away(ring[far]) < TOLERANCE:
        return [ring[0], ring[-1]]
    return simplify(ring[: far + 1])[:-1] + simplify(ring[far:])


def area(ring: list[Point]) -> float:
    """Return the signed area of a closed ring."""
    return sum(ax * by - bx * ay for (ax, ay), (bx, by) in pairwise(ring)) / 2


def find_places(topology: dict[str, Any], codes: dict[str, str]) -> dict[str, list[int]]:
    """Return the middle of each country's largest piece of land."""
    places = {}
    for shape in topology["objects"]["countries"]["geometries"]:
        code = "XKX" if shape["properties"]["name"] == "Kosovo" else codes.get(str(shape.get("id")).zfill(3))
        if code:
            largest = max(
                ([project(p) for p in ring] for ring in rings_of_shape(topology, shape)), key=lambda r: abs(area(r))
            )
            places[code] = [round(value) for value in middle(largest)]
    return dict(sorted(places.items()))


def middle(ring: list[Point]) -> Point:
    """Return the centre of gravity of a closed ring."""
    whole = area(ring)
    x = y = 0.0
    for (ax, ay), (bx, by) in pairwise(ring):
        cross = ax * by - bx * ay
        x += (ax + bx) * cross
        y += (ay + by) * cross
    return x / (6 * whole), y / (6 * whole)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
