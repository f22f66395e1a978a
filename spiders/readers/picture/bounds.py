"""How large a picture may be, and the error that says why one is not read."""

from __future__ import annotations

from spiders.errors import ReadError
from spiders.reasons import Code, Reason

MEGABYTES, MEGAPIXELS = 15, 40
"""The most that a picture may have: bytes, and pixels once it is unpacked."""
_LEAST = 64  # pixels of the shorter side; nothing is written on less
_LONGEST_SHAPE = 30  # times as long as wide
_KEPT, _KEPT_SHORTEST = 2560, 1472  # pixels of what is kept: twice what is searched for lines, see `finding`


class PictureError(ReadError):
    """The bytes are no picture that is read."""


def check_size(width: int, height: int) -> None:
    """Raises PictureError for a size in pixels that is not read."""
    shortest, longest = min(width, height), max(width, height)
    if width * height > MEGAPIXELS * 1_000_000:
        raise PictureError(Reason(Code.PICTURE_OF_TOO_MANY_PIXELS, megapixels=MEGAPIXELS))
    if shortest < _LEAST:
        raise PictureError(Reason(Code.PICTURE_TOO_SMALL, width=width, height=height))
    if longest > _LONGEST_SHAPE * shortest:
        raise PictureError(Reason(Code.PICTURE_TOO_LONG, width=width, height=height, times=_LONGEST_SHAPE))


def kept_size(width: int, height: int) -> tuple[int, int]:
    """The size in which a picture is kept: no larger than reading it needs."""
    factor = min(1.0, max(_KEPT / max(width, height), _KEPT_SHORTEST / min(width, height)))
    return max(1, round(width * factor)), max(1, round(height * factor))
