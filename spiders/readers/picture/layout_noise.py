"""What stands on a screen or a sheet around what is told: the bar with the clock, stamps of messages, buttons."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.readers.picture.layout_pieces import Piece, rows_overlap
from spiders.text.glyphs import normalize

_CLOCK = re.compile(r"\W*(?:上午|下午)?\s?\d{1,2}:\d\d(?:\s?[AP]M)?\W*", re.IGNORECASE)
_BAR = re.compile(r"(?:\d{1,3}\s?%?|[45]G|LTE|WI-?FI|HD|VO|KB/S|K/S|中国\w{2}|\W|\d+\.\d)+", re.IGNORECASE)
_TOP, _LOW = 0.06, 0.045  # of the height of a picture: where a bar stands, and how high its letters are at most
_STAMP = re.compile(
    r"\W*(?:(?:今天|昨天|前天|yesterday|today|(?:星期|周)[一二三四五六日天]|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|(?:20\d\d[年/.-])?\d{1,2}[月/.-]\d{1,2}日?)\s?,?\s?)?(?:上午|下午|晚上|凌晨|早上|中午)?\s?\d{1,2}:\d\d(?:\s?[AP]M)?\W*",
    re.IGNORECASE,
)
_AGO = re.compile(
    r"\W*(?:\d{1,2}|刚)\s?(?:分钟|小时|天|周|个月)?(?:前|刚)\W*|\W*\d{1,2}\s?(?:min(?:ute)?s?|h(?:ou)?rs?|days?)\sago\W*",
    re.IGNORECASE,
)
_POSTED = re.compile(
    r"(?:编辑|发布|发表|更新|edited|posted)\s?(?:于|on|at)?\s?:?.{0,20}\d|^(?:\d{1,2}-\d{1,2}|昨天|前天)\s\S{2,8}$",
    re.IGNORECASE,
)


def without_noise(pieces: Sequence[Piece], width: float, height: float) -> tuple[list[Piece], bool, bool]:
    """The pieces without those of the screen around them, whether it is a picture of a screen, and of a chat."""
    bar = _status_bar(pieces, width, height)
    rest = [piece for piece in pieces if piece not in bar]
    stamps = _stamps(rest, width, screen=bool(bar))
    kept = [piece for piece in rest if piece not in stamps and not _is_posted(piece, screen=bool(bar))]
    return kept, bool(bar or stamps), bool(stamps)


def _status_bar(pieces: Sequence[Piece], width: float, height: float) -> list[Piece]:
    """The row at the very top that begins with a clock, in small letters, and holds nothing but signs of a phone."""
    if height < width:
        return []
    top = [piece for piece in pieces if piece.centre <= _TOP * height]
    for clock in top:
        if not _CLOCK.fullmatch(clock.normalized) or clock.height > _LOW * height:
            continue
        row = [piece for piece in top if rows_overlap(piece.box, clock.box) > 0.3]
        higher = [piece for piece in pieces if piece.box.bottom < clock.box.top]
        if not higher and all(_BAR.fullmatch(piece.normalized) for piece in row if piece is not clock):
            return row
    return []


def _stamps(pieces: Sequence[Piece], width: float, *, screen: bool) -> list[Piece]:
    """The clocks between the messages of a chat: alone in the middle of their row, smaller than what is written."""
    if not pieces:
        return []
    usual = sorted(piece.height for piece in pieces)[len(pieces) // 2]
    found = [
        piece
        for piece in pieces
        if _STAMP.fullmatch(piece.normalized)
        and abs(piece.middle - width / 2) <= 0.06 * width
        and piece.height < usual
        and not any(rows_overlap(other.box, piece.box) > 0.3 for other in pieces if other is not piece)
    ]
    return found if screen or len(found) > 1 else []


def _is_posted(piece: Piece, *, screen: bool) -> bool:
    """Whether a line says when a post was written: "2小时前"; on a screen also "编辑于 04-06"."""
    plain = normalize(piece.text)
    return _AGO.fullmatch(plain) is not None or (screen and _POSTED.search(plain) is not None)
