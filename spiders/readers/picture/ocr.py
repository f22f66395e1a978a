"""Optical character recognition: a picture to its written lines.

Detection finds lines in a copy whose longest side is small; each is then read from the full picture. A long strip (a
screenshot of a whole article) is searched in tiles, since in a small copy of it nothing could be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from PIL import Image

from spiders.readers.picture.models import finds
from spiders.readers.picture.outlines import MOST, Slanted, outlines
from spiders.readers.picture.seen import Box, Line
from spiders.readers.picture.spelling import is_vertical, spelt, strip_of
from spiders.readers.picture.upright import Found, turn

_LONGEST, _SHORTEST = 1280, 736  # pixels of the copy that is searched: at most, and at least where the other allows it
_STRIP = 2.6  # times as long as wide: searched in tiles
_SHARED = 0.15  # of a tile is seen by the next one too
_READABLE = 0.5  # lines that are less sure are left out: ornaments, mostly
_MEAN = np.array((0.485, 0.456, 0.406), np.float32) * 255  # of the pictures that the model was made with
_SPREAD = np.array((0.229, 0.224, 0.225), np.float32) * 255
_MULTIPLE = 32  # sides of what the model searches
# By degrees clockwise; Pillow counts the other way.
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of a picture, and the picture as it was read: turned by ``turned`` degrees clockwise."""

    picture: Image.Image
    lines: tuple[Line, ...]
    turned: int


def written(picture: Image.Image) -> Written:
    """The lines of a picture (RGB), whichever side is up."""
    found = _read(picture)
    turned = turn(picture, found)
    if turned:
        picture = picture.transpose(_TURNS[turned])
        found = _read(picture)
    lines = (_line(each, picture) for each in found if each.read.text and each.read.score >= _READABLE)
    return Written(picture, tuple(lines), turned)


def _read(picture: Image.Image) -> list[Found]:
    return [Found(outline, spelt(strip_of(picture, outline))) for outline in _outlines(picture)]


def _line(found: Found, picture: Image.Image) -> Line:
    vertical = is_vertical(found.outline)
    return Line(
        text=found.read.text,
        box=_box(found.outline, picture),
        height=found.outline.width if vertical else found.outline.height,
        score=found.read.score,
        chars=found.read.chars,
        vertical=vertical,
    )


def _box(outline: Slanted, within: Image.Image) -> Box:
    xs, ys = zip(*outline.corners, strict=True)
    return Box(
        left=max(0.0, min(xs)),
        top=max(0.0, min(ys)),
        right=min(within.width, max(xs)),
        bottom=min(within.height, max(ys)),
    )


def _outlines(picture: Image.Image) -> list[Slanted]:
    """Where lines stand in the picture. What two tiles see is taken from the one that sees more of it."""
    found: list[Slanted] = []
    for left, top, right, bottom in _tiles(picture.width, picture.height):
        tile = picture.crop((left, top, right, bottom))
        for outline in _outlines_of(tile):
            moved = outline.moved(1, top, left)
            same = next((known for known in found if _overlap(known, moved) > 0.5), None) if left or top else None
            if same is None:
                found.append(moved)
            elif same.width * same.height < moved.width * moved.height:
                found[found.index(same)] = moved
    return found[:MOST]


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


def _outlines_of(tile: Image.Image) -> list[Slanted]:
    longest, shortest = max(tile.size), min(tile.size)
    factor = min(_LONGEST / longest, max(1, _SHORTEST / shortest))
    small = tile.resize(
        (max(1, round(tile.width * factor)), max(1, round(tile.height * factor))), Image.Resampling.BILINEAR
    )
    width, height = (-(-side // _MULTIPLE) * _MULTIPLE for side in small.size)
    pixels = np.zeros((1, 3, height, width), np.float32)
    # The model saw pictures in the order blue, green, red, with the means of red first.
    told = (np.asarray(small, np.float32)[:, :, ::-1] - _MEAN) / _SPREAD
    pixels[0, :, : small.height, : small.width] = told.transpose(2, 0, 1)
    return [outline.moved(1 / factor, 0, 0) for outline in outlines(finds(pixels))]


def _overlap(one: Slanted, other: Slanted) -> float:
    """The share of the smaller one that both have in common."""
    (a, b), (c, d) = _bounds(one), _bounds(other)
    width = min(a[1], c[1]) - max(a[0], c[0])
    height = min(b[1], d[1]) - max(b[0], d[0])
    if width <= 0 or height <= 0:
        return 0.0
    return width * height / min((a[1] - a[0]) * (b[1] - b[0]), (c[1] - c[0]) * (d[1] - d[0]))


def _bounds(outline: Slanted) -> tuple[tuple[float, float], tuple[float, float]]:
    xs, ys = zip(*outline.corners, strict=True)
    return (min(xs), max(xs)), (min(ys), max(ys))
