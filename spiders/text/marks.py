"""What a line of markup was: a heading, an item of a list, a row of a table, a quotation.

While markup is taken apart, each line carries its mark as its first character: a noncharacter of Unicode, which no text
may hold (The Unicode Standard, 23.7). :func:`unmarked` takes it off again.
"""

from __future__ import annotations

import re
from typing import Literal

Mark = Literal["", "h1", "h2", "h3", "h4", "h5", "h6", "bold", "item", "row", "quote"]
_MARKS: tuple[Mark, ...] = ("", "h1", "h2", "h3", "h4", "h5", "h6", "bold", "item", "row", "quote")
_BASE = 0xFDD0
_ANY = re.compile("[\ufdd0-\ufdef]")
NO_MARKS = re.compile("[\ufdd0-\ufdef]+")


def sign(mark: Mark) -> str:
    """The character that stands for a mark."""
    return chr(_BASE + _MARKS.index(mark))


def is_sign(piece: str) -> bool:
    return len(piece) == 1 and _ANY.match(piece) is not None


def unmarked(line: str) -> tuple[str, Mark]:
    """A line without its signs, and the last of them: the innermost element is what the line is."""
    if not _ANY.search(line):
        return line, ""
    found = _ANY.findall(line)
    return _ANY.sub("", line), _MARKS[min(ord(found[-1]) - _BASE, len(_MARKS) - 1)]
