"""Which side of a picture is up, by its own words.

A strip of a line that was cut out is set from left to right before it is read, so two questions are left: is the strip
upside down (then it reads better the other way round), and does a line that runs down the picture stand upright, sign
below sign, or does it lie on its side? Signs that stand are read as well when they are set side by side; signs that lie
are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PIL import Image

from spiders.readers.picture.outlines import Slanted
from spiders.readers.picture.spelling import Spelt, is_vertical, spelt, strip_of

_SAMPLE = 12  # lines that are looked at: the largest
_LONGEST = 20  # times as long as high: so much of each
_READABLE = 0.85  # surer on the whole: not upside down. Readable pictures have .92 and more, turned ones .76 and less
_BETTER = 0.15  # by so much the other way round must be surer
_MOSTLY = 0.6  # of the characters stand in lines that run down
_LEAST_CELLS = 3
_STANDING = 0.25  # of their signs are read set side by side: columns have .4 and more, lying lines .1 and less


@dataclass(frozen=True, slots=True)
class _Sample:
    """A line: its strip as it would be read (or the first part of it, where it is not ``whole``), what stands in it,
    and whether it runs down the picture."""

    strip: Image.Image
    read: Spelt
    down: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class Side:
    """By how many degrees clockwise (0, 90, 180, 270) a picture has to be turned to stand upright; lines that were
    ``read`` whole on the way, as it is."""

    turn: int
    read: Mapping[Slanted, Spelt]


def side_of(picture: Image.Image, outlines: Sequence[Slanted]) -> Side:
    """Which side of a picture is up, by its largest lines."""
    largest = sorted(outlines, key=lambda outline: -outline.area)[:_SAMPLE]
    as_it_is = [_sample(strip_of(picture, outline), is_vertical(outline)) for outline in largest]
    sample = as_it_is
    if 0 < _sure(as_it_is) < _READABLE:
        other_way = [_sample(each.strip.transpose(Image.Transpose.ROTATE_180), each.down) for each in as_it_is]
        if _sure(other_way) >= _sure(as_it_is) + _BETTER:
            sample = other_way
    down = [each for each in sample if each.down]
    lies = _count(down) > _MOSTLY * _count(sample) and _lie(down)
    if sample is not as_it_is:
        return Side(90 if lies else 180, {})
    whole = {outline: each.read for outline, each in zip(largest, as_it_is, strict=True) if each.whole}
    return Side(270, {}) if lies else Side(0, whole)


def _sample(strip: Image.Image, down: bool) -> _Sample:
    part = strip.crop((0, 0, min(strip.width, _LONGEST * strip.height), strip.height))
    return _Sample(part, spelt(part), down, part.width == strip.width)


def _count(lines: Sequence[_Sample]) -> int:
    return sum(len(each.read.text) for each in lines)


def _sure(lines: Sequence[_Sample]) -> float:
    """The mean over all characters."""
    shares = [share for line in lines for share in line.read.chars]
    return sum(shares) / len(shares) if shares else 0.0


def _lie(down: Sequence[_Sample]) -> bool:
    """Whether the signs of lines that run down lie on their side: few of them are read set side by side."""
    same = count = 0
    for each in down:
        cells = round(each.strip.width / each.strip.height)
        if cells >= _LEAST_CELLS:
            row = spelt(_side_by_side(each.strip.transpose(Image.Transpose.ROTATE_270), cells))
            same += (Counter(each.read.text) & Counter(row.text)).total()
            count += len(each.read.text)
    return same < _STANDING * count


def _side_by_side(column: Image.Image, cells: int) -> Image.Image:
    """The signs of a column in a row."""
    height = column.height / cells
    row = Image.new("RGB", (column.width * cells, round(height)))
    for number in range(cells):
        top = round(number * height)
        row.paste(column.crop((0, top, column.width, top + row.height)), (number * column.width, 0))
    return row
