"""Months in, the geometry of a chart out: cooperation above the line, conflict below it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dyadgraph.model import Month

WIDTH, HEIGHT, MARGIN = 900, 200, 22
UP = ("material_cooperation", "verbal_cooperation")
DOWN = ("material_conflict", "verbal_conflict")
MOST_MONTHS = 240


@dataclass(frozen=True, slots=True)
class Bar:
    """A rectangle of one month and class, in the chart's own units."""

    x: float
    y: float
    width: float
    height: float
    quad: str
    label: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars, the height of the line between cooperation and conflict, and years with their places."""

    bars: tuple[Bar, ...]
    line: float
    years: tuple[tuple[float, str], ...]
    width: int = WIDTH
    height: int = HEIGHT


def draw_months(months: Sequence[Month]) -> Chart | None:
    """Lay out the latest months; every month has its place, also those without events. None where there are none."""
    told = {_number(each.month): each for each in months}
    if not told:
        return None
    last = max(told)
    first = max(min(told), last - MOST_MONTHS + 1)
    shown = {number: each for number, each in told.items() if number >= first}
    highest = max(_sum(each, UP) for each in shown.values())
    lowest = max(_sum(each, DOWN) for each in shown.values())
    unit = (HEIGHT - 2 * MARGIN) / max(highest + lowest, 1)
    line = MARGIN + highest * unit
    step = WIDTH / (last - first + 1)
    bars = tuple(
        bar for number, each in sorted(shown.items()) for bar in _bars(each, (number - first) * step, step, line, unit)
    )
    years = range(first // 12, last // 12 + 1)
    every = max(1, len(years) // 12)
    marks = tuple(((year * 12 - first) * step, str(year)) for year in years if year % every == 0 and year * 12 >= first)
    return Chart(bars, round(line, 2), tuple((round(x, 1), year) for x, year in marks if x < WIDTH - 30))


def _bars(month: Month, x: float, step: float, line: float, unit: float) -> list[Bar]:
    """Stack the classes of a month, the material ones next to the line."""
    width = max(min(step * 0.8, 24.0), 0.8)
    found, top, bottom = [], line, line
    for quad in (*UP, *DOWN):
        count = month.quads.get(quad, 0)
        if not count:
            continue
        height = count * unit
        top -= height if quad in UP else 0
        y = top if quad in UP else bottom
        bottom += height if quad in DOWN else 0
        label = f"{month.month}: {count} {quad.replace('_', ' ')}"
        found.append(Bar(round(x, 2), round(y, 2), round(width, 2), round(height, 2), quad, label))
    return found


def _sum(month: Month, quads: Sequence[str]) -> int:
    return sum(month.quads.get(each, 0) for each in quads)


def _number(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:]) - 1
