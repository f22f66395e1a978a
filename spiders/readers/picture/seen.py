"""What is seen in a picture: written lines with their places, and codes. Values only; nothing is imported for them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """An upright rectangle: pixels from the left and the upper edge of the picture as it is looked at (the right way
    up, in its full size). ``right`` and ``bottom`` are exclusive."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One written line. ``box`` encloses it; ``height`` is that of its letters with the room around them in pixels,
    also where the line is slanted; of a ``vertical`` line (read from the top down) it is the breadth.

    ``score`` (0 to 1) is how sure the reading is on the whole, ``chars`` how sure it is of each character of ``text``.
    """

    text: str
    box: Box
    height: float
    score: float
    chars: tuple[float, ...]
    vertical: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """What a code (``form``: "QRCode", "EAN13" ...) says, as it says it: text of others, and nothing is opened."""

    text: str
    form: str
    box: Box


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One picture, or one page: its size in pixels, its lines as they were found (in no order that means anything) and
    its codes. ``turned`` says by how many degrees clockwise it had to be turned to be read, after its own EXIF word.
    ``left_out`` lines were found and not read, since there was too much on it. A PDF has ``pages``, all others one."""

    width: int
    height: int
    lines: tuple[Line, ...] = ()
    codes: tuple[Code, ...] = ()
    turned: int = 0
    left_out: int = 0
    pages: int = 1
