"""Lines that are nothing but a time, and which of them are one: a day, its weekday and its hours, a day's number beside
its month."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from spiders.readers.announcement.fields import find_fields
from spiders.readers.announcement.vocabulary import says
from spiders.readers.picture.layout_pieces import (
    Piece,
    around,
    columns_overlap,
    gap_below,
    gap_beside,
    joined,
    rows_overlap,
)
from spiders.text.glyphs import normalize
from spiders.text.when.months import MONTH
from spiders.text.when.scanner import scan
from spiders.text.when.tokens import Kind

_TELLS: dict[Kind, str] = {
    Kind.DATE: "date", Kind.NTH: "date", Kind.DAY: "date", Kind.MONTH_DAYS: "date", Kind.WEEKDAY: "weekday",
    Kind.TIME: "hours", Kind.EVERY: "rule", Kind.MONTHLY: "rule", Kind.FORTNIGHTLY: "rule", Kind.WEEKEND: "weekday",
    Kind.MONTH: "month", Kind.YEAR: "year", Kind.RELATIVE: "date", Kind.PART: "part",
}  # fmt: skip
# What may stand with a time on a line that is nothing but a time.
_LIGHT = re.compile(
    r"(?:\b(?:from|for|to|at|on|the|of|and|till?|until|late|sharp|onwards?|starts?|starting|begins?|doors|opens?|open|ends?|"
    r"hours?|hrs|local|when|date|time|day|days?|st|nd|rd|th|this|next|in)\b|"
    r"(?:活动|演出|讲座|会议)?(?:时间|日期)|开始|开场|入场|开演|准时|正式|[整起止至到在于共天日号年月时分])+",
    re.IGNORECASE,
)
_DAY_NUMBER = r"[0-3]?\d(?:st|nd|rd|th)?"
_NUMBER = re.compile(rf"\W*{_DAY_NUMBER}(?:\s?(?:[,&、~-]|to|and)\s?{_DAY_NUMBER})*\W*", re.IGNORECASE)
_MONTH_ALONE = re.compile(rf"\W*(?:{MONTH}|\d{{1,2}}\s?月)\W*", re.IGNORECASE)
_YEAR_ALONE = re.compile(r"\W*20\d\d\s?年?\W*")
_ALONE = {"number": _NUMBER, "month": _MONTH_ALONE, "year": _YEAR_ALONE}
_TWO_SCRIPTS = re.compile(r"(?<=[\u4e00-\u9fff])(?=[A-Za-z])|(?<=[A-Za-z])(?=[\u4e00-\u9fff])")
_OPEN = re.compile(r"(?:[-~至到]|\b(?:to|till?|until))\s*$|^\s*(?:[-~至到]|(?:to|till?|until)\b)", re.IGNORECASE)
_ASIDE = 4.0  # heights between parts of one time side by side
_BELOW = 1.6  # and one below the other
SIGNS_UP = re.compile(r"报名|注册|预约|开票|售票|网申|投递|\bregist|\brsvp\b|\bsign\s?up\b|\bapply\b", re.IGNORECASE)
_WORD = 10  # characters
_MOST = 80  # times of one picture
_SLOTS = 3  # hours below each other are a programme
DAYS = frozenset({"date", "weekday", "rule"})


def parts_of(text: str) -> frozenset[str]:
    """What a line tells of a time where it tells nothing else; empty where it does.

    ``date``, ``weekday``, ``hours``, ``rule``; and what is a time only beside others: ``number``, ``month``, ``year``.
    """
    return _parts_of(normalize(text))


@lru_cache(maxsize=4096)
def _parts_of(plain: str) -> frozenset[str]:
    if len(plain) > 80:
        return frozenset()
    for part, pattern in _ALONE.items():
        if pattern.fullmatch(plain):
            return frozenset({part})
    plain = _without_label(plain)
    tokens = list(scan(plain))
    rest = plain
    for token in reversed(tokens):
        if token.kind in _TELLS or token.kind in {Kind.RANGE, Kind.LIST, Kind.UNTIL, Kind.ZONE, Kind.ROLE}:
            if token.kind == Kind.ROLE and token.data in {"deadline", "except", "skip", "past"}:
                return frozenset()
            rest = f"{rest[: token.start]} {rest[token.end :]}"
    if re.search(r"[^\W_]", _LIGHT.sub("", rest)):
        return frozenset()
    told = {_TELLS[token.kind] for token in tokens if token.kind in _TELLS}
    told -= {"part"} if told - {"part"} else set()
    return frozenset(told - {"part"})


def _without_label(plain: str) -> str:
    """A line without the label of a time before it: ``报告时间：…``."""
    fields = find_fields(plain)
    labelled = fields and fields[0].kind == "time" and not re.search(r"\w", plain[: fields[0].start])
    return plain[fields[0].value :] if labelled else plain


def with_times_joined(pieces: Sequence[Piece]) -> list[Piece]:
    """The pieces, those of one time joined to one; each that is nothing but a time tells its ``parts``."""
    told = [replace(piece, parts=parts_of(piece.text)) for piece in pieces]
    slots = _slots(told)
    single = [at for at, piece in enumerate(told) if piece.parts and at not in slots]
    if len(single) > _MOST:
        return told  # a calendar, or a table of departures
    clusters: dict[int, list[int]] = {at: [at] for at in single if not is_aside(told[at], told)}
    home = {at: at for at in clusters}
    pairs = sorted(
        (cost, one, other)
        for one in clusters
        for other in clusters
        if one < other and (cost := _cost(told[one], told[other], told)) is not None
    )
    for _, one, other in (*pairs, *pairs):  # a day that has its month now may take its weekday
        first, second = home[one], home[other]
        if first == second or not _complete_each_other(
            [told[at] for at in clusters[first]], [told[at] for at in clusters[second]]
        ):
            continue
        clusters[first] = _in_order(clusters[first], clusters.pop(second), told)
        home.update(dict.fromkeys(clusters[first], first))
    merged = [_as_one([told[at] for at in members]) for members in clusters.values()]
    return [*(piece for at, piece in enumerate(told) if at not in home), *merged]


def _slots(pieces: Sequence[Piece]) -> set[int]:
    """Hours in a column, each with words beside it: the slots of a programme."""
    hours = [at for at, piece in enumerate(pieces) if piece.parts == {"hours"}]
    found: set[int] = set()
    for at in hours:
        column = [
            other
            for other in hours
            if abs(pieces[other].box.left - pieces[at].box.left) <= pieces[at].height
            and abs(pieces[other].height - pieces[at].height) <= 0.5 * pieces[at].height
        ]
        if len(column) >= _SLOTS:
            found.update(column)
    return found


def is_aside(piece: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a label beside or above a time, or a word right behind it, says that it is not the event's: signing up,
    a limit."""
    told = [label_of(piece, pieces), *(other for other in pieces if _stands_behind(piece, other))]
    return any(
        one is not None
        and (SIGNS_UP.search(one.normalized) or any(says(family, one.normalized) for family in ("limit", "beside")))
        for one in told
    )


def without_signing_up(times: Sequence[Piece], pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Without days alone right below which one is told to sign up, where another day is shown."""
    days = [piece for piece in times if "date" in piece.parts]
    aside = [
        piece for piece in days if "hours" not in piece.parts and any(_stands_below(piece, other) for other in pieces)
    ]
    return tuple(piece for piece in times if piece not in aside) if len(aside) < len(days) else tuple(times)


def _stands_below(piece: Piece, other: Piece) -> bool:
    """Whether a few words that speak of signing up touch a piece from below."""
    gap = other.box.top - piece.box.bottom
    touches = -0.5 * piece.height <= gap <= 0.4 * piece.height and columns_overlap(piece.box, other.box) > 0.5
    return touches and len(other.text) <= _WORD and SIGNS_UP.search(other.normalized) is not None


def _stands_behind(piece: Piece, other: Piece) -> bool:
    """Whether a few words stand right behind a time on its row."""
    gap = other.box.left - piece.box.right
    level = rows_overlap(piece.box, other.box) > 0.5
    return level and -piece.height <= gap <= 1.5 * piece.height and len(other.text) <= _WORD and not other.parts


def label_of(piece: Piece, pieces: Sequence[Piece]) -> Piece | None:
    """The short line that stands right before a piece on its row, or right above its beginning or middle."""
    best: tuple[float, Piece] | None = None
    for other in pieces:
        if other is piece or other.parts or len(other.text) > 24:
            continue
        beside = rows_overlap(other.box, piece.box) > 0.5 and other.box.right <= piece.box.left + piece.height
        above = other.box.bottom <= piece.centre and columns_overlap(other.box, piece.box) > 0.3
        gap = gap_beside(other.box, piece.box) if beside else gap_below(other.box, piece.box)
        near = gap <= (6 if beside else 1) * max(piece.height, other.height)
        aligned = (
            beside
            or abs(other.box.left - piece.box.left) <= piece.height
            or (abs(other.middle - piece.middle) <= piece.height)
        )
        if (beside or above) and near and aligned and (best is None or gap < best[0]):
            best = (gap, other)
    return best[1] if best is not None and is_label(best[1].text) else None


@lru_cache(maxsize=4096)
def is_label(text: str) -> bool:
    """Whether a line is the name of a field and nothing else: ``活动时间``, ``WHERE``, ``日期 DATE``."""
    bare = _TWO_SCRIPTS.sub(" ", normalize(text)).strip(" :|/[]【】()·-•")
    if not bare or len(bare) > 24 or re.search(r"\d", bare):
        return False
    if normalize(text).rstrip().endswith((":", "|")) and len(bare) <= 16:
        return True
    fields = find_fields(f"{bare}: x")
    if not fields:
        return bool(says("limit", bare) and len(bare) <= 8)
    before = bare[: fields[0].start].strip(" /|·")
    return len(fields[0].label) + len(before) + 2 >= len(bare) and (not before or is_label(before))


def _cost(one: Piece, other: Piece, pieces: Sequence[Piece]) -> float | None:
    """How far two parts of a time lie apart in heights of their letters; None where they are not one."""
    height = (one.height + other.height) / 2
    if rows_overlap(one.box, other.box) >= 0.5:
        gap = gap_beside(one.box, other.box) / height
        return gap if gap <= _ASIDE and not _between(one, other, pieces) else None
    if columns_overlap(one.box, other.box) <= 0 and abs(one.middle - other.middle) > height:
        return None
    gap = gap_below(one.box, other.box) / height
    return gap + 0.5 if gap <= _BELOW and not _between(one, other, pieces) else None


def _between(one: Piece, other: Piece, pieces: Sequence[Piece]) -> bool:
    """Whether a third piece stands between two."""
    left, right = min(one.middle, other.middle), max(one.middle, other.middle)
    top, bottom = min(one.centre, other.centre), max(one.centre, other.centre)
    return any(
        third is not one
        and third is not other
        and left - 1 <= third.middle <= right + 1
        and top - 1 <= third.centre <= bottom + 1
        for third in pieces
    )


def _complete_each_other(ones: Sequence[Piece], others: Sequence[Piece]) -> bool:
    """Whether two groups of parts tell of one time: none tells again what the other told, and they make a whole."""
    mine = {part for piece in ones for part in piece.parts}
    theirs = {part for piece in others for part in piece.parts}
    if mine & theirs:
        first, second = (ones, others) if ones[0].box.top <= others[0].box.top else (others, ones)
        goes_on = _OPEN.search(first[-1].normalized.rstrip()) or _OPEN.match(second[0].normalized)
        later = {part for piece in second for part in piece.parts}
        return bool(goes_on and later <= mine | theirs) or (later == {"hours"} and _says_end(second[0]))
    both = mine | theirs
    if "number" in both:
        return "month" in both and "date" not in both
    if both & {"month", "year"}:
        return bool(both & {"date", "number"}) or both == {"month", "year"} or bool(both & {"weekday", "hours"})
    return True


def _in_order(ones: Sequence[int], others: Sequence[int], pieces: Sequence[Piece]) -> list[int]:
    """Two groups of parts one behind the other: the left one of columns, else the upper one, first."""
    first, second = (around(pieces[at].box for at in group) for group in (ones, others))
    beside = rows_overlap(first, second) >= 0.5 and columns_overlap(first, second) <= 0.1
    ahead = first.left <= second.left if beside else first.top + first.bottom <= second.top + second.bottom
    return [*ones, *others] if ahead else [*others, *ones]


def _says_end(piece: Piece) -> bool:
    """``22:30散场``: hours at which it ends."""
    return any(token.kind == Kind.ROLE and token.data == "end" for token in scan(piece.normalized))


def _as_one(members: Sequence[Piece]) -> Piece:
    """The parts of one time in the order in which they are read; a day first where that alone makes sense."""
    whole = joined(members, " ")
    if "number" not in whole.parts or "date" in parts_of(whole.text):
        return replace(whole, parts=parts_of(whole.text) or whole.parts)
    ranked = ("month", "number", "year", "date", "weekday", "rule", "hours")
    ordered = sorted(in_rows(members), key=lambda piece: min(ranked.index(part) for part in piece.parts))
    again = joined(ordered, " ")
    return replace(again, parts=parts_of(again.text) or again.parts)


def in_rows(pieces: Sequence[Piece]) -> list[Piece]:
    """From top to bottom, and from left to right what stands side by side."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda one: (one.centre, one.box.left)):
        row = next((row for row in rows if all(rows_overlap(piece.box, other.box) >= 0.5 for other in row)), None)
        if row is None:
            rows.append([piece])
        else:
            row.append(piece)
    return [piece for row in rows for piece in sorted(row, key=lambda one: one.box.left)]
