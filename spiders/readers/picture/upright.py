"""Which side of a picture is up, by its own words.

A strip of a line that was cut out is set from left to right before it is read, so two questions are left: is the strip
upside down (then it reads better the other way round), and does a line that runs down the picture stand upright, sign
below sign, or does it lie on its side? Signs that stand are read as well when they are set side by side; signs that lie
are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import Image

from spiders.readers.picture.outlines import Slanted
from spiders.readers.picture.spelling import Spelt, is_vertical, spelt, strip_of

_SAMPLE = 12  # lines that are looked at: the largest
_READABLE = 0.85  # surer on the whole: not upside down. Readable pictures have .92 and more, turned ones .76 and less
_BETTER = 0.15  # by so much the other way round must be surer
_MOSTLY = 0.6  # of the characters stand in lines that run down
_LEAST_CELLS = 3
_STANDING = 0.25  # of their signs are read set side by side: columns have .4 and more, lying lines .1 and less


@dataclass(frozen=True, slots=True)
class Found:
    """A line as it was found and read."""

    outline: Slanted
    read: Spelt


def turn(picture: Image.Image, found: Sequence[Found]) -> int:
    """By how many degrees clockwise (0, 90, 180, 270) a picture has to be turned to stand upright."""
    sample = sorted(found, key=lambda each: -each.outline.width * each.outline.height)[:_SAMPLE]
    upside_down = 0 < _sure([each.read for each in found]) < _READABLE and _reads_better_upside_down(picture, sample)
    down = [each for each in sample if is_vertical(each.outline)]
    lies = _count(down) > _MOSTLY * _count(sample) and _lie(picture, down, upside_down)
    if lies:
        return 90 if upside_down else 270
    return 180 if upside_down else 0


def _count(lines: Sequence[Found]) -> int:
    return sum(len(each.read.text) for each in lines)


def _sure(lines: Sequence[Spelt]) -> float:
    """The mean over all characters."""
    shares = [share for line in lines for share in line.chars]
    return sum(shares) / len(shares) if shares else 0.0


def _reads_better_upside_down(picture: Image.Image, sample: Sequence[Found]) -> bool:
    strips = (strip_of(picture, each.outline).transpose(Image.Transpose.ROTATE_180) for each in sample)
    return _sure([spelt(strip) for strip in strips]) >= _sure([each.read for each in sample]) + _BETTER


def _lie(picture: Image.Image, down: Sequence[Found], upside_down: bool) -> bool:
    """Whether the signs of lines that run down lie on their side: few of them are read set side by side."""
    same = count = 0
    for each in down:
        strip = strip_of(picture, each.outline)
        if upside_down:
            strip = strip.transpose(Image.Transpose.ROTATE_180)
        cells = round(strip.width / strip.height)
        if cells >= _LEAST_CELLS:
            text = spelt(strip).text
            row = spelt(_side_by_side(strip.transpose(Image.Transpose.ROTATE_270), cells)).text
            same += (Counter(text) & Counter(row)).total()
            count += len(text)
    return same < _STANDING * count


def _side_by_side(column: Image.Image, cells: int) -> Image.Image:
    """The signs of a column in a row."""
    height = column.height / cells
    row = Image.new("RGB", (column.width * cells, round(height)))
    for number in range(cells):
        top = round(number * height)
        row.paste(column.crop((0, top, column.width, top + row.height)), (number * column.width, 0))
    return row
