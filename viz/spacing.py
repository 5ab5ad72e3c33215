"""Places of discs with labels -> places with air between them."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
Pairs = NDArray[np.int64]

LABEL_HEIGHT = 26.0
BOX_GAP = 14.0
DISC_GAP = 12.0
LINE_GAP = 16.0


def push_discs_apart(points: Points, extents: Points) -> Points:
    """Move discs until none overlap; where that takes too long the whole picture grows."""
    radius = extents[:, 0]
    needed = radius[:, None] + radius[None, :] + DISC_GAP
    np.fill_diagonal(needed, 0.0)
    while True:
        for _ in range(40):
            apart = points[:, None, :] - points[None, :, :]
            lengths = np.sqrt((apart**2).sum(axis=2))
            np.fill_diagonal(lengths, 1.0)
            short = np.maximum(needed - lengths, 0.0)
            if short.max() < 0.5:
                return points
            points = points + (apart / np.maximum(lengths, 1e-6)[..., None] * short[..., None] / 2).sum(axis=1) * 0.8
        points = points * 1.08


def push_boxes_apart(points: Points, extents: Points) -> Points:
    """Move discs until neither they nor the labels below them overlap."""
    half = np.maximum(extents[:, 0], extents[:, 1])
    top, bottom = extents[:, 0], extents[:, 0] + LABEL_HEIGHT
    points = points.copy()
    for _ in range(300):
        moved = False
        for a in range(len(points)):
            for b in range(a):
                moved |= _separate(points, (a, b), half, top, bottom)
        if not moved:
            break
    return points


def _separate(points: Points, pair: tuple[int, int], half: Points, top: Points, bottom: Points) -> bool:
    a, b = pair
    across = half[a] + half[b] + BOX_GAP - abs(points[a, 0] - points[b, 0])
    low, high = (a, b) if points[a, 1] > points[b, 1] else (b, a)
    upright = bottom[high] + top[low] + BOX_GAP - (points[low, 1] - points[high, 1])
    if across <= 0.5 or upright <= 0.5:
        return False
    if across < upright:
        step = across / 2 if points[a, 0] > points[b, 0] else -across / 2
        points[a, 0] += step
        points[b, 0] -= step
    else:
        points[low, 1] += upright / 2
        points[high, 1] -= upright / 2
    return True


def clear_lines(points: Points, pairs: Pairs, extents: Points) -> Points:
    """Move discs off the lines between other discs, then the boxes apart again."""
    for _ in range(30):
        shift = np.zeros_like(points)
        for a, b in pairs:
            _shun(points, (int(a), int(b)), extents, shift)
        if np.abs(shift).max() < 0.5:
            break
        points = push_boxes_apart(points + np.clip(shift, -12, 12), extents)
    return points


def _shun(points: Points, pair: tuple[int, int], extents: Points, shift: Points) -> None:
    """Add to `shift` what takes every other disc off one line."""
    start, end = points[pair[0]], points[pair[1]]
    along = end - start
    length = float(np.hypot(*along)) or 1.0
    share = (points - start) @ along / length**2
    away = (points - start) @ np.array([-along[1], along[0]]) / length
    short = extents[:, 0] + LINE_GAP - np.abs(away)
    hit = (short > 0) & (share > 0.05) & (share < 0.95)
    hit[list(pair)] = False
    side = np.where(away >= 0, 1.0, -1.0)
    shift[hit] += (side * short * 0.5)[hit, None] * np.array([-along[1], along[0]]) / length


def sit_apart(points: Points, groups: Sequence[list[int]], extents: Points, *, gap: float, aspect: float) -> Points:
    """Set the first group in the corner and the others in rows beside or below it, whatever fills a screen best."""
    if len(groups) == 1:
        return points
    half = np.maximum(extents[:, 0], extents[:, 1])
    lows, sizes = [], []
    for group in groups:
        low = (points[group] - np.column_stack((half[group], extents[group, 0]))).min(axis=0)
        high = (points[group] + np.column_stack((half[group], extents[group, 0] + LABEL_HEIGHT))).max(axis=0)
        lows.append(low)
        sizes.append(high - low + gap)
    first = sizes[0]
    widest = max(float(size[0]) for size in sizes[1:])
    below = _rows(sizes[1:], max(float(first[0]), widest)) + np.array([0.0, first[1]])
    plans = [below] + [_rows(sizes[1:], widest * n) + np.array([first[0], 0.0]) for n in range(1, 7)]

    def sprawl(plan: Points) -> float:
        width, height = np.maximum((plan + np.array(sizes[1:])).max(axis=0), first)
        return max(float(width) / aspect, float(height))

    corners = [np.zeros(2), *min(plans, key=sprawl)]
    points = points.copy()
    for group, low, corner in zip(groups, lows, corners, strict=True):
        points[group] += corner - low
    return points


def _rows(sizes: Sequence[Points], width: float) -> Points:
    """Return the corners of boxes set in rows of a width."""
    x = y = row = 0.0
    corners = []
    for size in sizes:
        if x > 0 and x + size[0] > width + 1:
            x, y, row = 0.0, y + row, 0.0
        corners.append((x, y))
        x, row = x + float(size[0]), max(row, float(size[1]))
    return np.array(corners)
