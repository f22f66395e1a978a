"""The pieces of a brief note, set apart by its marks, and which of them is its name and which its place.

What a piece is, its form decides: a mark before it ("@", "at", "地点："), an amount, the kind of venue at its end; of
what is left the first is the name, and the next its place.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from spiders.readers.announcement.english import is_greeting
from spiders.readers.announcement.titles import is_call, is_generic
from spiders.readers.announcement.venues import is_venue, reads_as_place
from spiders.readers.announcement.vocabulary import says
from spiders.text.glyphs import normalize
from spiders.text.price import read_price
from spiders.text.where import read_mode

TIME = "\x00"
"""Stands where the words of a time stood: pieces end there."""
_EDGES = " \t,，、;；:：—–-·｜|~#。.!！?？*【】"
_HAN = r"[\u4e00-\u9fff》」】）)]"
_CUT = re.compile(
    rf"[\n,，;；、|｜。{TIME}]|(?<=[!！?？])|(?<=[\w)])\.(?:\s|$)|\s[-–—·]+\s|(?<={_HAN})\s+|\s+(?=[\u4e00-\u9fff《「【])"
    r"|(?=@)|(?=\b(?:at|from)\s+\S)|(?=(?:地点|地址|集合地)\s?[:：])|(?=\b(?:where|venue|location)\s?:)",
    re.IGNORECASE,
)
_MARK = re.compile(
    r"^(?:@|(?:at|from|in)\s+|(?:地点|地址|集合地|where|venue|location)\s?[:：]\s?|(?:就?在|去|到)(?=[\u4e00-\u9fff]))\s*",
    re.IGNORECASE,
)
_LEFT_OVER = re.compile(r"\s+(?:on|at|from|in|by|-)$|^(?:on|and)\s+|(?:[在于@])$", re.IGNORECASE)
_ADDRESS = re.compile(
    r"^\d+[A-Za-z]?\s+\S|^(?:room|floor|unit|suite|level)\s+\w|.*[\u4e00-\u9fff]{2,}\d+(?:号|弄|层|楼|室|$)",
    re.IGNORECASE,
)
_UNIT = r"(?:[/一每]\S{1,3}|元\S{0,3}|块\S{0,3}|each|pp|drop in)"
_AMOUNT = re.compile(
    rf"^(?:(?:[$￥¥£€]|每人|人均|一人|约)\s?\d+(?:\.\d\d)?\s*{_UNIT}?|\d+(?:\.\d\d)?\s*{_UNIT}|aa\s?\d*)$",
    re.IGNORECASE,
)
_FEW = 2


@dataclass(frozen=True, slots=True)
class Told:
    """What the pieces of a note tell: the name, and the place as it is written. None where it is not told."""

    name: str | None
    place: str | None


@dataclass(frozen=True, slots=True)
class _Piece:
    words: str
    led: bool  # a mark before it says that it is a place
    called: bool  # it is called out: "You're invited!"

    @property
    def is_place(self) -> bool:
        return (
            self.led or is_venue(self.words) or (reads_as_place(self.words) and not says("noun", normalize(self.words)))
        )


def told_by(note: str, times: Iterable[tuple[int, int]], *, chat: bool = False) -> Told:
    """``times``: where words of times stand in ``note``, which are no part of names and places. In a ``chat`` what
    names nothing is an answer, and the name stands with the time: "周五一起吃饭吧"."""
    bare = note
    for start, stop in sorted(times, reverse=True):
        bare = bare[:start] + TIME + bare[stop:]
    pieces = [piece for raw in _CUT.split(bare) if (piece := _piece(raw)) is not None]
    if not pieces:
        return Told(None, None)
    chosen = _chosen(pieces, _beside_time(bare) if chat else frozenset())
    return Told(
        _name(pieces[chosen].words), _place([piece for at, piece in enumerate(pieces) if at != chosen], pieces[chosen])
    )


def _chosen(pieces: Sequence[_Piece], beside: Collection[str]) -> int:
    """The number of the piece that is the name."""
    names = [number for number, piece in enumerate(pieces) if not piece.is_place]
    calling = [number for number in names if says("noun", normalize(pieces[number].words))]
    near = [number for number, piece in enumerate(pieces) if piece.words in beside and not piece.led]
    plain = [number for number in names if not pieces[number].called]
    return next(iter(calling or near or plain or names), 0)


def _beside_time(bare: str) -> frozenset[str]:
    """The words that stand in one clause with a time."""
    clauses = [clause for clause in re.split(r"[\n,，;；。!！?？]", bare) if TIME in clause]
    pieces = [_piece(raw) for clause in clauses for raw in _CUT.split(clause)]
    return frozenset(piece.words for piece in pieces if piece is not None)


def _piece(raw: str) -> _Piece | None:
    """A piece without the marks around it; None for what is a price, a greeting, a call, or a way to watch."""
    words = raw.strip(_EDGES)
    mark = _MARK.match(words)
    bare = words[mark.end() :] if mark is not None else words
    while (left := _LEFT_OVER.search(bare)) is not None:
        bare = (bare[: left.start()] if left.start() else bare[left.end() :]).strip(_EDGES)
    if len(bare) < _FEW or not re.search(r"[^\W\d_]", bare) or _is_aside(bare):
        return None
    called = raw.rstrip().endswith(("!", "！")) or (says("call", bare) and not says("noun", normalize(bare)))
    return _Piece(bare, mark is not None, called)


def _is_aside(words: str) -> bool:
    normalized = normalize(words)
    if normalized.startswith("(") and normalized.endswith(")"):
        return True
    if is_greeting(normalized) or is_call(words) or is_generic(words) or _AMOUNT.match(normalized):
        return True
    if ":" not in normalized and read_mode(normalized, place=False) == "online" and not says("noun", normalized):
        return True
    if says("noun", normalized):
        return False
    return says("detail", normalized) or read_price(words) is not None


def _name(words: str) -> str:
    """A name without a call before it: "Reminder: …"."""
    label = re.match(r"^([^:：]{2,12})\s?[:：]\s*(?=\S{3})", words)
    if label is not None and (is_call(label[1]) or not says("noun", normalize(label[1]))):
        words = words[label.end() :]
    return re.sub(r"^的|^(?:各位|大家)", "", words).strip(_EDGES)


_BEFORE_A_NAME = re.compile(
    r"^(?:(?:各位|大家|hey|hi|hello)[^，,]{0,8}[，,]\s*|[那这]个|[本这下]?(?:周|星期)[一二三四五六日天]的"
    r"|(?:so,?\s+)?(?:(?:are|is)\s(?:we|you|it)\s)?still\son\sfor\s+)",
    re.IGNORECASE,
)
_AFTER_A_NAME = re.compile(
    r"(?:照常(?:举[办行]|进行)?|照旧|不变|如期(?:举[办行])?|定了[吗没么]?|确定了|\s+(?:is|are)\s(?:still\s|now\s)?"
    r"(?:on|confirmed|happening))\W*$",
    re.IGNORECASE,
)


def without_talk(title: str) -> str:
    """A name without what people say around it in a chat: whom they speak to, and that it stands."""
    bare = _AFTER_A_NAME.sub("", title)
    while (said := _BEFORE_A_NAME.match(bare)) is not None:
        bare = bare[said.end() :]
    return bare.strip(_EDGES) if len(bare.strip(_EDGES)) >= _FEW else title


def _place(others: Sequence[_Piece], name: _Piece) -> str | None:
    """The piece that a mark or its form shows to be a place, with the address behind it; else what stands behind the
    name."""
    if name.led:
        return name.words
    at = next((number for number, piece in enumerate(others) if piece.led), None)
    if at is None:
        at = next((number for number, piece in enumerate(others) if piece.is_place), None)
    if at is None:
        at = next(
            (
                number
                for number, piece in enumerate(others)
                if not (piece.called or says("noun", normalize(piece.words)))
            ),
            None,
        )
    if at is None and len(others) == 1 and not others[0].called:
        at = 0
    if at is None:
        return None
    found = [others[at].words]
    for piece in others[at + 1 :]:
        if not _ADDRESS.match(piece.words):
            break
        found.append(piece.words)
    return ", ".join(found)
