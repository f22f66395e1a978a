"""Where lines stand in a picture: searched in a copy whose longest side is small.

A long strip (a screenshot of a whole article) is searched in tiles, since in a small copy of it nothing could be found.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt

import numpy as np
from PIL import Image

from spiders.readers.picture.models import Floats, finds
from spiders.readers.picture.outlines import MOST, Slanted, outlines

_LONGEST, _SHORTEST = 1280, 736  # pixels of the copy that is searched: at most, and at least where the other allows it
_STRIP = 2.6  # times as long as wide: searched in tiles
_SHARED = 0.15  # of a tile is seen by the next one too
_SEARCHED = 5 * _LONGEST * _SHORTEST  # pixels in all: longer strips are searched in a smaller copy
_SAME = 0.5  # of a line is covered by another: both are one, seen in two tiles
_MEAN = np.array((0.485, 0.456, 0.406), np.float32) * 255  # of the pictures that the model was made with
_SPREAD = np.array((0.229, 0.224, 0.225), np.float32) * 255
_MULTIPLE = 32  # sides of what the model searches
_PIXELS_OF_ONE = 94  # are searched in the time in which one pixel of width is read


def found(picture: Image.Image) -> list[Slanted]:
    """The outlines of the lines of a picture (RGB), at most `MOST`. What two tiles see is taken from the one that sees
    more of it."""
    factor = _factor(picture.width, picture.height)
    lines: list[Slanted] = []
    for left, top, right, bottom in _tiles(picture.width, picture.height):
        tile = picture.crop((left, top, right, bottom))
        lines = _joined(lines, [outline.moved(1, top, left) for outline in _found_in(tile, factor)])
    return lines[:MOST]


def cost_of_search(width: int, height: int) -> int:
    """What searching a picture costs, in pixels of width of lines that are read (see `spelling.cost_of`)."""
    areas = ((right - left) * (bottom - top) for left, top, right, bottom in _tiles(width, height))
    return round(sum(areas) * _factor(width, height) ** 2 / _PIXELS_OF_ONE)


def _factor(width: int, height: int) -> float:
    """How large the copies are that are searched."""
    longest, breadth = max(width, height), min(width, height)
    if longest <= _STRIP * breadth:
        return min(_LONGEST / longest, max(1, _SHORTEST / breadth))
    return min(_SHORTEST, sqrt(_SEARCHED * (1 - _SHARED) * breadth / longest)) / breadth


def _tiles(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    longest, breadth = max(width, height), min(width, height)
    length = longest
    if longest > _STRIP * breadth:
        length = round(breadth * _LONGEST / _SHORTEST)
    step = round(length * (1 - _SHARED))
    count = 1 + max(0, -(-(longest - length) // step))
    for number in range(count):
        start = min(number * step, longest - length)
        yield (start, 0, start + length, height) if width > height else (0, start, width, start + length)


def _found_in(tile: Image.Image, factor: float) -> list[Slanted]:
    """The outlines of a tile, in its pixels. ``factor`` is the size of the copy that is searched."""
    size = (max(1, round(tile.width * factor)), max(1, round(tile.height * factor)))
    small = tile.resize(size, Image.Resampling.BILINEAR)
    width, height = (-(-side // _MULTIPLE) * _MULTIPLE for side in size)
    pixels = np.zeros((1, 3, height, width), np.float32)
    # The model saw pictures in the order blue, green, red, with the means of red first.
    told = (np.asarray(small, np.float32)[:, :, ::-1] - _MEAN) / _SPREAD
    pixels[0, :, : small.height, : small.width] = told.transpose(2, 0, 1)
    return [outline.moved(1 / factor, 0, 0) for outline in outlines(finds(pixels))]


def _joined(known: list[Slanted], new: list[Slanted]) -> list[Slanted]:
    """Those of two tiles."""
    if not known or not new:
        return known + new
    bounds = _bounds(known)
    kept: list[Slanted | None] = list(known)
    for outline, bound in zip(new, _bounds(new), strict=True):
        same = np.nonzero(_covered(bounds, bound) > _SAME)[0].tolist()
        if all(known[number].area < outline.area for number in same):
            kept.append(outline)
            for number in same:
                kept[number] = None
    return [outline for outline in kept if outline is not None]


def _bounds(lines: list[Slanted]) -> Floats:
    """Left, top, right and bottom of each."""
    corners = np.array([outline.corners for outline in lines], np.float32)
    return np.concatenate((corners.min(axis=1), corners.max(axis=1)), axis=1)


def _covered(many: Floats, one: Floats) -> Floats:
    """The share of the smaller one that each of many has in common with one."""
    sides = np.minimum(many[:, 2:], one[2:]) - np.maximum(many[:, :2], one[:2])
    common = np.clip(sides, 0, None).prod(axis=1)
    smaller = np.minimum((many[:, 2:] - many[:, :2]).prod(axis=1), (one[2:] - one[:2]).prod())
    shares: Floats = common / np.maximum(smaller, 1)
    return shares
