"""Which line is the place: what reads as one near the time, or what stands beside it in the same letters."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spiders.readers.announcement.venues import is_venue, reads_as_place
from spiders.readers.announcement.vocabulary import says
from spiders.readers.picture.layout_pieces import (
    Piece,
    columns_overlap,
    gap_below,
    gap_beside,
    is_han,
    rows_overlap,
)
from spiders.readers.picture.layout_times import is_label, parts_of
from spiders.readers.picture.seen import Box
from spiders.text.glyphs import normalize
from spiders.text.price import read_price
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind

_KINDS = (
    r"rooms?|rm|halls?|labs?|laboratory|auditorium|aula|theatre|theater|building|bldg|library|cent(?:er|re)|house|hotel|campus|"
    r"stadium|grounds?|arena|amphitheat(?:er|re)|gallery|museum|church|park|plaza|square|gym|studio|cafe|café|bar|pub|inn|"
    r"clubhouse|university|college|school|institute|street|road|rd|avenue|ave|lane|drive|boulevard|blvd|floor|courtyard|"
    r"gardens?|pavilion|tower|court|terrace|station|ballroom|atrium|lounge|foyer|lobby|quad|field|beach|bridge|pier|hub"
)
_LATIN = re.compile(rf"\b(?:{_KINDS})\b\.?|\b\d{{1,4}}\s(?:\w+\s){{1,3}}st\b", re.IGNORECASE)
_NUMBERED_ROOM = re.compile(r"[A-Z][\w'.-]*(?:\s[A-Z][\w'.-]*){0,2}\s[A-Z]{0,3}\d{1,4}[A-Z]?")
_ROOM_HAN = re.compile(r"^[\u4e00-\u9fff]{1,8}\s?-?[A-Za-z]{0,2}-?\d{2,4}(?:-\d{1,4})?室?$")
_ONLINE = re.compile(r"\b(?:zoom|online|teams|webinar|livestream|youtube)\b|线上|腾讯会议|直播", re.IGNORECASE)
_NONE = re.compile(
    r"https?:|www\.|@\w|\w@|[$£€₹¥￥]|\bfree\b|\btickets?\b|\bregister|\brsvp\b|\bsign\s?up|\bpresent(?:s|ed)\b|\bby\b|\bwith\b|"
    r"\bhosted|\bsponsor|\bspeakers?\b|\bprof\b|\bdr\b|\bdoors\b|主[办讲持]|承办|协办|嘉宾|报名|扫码|教授|老师|免费|元|欢迎|票",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[。！？!?]|\.\s+\w|\.$")
_ICON = re.compile(r"^(?:[^\w\s(（]|[\dOoQ©®♀][\s:：]?)(?=[\u4e00-\u9fff])|^[^\w\s(（]\s?")
_MARK = re.compile(r"[\s)）]*[|·@•/]\s*")
_CUT = re.compile(r"\s*[|·•]\s*")
_TELLS = {Kind.DATE, Kind.DAY, Kind.WEEKDAY, Kind.TIME}
_NEAR, _ASIDE, _LONGEST = 3.0, 6.0, 60  # heights below or above, heights beside, characters
_TOUCHING = 1.3  # heights between a time and what stands with it
_SAME = 1.35  # times as high at most


def place_of(times: Sequence[Piece], pieces: Sequence[Piece], *, by_shape: bool = False) -> Piece | None:
    """The line that tells the place of what ``times`` show: none where no line near them does. ``by_shape``: only what
    reads as a place, not what stands with a time."""
    free = [piece for piece in pieces if piece not in times and _may_be(piece)]
    shaped = [piece for piece in free if looks_like_place(piece.text)]
    told = [(distance, piece) for piece in shaped for time in times if (distance := _distance(time, piece)) is not None]
    if told or by_shape:
        return min(told, key=lambda one: one[0])[1] if told else None
    beside = [
        (distance, piece)
        for piece in free
        for time in times
        if (distance := _distance(time, piece)) is not None and distance <= _TOUCHING and _stands_with(time, piece)
    ]
    if beside:
        return min(beside, key=lambda one: one[0])[1]
    return shaped[0] if len(shaped) == 1 else None


def stands_near(words: str, times: Sequence[Piece], blocks: Sequence[Sequence[Piece]]) -> bool:
    """Whether words are a line of their own near one of the times, that names no event."""
    lines = [piece for block in blocks for piece in block if words in piece.text and len(piece.text) <= len(words) + 4]
    return any(
        _may_be(line) and not says("noun", line.normalized) and _distance(time, line) is not None
        for line in lines
        for time in times
    )


def behind_time(text: str) -> tuple[int, int] | None:
    """Where on the line of a time its place stands, set off behind it: ``Thursday 5 PM | Gates 104``."""
    tokens = [token for token in scan(normalize(text)) if token.kind in _TELLS]
    mark = _MARK.match(normalize(text), tokens[-1].end) if tokens else None
    if mark is None:
        return None
    words = _CUT.split(text[mark.end() :])[0].strip()
    bare = Piece(text=words, box=Box(left=0, top=0, right=1, bottom=1), height=1) if words else None
    return (mark.end(), mark.end() + len(words)) if bare is not None and _may_be(bare) else None


def looks_like_place(text: str) -> bool:
    """Whether a line is nothing but a place, by the kind of venue, room or street that it names."""
    bare = without_icon(text)
    if _ONLINE.search(bare):
        return False
    if is_han(bare):
        return is_venue(bare) or reads_as_place(bare) or _ROOM_HAN.match(normalize(bare)) is not None
    named = _LATIN.search(bare) and re.search(r"[A-Z\d]|,", bare)
    return len(bare.split()) <= 10 and bool(named)


def reads_as_room(text: str) -> bool:
    """Whether words that are set off behind a time are its place: one by its kind, or a name and a number."""
    return looks_like_place(text) or _NUMBERED_ROOM.fullmatch(text.strip()) is not None


def without_icon(text: str) -> str:
    """A line without the sign of a place before it, that is often read as a digit or a letter."""
    match = _ICON.match(text)
    return text[match.end() :].strip() if match is not None else text


def _may_be(piece: Piece) -> bool:
    plain = normalize(piece.text)
    if piece.vertical or piece.parts or parts_of(piece.text) or not 2 <= len(plain) <= _LONGEST:
        return False
    if _NONE.search(plain) or _SENTENCE.search(piece.text) or is_label(piece.text):
        return False
    return read_price(piece.text) is None and re.search(r"[^\W\d_]{2}|[A-Z]\d", plain) is not None


def _distance(time: Piece, piece: Piece) -> float | None:
    """How far a line stands from a time, in heights of its letters; None where it does not belong to it."""
    height = max(piece.height, 0.6 * time.height)
    if rows_overlap(time.box, piece.box) > 0.4:
        gap = gap_beside(time.box, piece.box) / height
        return 0.5 + gap / 2 if gap <= _ASIDE else None
    aligned = columns_overlap(time.box, piece.box) > 0.2 or abs(time.box.left - piece.box.left) <= 2 * height
    gap = gap_below(time.box, piece.box) / height
    above = piece.centre < time.centre
    return gap + 0.4 * above if aligned and gap <= _NEAR else None


def _stands_with(time: Piece, piece: Piece) -> bool:
    """Whether a line below or beside a time is written in its letters, and is short."""
    small, large = sorted((time.height, piece.height))
    below = piece.box.top >= time.centre
    short = len(piece.text) <= (24 if is_han(piece.text) else 44)
    return large <= _SAME * small and below and short and not says("noun", normalize(piece.text))
