"""One spelling for many glyphs: what the eye reads as the same becomes the same, at the same place.

Announcements mix full-width and half-width forms, Kangxi radicals (a PDF's 6⽉17⽇), a dozen dashes and traditional
characters. :func:`normalize` maps each character to exactly one other, so that positions in the normalized text are
positions in the original: a reader matches on the normalized text and quotes the original.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\U000e0000-\U000e007f]+")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]+")
_LINE_END = re.compile("\r\n?|[\x85\u2028\u2029]")

# Blocks whose characters have a compatibility form of one character (UAX 15): full-width, radicals, circled and
# mathematical letters and digits.
_BLOCKS = (
    (0x2000, 0x200B), (0x2070, 0x2095), (0x2460, 0x24EB), (0x2E80, 0x2FD6),
    (0x3000, 0x3040), (0x3200, 0x32FF), (0xFE30, 0xFE70), (0xFF01, 0xFFEF), (0x1D400, 0x1D800),
)  # fmt: skip
_BY_HAND = {
    "\u00a0": " ", "\u1680": " ", "*": " ", "`": " ", "\u2007": " ", "\u202f": " ",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-", "─": "-", "━": "-", "﹣": "-", "ー": "-",
    "〜": "~", "∼": "~", "∽": "~", "〰": "~", "˜": "~", "→": "~", "➡": "~", "➔": "~",
    "丨": "|", "∣": "|", "│": "|", "┃": "|", "︱": "|", "ǀ": "|", "¦": "|",
    "•": "·", "・": "·", "‧": "·", "∙": "·", "●": "·", "⋅": "·",
    "︰": ":", "∶": ":", "ː": ":", "‘": "'", "’": "'", "＇": "'",
}  # fmt: skip


@cache
def simplified() -> Mapping[int, str]:
    """Traditional characters and the simplified ones that our words are written with, for ``str.translate``."""
    with (Path(__file__).parent / "characters.toml").open("rb") as file:
        table = tomllib.load(file)
    return {ord(old): new for old, new in zip(table["traditional"], table["simplified"], strict=True)}


@cache
def _table() -> dict[int, str]:
    table: dict[int, str] = {}
    for low, high in _BLOCKS:
        for code in range(low, high):
            form = unicodedata.normalize("NFKC", chr(code))
            if len(form) == 1 and form != chr(code):
                table[code] = form
    table.update(simplified())
    table.update((ord(old), new) for old, new in _BY_HAND.items())
    return table


def visible(text: str) -> str:
    """The text without zero-width characters, direction marks and control characters; lines end in \\n."""
    if text.isascii():
        return _CONTROL.sub("", _LINE_END.sub("\n", text))
    return _CONTROL.sub("", _INVISIBLE.sub("", _LINE_END.sub("\n", text)))


def normalize(text: str) -> str:
    """The text in one spelling, character for character: ``len(normalize(text)) == len(text)``."""
    return text.translate(_table())
