"""Optical character recognition: a picture to its written lines.

Lines are found in small copies and read from the full picture. Both cost time by the pixels that are looked at, and
there is room for so many: where a picture holds more, long lines are read less finely, and the longest left out, since
running prose tells least of when and where.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from spiders.readers.picture.finding import cost_of_search, found
from spiders.readers.picture.outlines import Slanted
from spiders.readers.picture.seen import Box, Line
from spiders.readers.picture.spelling import Spelt, cost_of, is_vertical, spelt, strip_of
from spiders.readers.picture.upright import side_of

ROOM = 140_000  # in pixels of width of lines that are 48 pixels high (see `cost_of`): four seconds
_NARROWEST = 0.5  # in a picture that holds more than there is room for, long lines are read in so much of their width
_READABLE = 0.5  # lines that are less sure are left out: ornaments, mostly
# By degrees clockwise; Pillow counts the other way.
_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


@dataclass(frozen=True, slots=True)
class Written:
    """The lines of a picture, and the picture as it was read: turned by ``turned`` degrees clockwise. ``left_out`` is
    the number of lines that there was no room for; ``room`` is what is left of it."""

    picture: Image.Image
    lines: tuple[Line, ...]
    turned: int
    left_out: int
    room: int


def written(picture: Image.Image, room: int = ROOM) -> Written:
    """The lines of a picture (RGB), whichever side is up. ``room`` bounds what is read (see `ROOM`)."""
    search = cost_of_search(picture.width, picture.height)
    outlines = found(picture)
    side = side_of(picture, outlines)
    if side.turn:
        picture = picture.transpose(_TURNS[side.turn])
        outlines = found(picture)
    room -= search * (2 if side.turn else 1)
    narrowed = max(_NARROWEST, min(1.0, room / max(1, sum(map(cost_of, outlines)))))
    fitting = _fitting(outlines, room, narrowed)
    readings = ((line, side.read.get(line) or spelt(strip_of(picture, line), narrowed)) for line in fitting)
    lines = tuple(_line(*each, picture) for each in readings if each[1].text and each[1].score >= _READABLE)
    room -= sum(cost_of(outline, narrowed) for outline in fitting)
    return Written(picture, lines, side.turn, left_out=len(outlines) - len(fitting), room=room)


def _fitting(outlines: Sequence[Slanted], room: int, narrowed: float) -> list[Slanted]:
    fitting = []
    for outline in sorted(outlines, key=cost_of):
        room -= cost_of(outline, narrowed)
        if room < 0:
            break
        fitting.append(outline)
    return fitting


def _line(outline: Slanted, read: Spelt, picture: Image.Image) -> Line:
    vertical = is_vertical(outline)
    return Line(
        text=read.text,
        box=_box(outline, picture),
        height=outline.width if vertical else outline.height,
        score=read.score,
        chars=read.chars,
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
