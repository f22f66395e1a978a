"""From a map of what is likely written to slanted rectangles around each line.

The way of "Differentiable Binarization" (Liao et al., 2020): pixels above a threshold that touch are one line's core;
the smallest rectangle around a core is widened by as much as cores were narrowed in training.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from spiders.readers.picture.models import Floats

Ints = npt.NDArray[np.int64]
Point = tuple[float, float]

MOST = 1000  # lines of one map; the most that a full page of a newspaper has are about 600
_LIKELY = 0.3  # a pixel is written on
_SURE = 0.5  # a rectangle is a line: mean over its pixels
_WIDENED = 1.6  # by so many times its area over its outline
_LEAST = 3  # pixels: the smallest breadth of a core


@dataclass(frozen=True, slots=True)
class Slanted:
    """A rectangle around (``x``, ``y``), ``width`` along the direction ``angle`` (radians, -pi/4 to pi/4, clockwise as
    y grows downwards), ``height`` across it."""

    x: float
    y: float
    width: float
    height: float
    angle: float

    @property
    def area(self) -> float:
        return self.width * self.height

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Upper left, upper right, lower right, lower left."""
        along = (math.cos(self.angle) * self.width / 2, math.sin(self.angle) * self.width / 2)
        across = (-math.sin(self.angle) * self.height / 2, math.cos(self.angle) * self.height / 2)
        signs = ((-1, -1), (1, -1), (1, 1), (-1, 1))
        a, b, c, d = ((self.x + i * along[0] + j * across[0], self.y + i * along[1] + j * across[1]) for i, j in signs)
        return (a, b, c, d)

    def moved(self, factor: float, down: float, right: float) -> Slanted:
        """The same in a map that is ``factor`` times as large, ``right`` and ``down`` pixels away."""
        return Slanted(
            self.x * factor + right, self.y * factor + down, self.width * factor, self.height * factor, self.angle
        )


def outlines(likely: Floats) -> list[Slanted]:
    """Rectangles around the lines of a map (height, width) of probabilities; at most `MOST`, the largest first."""
    found = []
    for rows, lefts, rights in _largest(_cores(likely > _LIKELY)):
        core = _smallest(_hull(rows, lefts, rights))
        if min(core.width, core.height) < _LEAST or _mean(likely, core) < _SURE:
            continue
        by = 2 * core.width * core.height * _WIDENED / (2 * (core.width + core.height))
        found.append(Slanted(core.x, core.y, core.width + by, core.height + by, core.angle))
    return found


def _largest(cores: Iterator[tuple[Ints, Ints, Ints]]) -> list[tuple[Ints, Ints, Ints]]:
    return sorted(cores, key=lambda core: -int((core[2] - core[1]).sum()))[:MOST]


def _cores(written: npt.NDArray[np.bool_]) -> Iterator[tuple[Ints, Ints, Ints]]:
    """The pixels that touch (by a side or a corner), as stretches of rows: their row, first column, last column + 1."""
    edges = np.diff(np.pad(written, ((0, 0), (1, 1))).astype(np.int8), axis=1)
    rows, lefts = np.nonzero(edges == 1)
    rights = np.nonzero(edges == -1)[1]
    labels = _joined(len(rows), *_touching(rows, lefts, rights, written.shape[1]))
    order = np.argsort(labels, kind="stable")
    ends = np.nonzero(np.diff(labels[order]))[0] + 1
    for core in np.split(order, ends) if len(order) else ():
        if rows[core[-1]] - rows[core[0]] + 1 >= _LEAST:
            yield rows[core], lefts[core], rights[core]


def _touching(rows: Ints, lefts: Ints, rights: Ints, width: int) -> tuple[Ints, Ints]:
    """Pairs of stretches in rows next to each other that touch. Stretches are sorted by row and column."""
    wide = width + 2
    first = np.searchsorted(rows * wide + rights, (rows - 1) * wide + lefts)
    last = np.searchsorted(rows * wide + lefts, (rows - 1) * wide + rights, side="right")
    counts = np.maximum(last - first, 0)
    lower = np.repeat(np.arange(len(rows)), counts)
    before = np.repeat(np.cumsum(counts) - counts, counts)
    return lower, np.repeat(first, counts) + np.arange(len(lower)) - before


def _joined(count: int, one: Ints, other: Ints) -> Ints:
    """A label for each of ``count`` things, the same for those that pairs join."""
    labels = np.arange(count)
    while len(one):
        low, high = np.minimum(labels[one], labels[other]), np.maximum(labels[one], labels[other])
        apart = low != high
        if not apart.any():
            break
        np.minimum.at(labels, high[apart], low[apart])
        while (labels[labels] != labels).any():
            labels = labels[labels]
    return labels


def _hull(rows: Ints, lefts: Ints, rights: Ints) -> list[Point]:
    """The convex outline of a core, by its outermost pixels of each row."""
    starts = np.nonzero(np.diff(rows, prepend=-1))[0]
    tops = rows[starts].tolist()
    left = np.minimum.reduceat(lefts, starts).tolist()
    right = np.maximum.reduceat(rights, starts).tolist()
    return _bent(list(zip(left, tops, strict=True))) + _bent(list(zip(right, tops, strict=True))[::-1])


def _bent(points: list[Point]) -> list[Point]:
    """Those of ``points`` (down the left side, or up the right one) that bend outwards."""
    kept: list[Point] = []
    for x, y in points:
        while len(kept) > 1 and _turn(kept[-2], kept[-1], (x, y)) >= 0:
            kept.pop()
        kept.append((x, y))
    return kept


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _smallest(hull: list[Point]) -> Slanted:
    """The rectangle of least area around a convex outline: one of its sides lies on a side of the outline."""
    points = np.array(hull, dtype=np.float64)
    points[:, 1] += 0.5
    sides = np.roll(points, -1, axis=0) - points
    angles = np.unique(np.round(np.concatenate(([0.0], np.arctan2(sides[:, 1], sides[:, 0]) % (math.pi / 2))), 6))
    angles[angles > math.pi / 4] -= math.pi / 2
    cos, sin = np.cos(angles), np.sin(angles)
    along = np.outer(cos, points[:, 0]) + np.outer(sin, points[:, 1])
    across = np.outer(cos, points[:, 1]) - np.outer(sin, points[:, 0])
    widths, heights = np.ptp(along, axis=1), np.ptp(across, axis=1) + 1
    best = int(np.argmin(widths * heights))
    u = (along[best].max() + along[best].min()) / 2
    v = (across[best].max() + across[best].min()) / 2
    x, y = u * cos[best] - v * sin[best], u * sin[best] + v * cos[best]
    return Slanted(float(x), float(y), float(widths[best]), float(heights[best]), float(angles[best]))


def _mean(likely: Floats, inside: Slanted) -> float:
    """The mean of a map over a rectangle."""
    xs, ys = zip(*inside.corners, strict=True)
    left, right = max(0, math.floor(min(xs))), math.ceil(max(xs)) + 1
    top, bottom = max(0, math.floor(min(ys))), math.ceil(max(ys)) + 1
    part = likely[top:bottom, left:right]
    x = np.arange(left, left + part.shape[1]) + 0.5 - inside.x
    y = np.arange(top, top + part.shape[0])[:, None] + 0.5 - inside.y
    cos, sin = math.cos(inside.angle), math.sin(inside.angle)
    within = (abs(x * cos + y * sin) <= inside.width / 2) & (abs(y * cos - x * sin) <= inside.height / 2)
    return float(part[within].mean()) if within.any() else 0.0
