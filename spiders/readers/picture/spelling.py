"""What stands in a line: its strip of the picture is set upright, and read from left to right."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from PIL import Image

from spiders.readers.picture.models import Floats, characters, spells
from spiders.readers.picture.outlines import Ints, Slanted

Steps = tuple[Ints, Floats]

_HEIGHT = 48  # pixels: what the model was made for
_LEAST_WIDTH, _MOST_WIDTH = 320, 3200
_WINDOW, _SHARED = 768, 96  # pixels: long lines are read in windows, which costs less; two of them see these in common
_NOT_NARROWED = 480  # pixels
_STEP = 8  # pixels
_UPRIGHT = 1.5  # a strip that is so many times as high as wide is read from the top down
_STRAIGHT = math.radians(0.5)


@dataclass(frozen=True, slots=True)
class Spelt:
    """The text of one line, and how sure each of its characters is (0 to 1)."""

    text: str
    chars: tuple[float, ...]

    @property
    def score(self) -> float:
        return sum(self.chars) / len(self.chars) if self.chars else 0.0


def is_vertical(outline: Slanted) -> bool:
    """Whether a line is read from the top down."""
    return outline.height >= _UPRIGHT * outline.width


def cost_of(outline: Slanted, narrowed: float = 1.0) -> int:
    """What reading a line costs: its width as it is read, in pixels."""
    long, short = (outline.height, outline.width) if is_vertical(outline) else (outline.width, outline.height)
    return max(_LEAST_WIDTH, _width(long, max(short, 1), narrowed))


def _width(long: float, short: float, narrowed: float) -> int:
    width = max(1, math.ceil(_HEIGHT * long / short))
    return min(_MOST_WIDTH, width, max(_NOT_NARROWED, round(width * narrowed)))


def spelt(strip: Image.Image, narrowed: float = 1.0) -> Spelt:
    """What stands in a strip (RGB, upright). Long ones are ``narrowed`` before they are read: Chinese is read as well
    in half its width, small Latin letters are not."""
    width = _width(strip.width, strip.height, narrowed)
    strip = strip.resize((width, _HEIGHT), Image.Resampling.BILINEAR)
    pixels = np.zeros((1, 3, _HEIGHT, max(width, _LEAST_WIDTH)), np.float32)
    # The model saw pictures in the order blue, green, red, from -1 to 1.
    pixels[0, :, :, :width] = np.asarray(strip, np.float32)[:, :, ::-1].transpose(2, 0, 1) / 127.5 - 1
    best, sure = _best(pixels[:, :, :, : _WINDOW + _SHARED])
    for left in range(_WINDOW, width - _SHARED, _WINDOW):
        best, sure = _joined((best, sure), _best(pixels[:, :, :, left : left + _WINDOW + _SHARED]), left // _STEP)
    return _without_repeats(best, sure)


def _best(pixels: Floats) -> Steps:
    """The likeliest character at each step, and how likely it is."""
    steps = spells(pixels)[0]
    return steps.argmax(axis=1), steps.max(axis=1)


def _joined(before: Steps, behind: Steps, at: int) -> Steps:
    """Two windows as one: the second begins at a step that the first one saw too. They are joined where both see no
    character, near the middle of what they share."""
    shared = len(before[0]) - at
    middle = shared // 2
    empty = np.nonzero((before[0][at:] == 0) & (behind[0][:shared] == 0))[0]
    cut = int(empty[np.abs(empty - middle).argmin()]) if len(empty) else middle
    return (
        np.concatenate((before[0][: at + cut], behind[0][cut:])),
        np.concatenate((before[1][: at + cut], behind[1][cut:])),
    )


def strip_of(picture: Image.Image, outline: Slanted) -> Image.Image:
    """The strip of a picture inside an outline, turned so that its line runs from left to right."""
    width, height = max(1, round(outline.width)), max(1, round(outline.height))
    if abs(outline.angle) < _STRAIGHT:
        x, y = round(outline.x - outline.width / 2), round(outline.y - outline.height / 2)
        strip = picture.crop((max(0, x), max(0, y), min(picture.width, x + width), min(picture.height, y + height)))
    else:
        cos, sin = math.cos(outline.angle), math.sin(outline.angle)
        left = outline.x - cos * outline.width / 2 + sin * outline.height / 2
        top = outline.y - sin * outline.width / 2 - cos * outline.height / 2
        way = (cos, -sin, left, sin, cos, top)
        strip = picture.transform((width, height), Image.Transform.AFFINE, way, Image.Resampling.BILINEAR)
    return strip.transpose(Image.Transpose.ROTATE_90) if is_vertical(outline) else strip


def _without_repeats(best: Ints, sure: Floats) -> Spelt:
    """Connectionist temporal classification: a character that goes on over steps is one, "none" stands between two."""
    new = np.nonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))[0]
    names = characters()
    text = "".join(names[number] for number in best[new])
    chars = tuple(float(share) for share in sure[new])
    first = len(text) - len(text.lstrip())
    last = len(text.rstrip())
    return Spelt(text[first:last], chars[first:last])
