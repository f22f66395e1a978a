"""Pieces: written lines as the layout handles them, with their places, and how they lie to each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from spiders.readers.picture.misread import repaired
from spiders.readers.picture.seen import Box, Line
from spiders.text.glyphs import normalize, visible
from spiders.text.marks import NO_MARKS

UNSURE = 0.6
"""A character that was read with less confidence may be another."""
_TWO_COLONS = re.compile(r"\d[:：](?=[:：]\d)")
_SPACE = re.compile(r"\s")
_HAN = re.compile(r"[\u3040-\u9fff]")
_HAN_MARK = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One written line, or several that are one. ``height`` is that of its letters in pixels.

    ``unsure`` are the places in ``text`` whose character was read with little confidence, ``mended`` those at which a
    letter stood where only a digit makes sense. ``parts`` says what a piece of a time tells (``layout_times``).
    """

    text: str
    box: Box
    height: float
    score: float = 1.0
    vertical: bool = False
    unsure: frozenset[int] = frozenset()
    mended: frozenset[int] = frozenset()
    parts: frozenset[str] = frozenset()

    @property
    def normalized(self) -> str:
        return normalize(self.text)

    @property
    def middle(self) -> float:
        return (self.box.left + self.box.right) / 2

    @property
    def centre(self) -> float:
        return (self.box.top + self.box.bottom) / 2


def pieces_of(lines: Iterable[Line]) -> list[Piece]:
    """The lines of a picture as pieces, in an order that their places alone decide; what holds no word is left out."""
    made = [piece for line in lines if (piece := _piece(line)) is not None]
    return sorted(made, key=lambda piece: (piece.box.top, piece.box.left, piece.box.right, piece.text))


def _piece(line: Line) -> Piece | None:
    kept = [
        (" " if _SPACE.match(sign) else sign, share)
        for sign, share in zip(line.text, line.chars or (line.score,) * len(line.text), strict=False)
        if (_SPACE.match(sign) or visible(sign)) and not NO_MARKS.match(sign)
    ]
    first = next((number for number, (sign, _) in enumerate(kept) if sign != " "), 0)
    text = "".join(sign for sign, _ in kept).rstrip()[first:]
    if not re.search(r"\w", text) or line.box.height <= 0 or line.height <= 0:
        return None
    shares = [share for _, share in kept][first:]
    while (twice := _TWO_COLONS.search(text)) is not None:
        text, shares = (
            text[: twice.end()] + text[twice.end() + 1 :],
            [*shares[: twice.end()], *shares[twice.end() + 1 :]],
        )
    text, mended = repaired(text)
    unsure = frozenset(at for at, share in enumerate(shares[: len(text)]) if share < UNSURE)
    return Piece(
        text=text, box=line.box, height=line.height, score=line.score, vertical=line.vertical,
        unsure=unsure, mended=mended,
    )  # fmt: skip


def around(boxes: Iterable[Box]) -> Box:
    """The smallest box around others."""
    every = list(boxes)
    return Box(
        left=min(one.left for one in every), top=min(one.top for one in every),
        right=max(one.right for one in every), bottom=max(one.bottom for one in every),
    )  # fmt: skip


def joined(pieces: Sequence[Piece], between: str | None = None) -> Piece:
    """Several pieces as one, in this order; ``between`` them a space where none of them is Chinese, unless given."""
    whole = pieces[0]
    for piece in pieces[1:]:
        gap = between if between is not None else glue(whole.text, piece.text)
        shift = len(whole.text) + len(gap)
        whole = replace(
            whole,
            text=f"{whole.text}{gap}{piece.text}",
            box=around((whole.box, piece.box)),
            height=max(whole.height, piece.height),
            score=min(whole.score, piece.score),
            unsure=whole.unsure | {at + shift for at in piece.unsure},
            mended=whole.mended | {at + shift for at in piece.mended},
            parts=whole.parts | piece.parts,
        )
    return whole


def glue(before: str, behind: str) -> str:
    """What stands between the parts of a wrapped line: nothing in Chinese, a space elsewhere."""
    return "" if _HAN_MARK.match(before[-1:]) and _HAN_MARK.match(behind[:1]) else " "


def is_han(text: str) -> bool:
    return _HAN.search(text) is not None


def overlap(first: tuple[float, float], second: tuple[float, float]) -> float:
    """How much of the shorter of two stretches the other covers: 0 to 1."""
    shorter = min(first[1] - first[0], second[1] - second[0])
    shared = min(first[1], second[1]) - max(first[0], second[0])
    return max(0.0, shared / shorter) if shorter > 0 else 0.0


def rows_overlap(first: Box, second: Box) -> float:
    """How much of the lower of two boxes lies beside the other."""
    return overlap((first.top, first.bottom), (second.top, second.bottom))


def columns_overlap(first: Box, second: Box) -> float:
    """How much of the narrower of two boxes lies above or below the other."""
    return overlap((first.left, first.right), (second.left, second.right))


def gap_beside(first: Box, second: Box) -> float:
    """The room between two boxes from left to right; 0 where they overlap."""
    return max(0.0, second.left - first.right, first.left - second.right)


def gap_below(first: Box, second: Box) -> float:
    """The room between two boxes from top to bottom; 0 where they overlap."""
    return max(0.0, second.top - first.bottom, first.top - second.bottom)
