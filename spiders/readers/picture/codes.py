"""Codes in a picture: QR codes and their kin. What they say is text of others; nothing is opened."""

from __future__ import annotations

import numpy as np
import zxingcpp
from PIL import Image

from spiders.readers.picture.seen import Box, Code

_MOST = 20  # codes of one picture
_LONGEST = 2000  # characters: a QR code holds at most 4,296
_PIXELS = 10_000_000  # more are not searched: larger pictures are looked at in a smaller copy
_SMALL = 1500  # pixels: smaller pictures are looked at in twice their size, if nothing is found


def codes(picture: Image.Image) -> tuple[Code, ...]:
    """The codes of a picture (RGB)."""
    grey = picture.convert("L")
    factor = min(1.0, (_PIXELS / (grey.width * grey.height)) ** 0.5)
    if factor < 1:
        grey = grey.resize((max(1, round(grey.width * factor)), max(1, round(grey.height * factor))))
    found = _read(grey, factor)
    if not found and max(grey.size) <= _SMALL:
        found = _read(grey.resize((grey.width * 2, grey.height * 2), Image.Resampling.BICUBIC), 2)
    return found


def _read(grey: Image.Image, factor: float) -> tuple[Code, ...]:
    found = zxingcpp.read_barcodes(np.asarray(grey))[:_MOST]
    return tuple(
        Code(text=each.text[:_LONGEST], form=each.format.name, box=_box(each.position, factor))
        for each in found
        if each.text
    )


def _box(position: zxingcpp.Position, factor: float) -> Box:
    corners = (position.top_left, position.top_right, position.bottom_right, position.bottom_left)
    xs, ys = [corner.x / factor for corner in corners], [corner.y / factor for corner in corners]
    return Box(left=min(xs), top=min(ys), right=max(xs), bottom=max(ys))
