"""From lines with boxes to a page: its title, and its lines in reading order with what their places say of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from spiders.readers.announcement.vocabulary import says
from spiders.readers.picture.layout_noise import without_noise
from spiders.readers.picture.layout_order import Block, in_order
from spiders.readers.picture.layout_pieces import Piece, is_han, joined, pieces_of
from spiders.readers.picture.layout_places import place_of
from spiders.readers.picture.layout_times import (
    SIGNS_UP,
    in_rows,
    is_aside,
    is_label,
    parts_of,
    with_times_joined,
    without_signing_up,
)
from spiders.readers.picture.layout_title import title_of
from spiders.readers.picture.seen import Code, Seen
from spiders.text.price import read_price
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind

_LONG = 7.0  # heights: a line that is shorter is not wrapped
_OPEN = re.compile(r"(?:[-~至到于在(]|\b(?:to|at|on|from|until|till|and))\s*$", re.IGNORECASE)
_LARGE, _SHOWN = 1.1, 60  # times the usual height, and characters at most, of a line that shows a time and more
_LEAST, _LEAST_HAN = 22, 10  # characters of a line that is wrapped
_HEAD = 6  # characters at the beginning of a line that say what it is for
_PRICE = 20  # characters of a line that tells a price
_INSET = 0.3  # heights that a bubble is set in under the name of who speaks
_SPEAKER = 12  # characters of a name in a chat
_CROWDED = 300  # lines: a sheet with more is read from the top down, and shows no time
_FULL = 0.7  # of the width of its block: what a line that is wrapped fills at least
_BEGINS = re.compile(
    r"^\W*(?:[-·•●◆■▪*>【]|\(?\d{1,2}[.、)]|[一二三四五六七八九十]{1,2}、)"
    r"|^(?:[\u4e00-\u9fff]{2,8}|[A-Za-z][\w /]{1,14}?)\s?[:：]"
)
_ENDED = re.compile(r"[。.!！?？:：;；]\W{0,2}$")


@dataclass(frozen=True, slots=True)
class Page:
    """What a picture says, in the order in which it is read.

    ``title`` are the lines of its title; ``blocks`` all others. ``times`` are the lines that are nothing but a time and
    stand under no label that says whose else it is; ``place`` is the line that tells their place. ``usual`` is the
    height of most letters; ``screen`` says that it is a picture of a screen, ``chat`` that clocks of messages stood in
    it, ``message`` that it is one of several on a screen.
    """

    title: tuple[Piece, ...]
    blocks: tuple[tuple[Piece, ...], ...]
    times: tuple[Piece, ...]
    place: Piece | None
    usual: float
    codes: tuple[Code, ...]
    screen: bool
    chat: bool = False
    message: bool = False

    @property
    def headline(self) -> str:
        """The title on one line; empty where there is none."""
        return joined(self.title).text if self.title else ""


def page_of(seen: Seen) -> Page:
    """The page of a picture; the order in which its lines were found plays no part."""
    pieces, screen, chat = without_noise(pieces_of(seen.lines), seen.width, seen.height)
    crowded = len(pieces) > _CROWDED
    timed = pieces if crowded else with_times_joined(pieces)
    blocks = [Block((piece,)) for piece in in_rows(pieces)] if crowded else in_order(timed)
    usual = usual_height([piece for block in blocks for piece in block.pieces])
    title = title_of(blocks, seen.width, seen.height, usual, screen=screen)
    rest = [_without(block, title) for block in blocks]
    lines = [(_unwrapped(block), block.table) for block in rest if block.pieces]
    times = tuple(
        piece
        for block, table in lines
        for piece in block
        if not table and _is_shown(piece, usual) and not is_aside(piece, timed)
    )
    times = without_signing_up(_without_slots(times), timed)
    lines = _with_hours_by_their_day(lines, times)
    place = place_of(times, [piece for block, table in lines for piece in block if not table], by_shape=screen)
    return Page(title, tuple(block for block, _ in lines), times, place, usual, seen.codes, screen, chat)


def _with_hours_by_their_day(
    lines: list[tuple[tuple[Piece, ...], bool]], times: Sequence[Piece]
) -> list[tuple[tuple[Piece, ...], bool]]:
    """Where one day is shown without hours, and one line alone begins with hours: that line right behind the day."""
    days = [piece for piece in times if "date" in piece.parts]
    told = [piece for block, _ in lines for piece in block if _begins_with_hours(piece)]
    if len(days) != 1 or "hours" in days[0].parts or len(told) != 1:
        return lines
    moved: list[tuple[tuple[Piece, ...], bool]] = []
    for block, table in lines:
        kept = [piece for piece in block if piece is not told[0]]
        at = next((number for number, piece in enumerate(kept) if piece is days[0]), None)
        if at is not None:
            kept.insert(at + 1, told[0])
        moved += [(tuple(kept), table)] if kept else []
    return moved


def _begins_with_hours(piece: Piece) -> bool:
    """Whether a line begins with hours from which and to which."""
    tokens = list(scan(piece.normalized))[:3]
    return [token.kind for token in tokens] == [Kind.TIME, Kind.RANGE, Kind.TIME] and tokens[0].start <= 2


def messages_of(page: Page) -> list[Page]:
    """Each message of a chat or a post as a page of its own, for a screen whose letters are all of one size."""
    if not page.screen or page.title or len(page.blocks) < 2:
        return []
    said = [_without_speaker(block) for block in page.blocks]
    return [
        Page(
            block[:1], (block[1:],) if block[1:] else (), (), None, page.usual, page.codes, screen=True, chat=page.chat
        )
        for block in said
    ]


def _without_speaker(block: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """A message without the name above it: a few letters over a line that is much longer."""
    if len(block) < 2 or len(block[0].text) > _SPEAKER or says("noun", block[0].normalized):
        return block
    inset = block[1].box.left - block[0].box.left >= _INSET * block[1].height
    return block[1:] if inset or len(block[1].text) >= 2 * len(block[0].text) else block


def usual_height(pieces: Sequence[Piece]) -> float:
    """The height of the letter that stands in the middle of all of them."""
    heights = sorted(height for piece in pieces for height in [piece.height] * len(piece.text))
    return heights[len(heights) // 2] if heights else 1.0


def _is_shown(piece: Piece, usual: float) -> bool:
    """Whether a line shows a time: it tells nothing else, or begins with its day in letters larger than most."""
    if piece.parts & {"date", "weekday", "hours", "rule"}:
        return "month" not in piece.parts
    large = piece.height >= _LARGE * usual and len(piece.text) <= _SHOWN
    return large and _begins_with_time(piece)


def _without_slots(times: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Without hours that stand alone more than once: the slots of a programme are no time of the whole."""
    hours = [piece for piece in times if piece.parts == {"hours"}]
    return times if len(hours) < 2 else tuple(piece for piece in times if piece not in hours)


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
            lines[-1] = replace(joined((lines[-1], piece)), parts=frozenset())
        else:
            lines.append(piece)
    return tuple(lines)


def _begins_with_time(piece: Piece) -> bool:
    """Whether a line begins with a day or an hour: the next entry of a list."""
    first = next(scan(piece.normalized), None)
    return first is not None and first.start <= 2 and first.kind in {Kind.DATE, Kind.TIME, Kind.WEEKDAY}


def _goes_on(before: Piece, piece: Piece, left: float, right: float) -> bool:
    """Whether a line is the rest of the one before it, that runs to the right edge of the block: its first word had
    no room there."""
    if _OPEN.search(before.normalized) and _begins_with_time(piece):
        return True
    if _stands_for_itself(piece) or before.parts or is_label(before.text):
        return False
    if abs(piece.box.left - left) > 1.5 * piece.height or right - left < _LONG * piece.height:
        return False
    ended = _ENDED.search(before.text) and not is_han(before.text)
    least = _LEAST_HAN if is_han(before.text) else _LEAST
    if ended or before.box.width < _FULL * (right - left) or len(before.text) < least:
        return False
    first = piece.text.split(" ")[0]
    one = piece.box.width / max(1, len(piece.text))
    room = right - before.box.right
    return room < (1.2 if is_han(first[:1]) else len(first) + 1) * one + 0.5 * piece.height


def _stands_for_itself(piece: Piece) -> bool:
    """Whether a line begins something: an item, a field, a time, a price."""
    told = bool(piece.parts) or _begins_with_time(piece) or bool(parts_of(piece.text))
    told = told or SIGNS_UP.search(piece.normalized[:_HEAD]) is not None
    return told or _BEGINS.match(piece.normalized) is not None or _tells_price(piece)


def _tells_price(piece: Piece) -> bool:
    return len(piece.text) <= _PRICE and read_price(piece.text) is not None
