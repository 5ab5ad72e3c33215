"""Actors and the ties between them -> where each actor stands. Same input, same places.

Stress majorisation (SMACOF) on the lengths of shortest paths, best of several starts, turned so that
the long axis lies flat; then discs and labels are pushed apart and off the lines that pass by.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from viz.spacing import clear_lines, push_boxes_apart, push_discs_apart, sit_apart

Points = NDArray[np.float64]
Pairs = NDArray[np.int64]

SMALL = 60
UNIT_SMALL = 240.0
UNIT_LARGE = 150.0
ROOM = 72.0
PIVOTS = 40
STARTS = 16
ROUNDS_SMALL = 200
ROUNDS_LARGE = 60
COMPONENT_GAP = 70.0
ASPECT = 1.5


@dataclass(frozen=True, slots=True)
class Disc:
    """What has to find a place: an actor's id, its radius and the width of the label below it, in pixels."""

    id: str
    radius: float
    label_width: float


@dataclass(frozen=True, slots=True)
class Tie:
    """How two actors are joined: by how many lines, by how many events, and whether only by an office held."""

    lines: int
    events: int
    structural: bool = False


def place_actors(discs: Sequence[Disc], ties: Mapping[tuple[str, str], Tie]) -> dict[str, tuple[int, int]]:
    """Give every actor its place in pixels, the middle of all at 0, 0; no two discs overlap.

    Up to 60 actors no label lies on a disc either.
    """
    if not discs:
        return {}
    small = len(discs) <= SMALL
    numbers = {disc.id: number for number, disc in enumerate(discs)}
    unit = UNIT_SMALL if small else UNIT_LARGE
    strongest = None if small else max((tie.events for tie in ties.values()), default=1)
    lengths = {
        (min(numbers[a], numbers[b]), max(numbers[a], numbers[b])): _length(tie, strongest) * unit
        for (a, b), tie in ties.items()
        if a != b and a in numbers and b in numbers
    }
    points = np.zeros((len(discs), 2))
    groups = _components(len(discs), sorted(lengths))
    for group in groups:
        points[group] = _place_component(group, lengths, discs)
    points = sit_apart(points, groups, _extents(discs), gap=COMPONENT_GAP, aspect=ASPECT)
    points -= (points.min(axis=0) + points.max(axis=0)) / 2
    return {disc.id: (round(float(x)), round(float(y))) for disc, (x, y) in zip(discs, points, strict=True)}


def _length(tie: Tie, strongest: int | None) -> float:
    """Several lines need room between them; who holds office stands near; in large maps strong ties are short."""
    if strongest is None:
        return (0.8 if tie.structural and tie.lines == 1 else 1.0) * (1 + 0.16 * (min(tie.lines, 6) - 1))
    return 1.4 - 0.6 * math.log1p(tie.events) / math.log1p(strongest)


def _components(count: int, pairs: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Return the groups of actors that are joined, largest first."""
    parent = list(range(count))

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for a, b in pairs:
        parent[root(b)] = root(a)
    groups: dict[int, list[int]] = {}
    for number in range(count):
        groups.setdefault(root(number), []).append(number)
    return sorted(groups.values(), key=lambda group: (-len(group), group[0]))


def _place_component(group: list[int], lengths: Mapping[tuple[int, int], float], discs: Sequence[Disc]) -> Points:
    """Lay out actors that hang together."""
    if len(group) == 1:
        return np.zeros((1, 2))
    local = {number: place for place, number in enumerate(group)}
    mine = {(local[a], local[b]): length for (a, b), length in sorted(lengths.items()) if a in local and b in local}
    pairs = np.array(sorted(mine), dtype=np.int64)
    extents = _extents([discs[number] for number in group])
    if len(group) <= SMALL:
        distances = _distances(len(group), mine)
        candidates = [_relax(_start(len(group), seed), distances, ROUNDS_SMALL) for seed in range(STARTS)]
        best = min(candidates, key=lambda points: _badness(points, pairs, distances, extents))
        return clear_lines(push_boxes_apart(_widen(_lay_flat(best)), extents), pairs, extents)
    distances = _distances(len(group), _backbone(len(group), mine))
    points = _lay_flat(_relax(_pivot_start(distances), distances, ROUNDS_LARGE))
    return push_discs_apart(_spread(points), extents)


def _extents(discs: Sequence[Disc]) -> Points:
    """Return radius and half the label's width of each disc, in two columns."""
    return np.array([(disc.radius, disc.label_width / 2) for disc in discs])


def _distances(count: int, lengths: Mapping[tuple[int, int], float]) -> Points:
    """Return the length of the shortest path between all actors (Floyd-Warshall)."""
    table = np.full((count, count), np.inf)
    np.fill_diagonal(table, 0.0)
    for (a, b), length in lengths.items():
        table[a, b] = table[b, a] = min(length, table[a, b])
    for middle in range(count):
        np.minimum(table, table[:, middle, None] + table[None, middle, :], out=table)
    return table


def _backbone(count: int, lengths: Mapping[tuple[int, int], float]) -> dict[tuple[int, int], float]:
    """Keep the shortest spanning tree and each actor's three shortest ties: a dense graph shows its groups."""
    ordered = sorted(lengths.items(), key=lambda item: (item[1], item[0]))
    parent = list(range(count))
    degree = [0] * count
    kept: dict[tuple[int, int], float] = {}

    def root(number: int) -> int:
        while parent[number] != number:
            parent[number] = parent[parent[number]]
            number = parent[number]
        return number

    for (a, b), length in ordered:
        joins = root(a) != root(b)
        if joins:
            parent[root(a)] = root(b)
        if joins or min(degree[a], degree[b]) < 3:
            kept[a, b] = length
            degree[a] += 1
            degree[b] += 1
    return kept


def _start(count: int, seed: int) -> Points:
    """Return a circle whose order, after the first start, is shuffled."""
    generator = np.random.default_rng(seed)
    order = np.arange(count) if seed == 0 else generator.permutation(count)
    angles = 2 * math.pi * order / count + 0.1
    return np.column_stack((np.cos(angles), np.sin(angles))) * UNIT_SMALL


def _pivot_start(distances: Points) -> Points:
    """Return pivot scaling (Brandes and Pich 2007) of the distances: good where one start must do."""
    pivots = [int(distances.sum(axis=1).argmin())]
    nearest = distances[pivots[0]].copy()
    while len(pivots) < min(PIVOTS, len(distances)):
        pivots.append(int(nearest.argmax()))
        nearest = np.minimum(nearest, distances[pivots[-1]])
    squares = distances[:, pivots] ** 2
    centred = -0.5 * (squares - squares.mean(axis=0) - squares.mean(axis=1)[:, None] + squares.mean())
    _, vectors = np.linalg.eigh(centred.T @ centred)
    # An eigenvector's sign is arbitrary: let its largest part be positive.
    axes = vectors[:, -2:] * np.sign(vectors[np.abs(vectors[:, -2:]).argmax(axis=0), [-2, -1]])
    points = centred @ axes
    points *= distances.max() / max(float(np.ptp(points)), 1.0)
    noise: Points = np.random.default_rng(1).normal(0.0, 1.0, points.shape)
    return np.asarray(points + noise, dtype=np.float64)


def _relax(points: Points, distances: Points, rounds: int) -> Points:
    """Move points until their distances fit (SMACOF, weights one over the square of the distance)."""
    with np.errstate(divide="ignore"):
        weights = np.where(distances > 0, distances**-2.0, 0.0)
    total = weights.sum(axis=1)[:, None]
    for _ in range(rounds):
        apart = points[:, None, :] - points[None, :, :]
        lengths = np.sqrt((apart**2).sum(axis=2))
        np.fill_diagonal(lengths, 1.0)
        ratio = weights * distances / np.maximum(lengths, 1e-6)
        points = (weights @ points + ratio.sum(axis=1)[:, None] * points - ratio @ points) / total
    return points


def _badness(points: Points, pairs: Pairs, distances: Points, extents: Points) -> float:
    """Say how hard a layout is to read: lines that cross, lines through a disc, lengths that do not fit."""
    apart = np.sqrt(((points[:, None, :] - points[None, :, :]) ** 2).sum(axis=2))
    with np.errstate(divide="ignore", invalid="ignore"):
        misfit = np.where(distances > 0, (apart / distances - 1) ** 2, 0.0)
    width, height = np.ptp(_lay_flat(points), axis=0)
    sprawl = max(width / ASPECT, height) / (UNIT_SMALL * len(points) ** 0.5)
    hits = 3.0 * _hits(points, pairs, extents)
    return _crossings(points, pairs) + hits + 4.0 * float(misfit.mean()) + 3.0 * float(sprawl)


def _crossings(points: Points, pairs: Pairs) -> int:
    """Count the pairs of lines that cross without sharing an end."""
    starts, ends = points[pairs[:, 0]], points[pairs[:, 1]]

    def side(a: Points, b: Points, c: Points) -> Points:
        turned = (b[..., 0] - a[..., 0]) * (c[..., 1] - a[..., 1]) - (b[..., 1] - a[..., 1]) * (c[..., 0] - a[..., 0])
        return np.asarray(np.sign(turned), dtype=np.float64)

    a, b, c, d = starts[:, None], ends[:, None], starts[None], ends[None]
    cross = (side(a, b, c) != side(a, b, d)) & (side(c, d, a) != side(c, d, b))
    shared = (pairs[:, None, :, None] == pairs[None, :, None, :]).any(axis=(2, 3))
    return int((cross & ~shared).sum()) // 2


def _hits(points: Points, pairs: Pairs, extents: Points) -> int:
    """Count the discs that a line between two others runs through."""
    a, b = points[pairs[:, 0]][:, None], points[pairs[:, 1]][:, None]
    along = b - a
    share = np.clip(((points[None] - a) * along).sum(axis=2) / np.maximum((along**2).sum(axis=2), 1e-9), 0, 1)
    away = np.sqrt(((points[None] - (a + share[..., None] * along)) ** 2).sum(axis=2))
    near = away < extents[None, :, 0] + 10
    near[np.arange(len(pairs)), pairs[:, 0]] = False
    near[np.arange(len(pairs)), pairs[:, 1]] = False
    return int(near.sum())


def _lay_flat(points: Points) -> Points:
    """Turn the longest axis to the horizontal, the first actor to the left half."""
    points = points - points.mean(axis=0)
    (xx, xy), (_, yy) = np.cov(points.T) if len(points) > 1 else np.zeros((2, 2))
    angle = 0.5 * math.atan2(2 * xy, xx - yy)
    cosine, sine = math.cos(angle), math.sin(angle)
    points = points @ np.array([[cosine, -sine], [sine, cosine]])
    return np.asarray(points * np.where(points[0] > 0, -1.0, 1.0), dtype=np.float64)


def _widen(points: Points) -> Points:
    """Stretch a picture that is too high for a screen, within limits: names need room beside each other anyway."""
    width, height = np.ptp(points, axis=0)
    stretch = float(np.clip(ASPECT * height / max(width, 1.0), 1.0, 1.4))
    return np.asarray(points * np.array([stretch**0.6, stretch**-0.4]), dtype=np.float64)


def _spread(points: Points) -> Points:
    """Blend coordinates with their ranks: the middle of a large map is always too full, its rim too empty.

    The picture gets the shape of a screen and as much room as its actors need.
    """
    ranks = points.argsort(axis=0, kind="stable").argsort(axis=0, kind="stable")
    low, high = points.min(axis=0), points.max(axis=0)
    even = low + (high - low) * ranks / max(len(points) - 1, 1)
    points = 0.45 * points + 0.55 * even
    width, height = np.maximum(np.ptp(points, axis=0), 1.0)
    side = ROOM * len(points) ** 0.5
    return np.asarray(points * [side * ASPECT**0.5 / width, side * ASPECT**-0.5 / height], dtype=np.float64)
