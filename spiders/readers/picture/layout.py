"""From lines with boxes to a page: its title, and its lines in reading order with what their places say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spiders.readers.picture.layout_noise import without_noise
from spiders.readers.picture.layout_order import Block, in_order
from spiders.readers.picture.layout_pieces import Piece, glue, is_han, joined, pieces_of
from spiders.readers.picture.layout_times import is_aside, is_label, parts_of, with_times_joined
from spiders.readers.picture.layout_title import title_of
from spiders.readers.picture.seen import Code, Seen

_LONG = 7.0  # heights: a line that is shorter is not wrapped
_BEGINS = re.compile(r"^\W*(?:[-·•●◆■▪*>]|\(?\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}、)|^[^\s:：]{2,8}[:：]")
_ENDED = re.compile(r"[。.!！?？:：;；]\W{0,2}$")


@dataclass(frozen=True, slots=True)
class Page:
    """What a picture says, in the order in which it is read.

    ``title`` are the lines of its title; ``blocks`` all others. ``times`` are the lines that are nothing but a time and
    stand under no label that says whose else it is. ``screen`` says that it is a picture of a screen.
    """

    title: tuple[Piece, ...]
    blocks: tuple[tuple[Piece, ...], ...]
    times: tuple[Piece, ...]
    codes: tuple[Code, ...]
    screen: bool

    @property
    def headline(self) -> str:
        """The title on one line; empty where there is none."""
        return joined(self.title).text if self.title else ""


def page_of(seen: Seen) -> Page:
    """The page of a picture; the order in which its lines were found plays no part."""
    pieces, screen = without_noise(pieces_of(seen.lines), seen.width, seen.height)
    timed = with_times_joined(pieces)
    blocks = in_order(timed)
    title = title_of(blocks, seen.width, seen.height, screen=screen)
    rest = [_without(block, title) for block in blocks]
    times = tuple(
        piece
        for block in rest
        for piece in block.pieces
        if piece.parts & {"date", "weekday", "hours", "rule"} and not block.table and not is_aside(piece, timed)
    )
    return Page(title, tuple(_unwrapped(block) for block in rest if block.pieces), times, seen.codes, screen)


def _without(block: Block, title: Sequence[Piece]) -> Block:
    return Block(tuple(piece for piece in block.pieces if piece not in title), block.table)


def _unwrapped(block: Block) -> tuple[Piece, ...]:
    """The lines of a block, those joined that one sentence or one value is wrapped over."""
    if block.table or any(piece.vertical for piece in block.pieces):
        return block.pieces
    right = max(piece.box.right for piece in block.pieces)
    left = min(piece.box.left for piece in block.pieces)
    lines: list[Piece] = []
    for piece in block.pieces:
        if lines and _goes_on(lines[-1], piece, left, right):
            lines[-1] = joined((lines[-1], piece), glue(lines[-1].text, piece.text))
        else:
            lines.append(piece)
    return tuple(lines)


def _goes_on(before: Piece, piece: Piece, left: float, right: float) -> bool:
    """Whether a line is the rest of the one before it, that runs to the right edge of the block: its first word had
    no room there."""
    if piece.parts or before.parts or is_label(before.text) or _BEGINS.match(piece.normalized) or parts_of(piece.text):
        return False
    if abs(piece.box.left - left) > 1.5 * piece.height or right - left < _LONG * piece.height:
        return False
    if _ENDED.search(before.text) and not is_han(before.text):
        return False
    first = piece.text.split(" ")[0]
    one = piece.box.width / max(1, len(piece.text))
    room = right - before.box.right
    return room < (1.2 if is_han(first[:1]) else len(first) + 1) * one + 0.5 * piece.height
