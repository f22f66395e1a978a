"""The hours of an evening as a description tells them: clock ranges, each with the days it is about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from spiders.text.glyphs import normalize
from spiders.text.when.hours import minutes, span
from spiders.text.when.mentions import read_mentions
from spiders.text.when.model import Hours, Mention

LONGEST = 6_000  # characters of a description that are read
MOST = 16  # clock ranges: a text with more is a timetable, which tells no evening
_BEFORE, _BEHIND = 80, 40  # characters around a range that say what it is for, and on which day
HALF_DAY, _DAY = 12 * 60, 24 * 60
_CLOCK = r"\d{1,2}(?:[:.]\d\d)?"
_HALF = r"\s?[ap]\.?m\b"
_LINK = r"\s{0,2}(?:-{1,2}|–|—|~|至|到|to\b|until\b|till?\b|through\b)\s{0,2}"
_LATER = r"(?:次日|晚上?|下午)?\s?\d{1,2}"
# Patterns that begin with one digit are searched ten times as fast; what may not stand before it is asked afterwards.
_RANGE = re.compile(
    rf"\d\d?(?:(?:[:.]\d\d)?(?:{_HALF}\.?)?{_LINK}(?:{_CLOCK}{_HALF}|noon\b|midnight\b)"
    rf"|:\d\d{_LINK}{_LATER}:\d\d(?![\d:])"
    rf"|(?::\d\d|[点點时時](?:半|\d{{1,2}}分?)?){_LINK}{_LATER}(?::\d\d|[点點时時]))",
    re.IGNORECASE,
)
_FROM_NOON = re.compile(rf"\bnoon{_LINK}{_CLOCK}{_HALF}", re.IGNORECASE)
_ANY_CLOCK = re.compile(
    r"(?P<hour>\d\d?)(?:(?P<colon>[:.]\d\d)?\s?[ap]\.?m\b|(?P<minute>:\d\d)(?![\d:])|[点點时時](?!间|間)(?P<part>半)?)",
    re.IGNORECASE,
)
_NOT_BEFORE = frozenset("0123456789:./$€£¥")
_UNTIL = re.compile(
    rf"(?:\buntil|\btill|\bends?(?:[ \t]at|:))[ \t]{{1,2}}(?:{_CLOCK}\s?[ap]\.?m\b|midnight\b)"
    r"|(?:直到|持续到|结束时间[:：]?)\s?(?:晚上?|下午|傍晚)?\s?\d{1,2}(?:[:：]\d\d|[点點时時](?:半|\d{1,2}分?)?)",
    re.IGNORECASE,
)
# A word right before a range; those that lead to the hours of the whole are none.
_NAMED = re.compile(
    r"(?<![A-Za-z])(?!(?:from|at|on|is|are|runs?|lasts?|held|between|time|times|when|hours?)\b)[A-Za-z]{2,}[ \t]$",
    re.IGNORECASE,
)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_BYDAY = re.compile(r"BYDAY=([A-Z0-9,+-]+)")


@dataclass(frozen=True, slots=True)
class Span:
    """From ``start`` to ``end`` in minutes of the day (1,440 and more is the next day), and the words that say so.

    ``days`` are first and last days named beside it, ``weekdays`` those of its rule or its name (0 is Monday);
    ``guessed``: which half of the day was not said.
    """

    start: int
    end: int
    words: str
    days: tuple[tuple[date, date], ...] = ()
    weekdays: frozenset[int] = frozenset()
    guessed: bool = False
    zone: str | None = None  # that stands beside it, in its own words
    named: bool = False  # the word before it says what it is of: "Lessons 7-8 pm" are a part of the evening

    def is_about(self, day: date) -> bool:
        """Whether nothing beside it says that it is about other days."""
        if self.days:
            return any(first <= day <= last for first, last in self.days)
        return not self.weekdays or day.weekday() in self.weekdays


@dataclass(frozen=True, slots=True)
class Told:
    """The clock ranges of a text that are an event's own. ``until`` is the one end that is told apart from a start, in
    minutes of the day, where no range is."""

    spans: tuple[Span, ...] = ()
    too_many: bool = False
    until: tuple[int, str] | None = None


def told_in(text: str, day: date) -> Told:
    """The hours that a description tells of an event that begins about ``day``."""
    return _told(text[:LONGEST], day.year, day.month)


@lru_cache(maxsize=512)  # the instances of a series share their text
def _told(text: str, year: int, month: int) -> Told:
    normal = normalize(text)
    hits = list(_ranges(normal))
    if len(hits) > MOST:
        return Told(too_many=True)
    today = date(year, month, 15)
    spans = tuple(one for hit in hits for one in _spans(normal, hit, today))
    return Told(spans, until=None if hits else _until(normal, today))


@lru_cache(maxsize=512)
def clocks_in(text: str) -> frozenset[int]:
    """Every clock that a description names, as minutes of half a day: ``7`` of "7-9" is on both halves of the dial."""
    normal = normalize(text[:LONGEST])
    found = set()
    for match in _ANY_CLOCK.finditer(normal):
        if _may_begin(normal, match.start()):
            digits = match["colon"] or match["minute"]
            minute = int(digits[1:]) if digits else 30 if match["part"] else 0
            found.add((int(match["hour"]) * 60 + minute) % HALF_DAY)
    for match in _ranges(normal):  # "7-9 pm" names 7 as well
        if first := re.match(r"(\d\d?)(?:[:.](\d\d))?", match[0]):
            found.add((int(first[1]) * 60 + int(first[2] or 0)) % HALF_DAY)
    if "noon" in normal or "midnight" in normal:
        found.add(0)
    return frozenset(found)


def _ranges(text: str) -> Iterator[re.Match[str]]:
    for match in _RANGE.finditer(text):
        if _may_begin(text, match.start()) and text[match.start() - 1 : match.start()] != "-":
            yield match
    if "noon" in text:
        yield from _FROM_NOON.finditer(text)


def _may_begin(text: str, at: int) -> bool:
    """Whether a number that begins here is no tail of another, nor a price."""
    return at == 0 or text[at - 1] not in _NOT_BEFORE


def _until(text: str, today: date) -> tuple[int, str] | None:
    hits = list(_UNTIL.finditer(text))
    if len(hits) != 1:
        return None
    hit = hits[0]
    left = max(text.rfind("\n", 0, hit.start()) + 1, hit.start() - _BEFORE)
    for mention in read_mentions(text[left : hit.end()], today):
        for hours in mention.hours:
            if hours.stop == hit.end() - left and mention.role != "deadline" and hours.role not in {"deadline", "side"}:
                clock = hours.last or hours.first
                return minutes(clock) or _DAY, hit[0]
    return None


def _spans(text: str, hit: re.Match[str], today: date) -> Iterator[Span]:
    line = text.rfind("\n", 0, hit.start()) + 1
    left = max(line, hit.start() - _BEFORE)
    end = text.find("\n", hit.end())
    window = text[left : min(len(text) if end < 0 else end, hit.end() + _BEHIND)]
    for mention in read_mentions(window, today):
        for hours in mention.hours:
            if hours.start < hit.end() - left and hours.stop > hit.start() - left:
                named = mention.start >= hours.start and _NAMED.search(text, line, hit.start()) is not None
                yield from (replace(each, named=named) for each in _span(mention, hours, hit[0]))


def _span(mention: Mention, hours: Hours, words: str) -> Iterator[Span]:
    if mention.role not in {"main", "start"} or hours.role not in {"main", "start"} or hours.last is None:
        return
    start, end, guessed = span(hours)
    if end is None:
        return
    fixed = tuple((each.first, each.last or each.first) for each in mention.days if not each.relative)
    named = {each.first.weekday() for each in mention.days if each.relative}
    rule = _BYDAY.search(mention.rule or "")
    if rule is not None:
        named |= {_WEEKDAYS.index(name[-2:]) for name in rule[1].split(",") if name[-2:] in _WEEKDAYS}
    yield Span(start, end, words.strip(), fixed, frozenset(named), guessed, mention.zone)


def end_of(text: str, day: date, start: int) -> tuple[int, str] | None:
    """The end, in minutes of the day, of what begins on ``day`` at minute ``start``, and its words; None where the
    text tells none, tells several, or goes on behind it as a programme does."""
    told = told_in(text, day)
    mine = [each for each in told.spans if each.is_about(day)]
    agreeing = [each for each in mine if _begins(each, start)]
    if any(each.named for each in agreeing):
        return None
    lengths = {each.end - each.start for each in agreeing}
    if len(lengths) != 1:
        return None if told.spans or told.until is None else _single_end(text, *told.until, start)
    end = start + lengths.pop()
    later = [each for each in mine if each not in agreeing and start < each.start and each.end > end]
    return (end, agreeing[0].words) if not later and end - start <= HALF_DAY else None


def _single_end(text: str, end: int, words: str, start: int) -> tuple[int, str] | None:
    """``until 9 pm`` in a text whose clocks are this end and the start, and nothing else."""
    if clocks_in(text) - {start % HALF_DAY, end % HALF_DAY}:
        return None
    return (end, words) if start < end <= start + HALF_DAY else None


def _begins(each: Span, start: int) -> bool:
    return each.start == start or (each.guessed and each.start % HALF_DAY == start % HALF_DAY)
