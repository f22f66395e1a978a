"""The date of one line of a list: what lists write is put into the words of the time grammar, then read by it.

Lists write shorter than prose: ``11-28``, a box with a day above a month, ``3:pm``, a year that only the heading gives.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache

from spiders.readers.listing.vocabulary import pattern
from spiders.text.when import Session, read_when

_LONGEST = 400
_MONTHS = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    "|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_HAS_DATE = re.compile(
    rf"\d\s?[-/.年月日号]\s?\d|\d\s?[月日号]|[一二三四五六七八九十]月|\b(?:{_MONTHS})\b|\d\s?[ap]\.?m?\b|\d[:：]\d|noon|\d点",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![\d/.-])((?:19|20)\d\d)(?!\d|[/.-]\d)")
_MONTH_HEADING = re.compile(
    rf"^\W*(?:({_MONTHS})\.?,?\s*((?:19|20)\d\d)?|((?:19|20)\d\d)\s*[年./-]\s*(\d{{1,2}})\s*月?|(\d{{1,2}})\s*月)\W*$",
    re.IGNORECASE,
)
_REPAIRS = (
    (re.compile(rf"\b((?:{_MONTHS})\.? \d{{1,2}}):(?=\s)", re.IGNORECASE), r"\1, "),
    (re.compile(r"(\d{1,2}):\s?([ap])\.?\s?m\b\.?", re.IGNORECASE), r"\1:00 \2m"),
    (re.compile(r"(\d{1,2}):0(?=\s*[ap]\.?m|\s|$)", re.IGNORECASE), r"\1:00"),
    (re.compile(r"(\d{1,2}):oo\b", re.IGNORECASE), r"\1:00"),
    (re.compile(r"(?<!\d)(\d{1,2})\s?(?:st|nd|rd|th)(?=[\s,.*)]|$)", re.IGNORECASE), r"\1"),
    (re.compile(r"\b((?:mon|tues|wednes|thurs|fri|satur|sun)day)\s*[-–—|]\s*(?=[A-Z]|\d)", re.IGNORECASE), r"\1, "),
    (re.compile(r"(?<![\w:])(\d{1,2}(?::\d\d)?)\s?([ap])(?=\W|$)(?!\.?\s?m)", re.IGNORECASE), r"\1 \2m"),
    (
        re.compile(r"\d{1,2}(?::\d\d)?\s?[ap]\.?m?\.?\s*[(\[][^()\[\]]{0,20}\bchang\w+ to\s+(?=\d)", re.IGNORECASE),
        "",
    ),
    (re.compile(r"^\W*(\d{1,2})\s+((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})\s?月?(?=\D|$)"), r"\2年\3月\1日 "),
    (re.compile(r"^\W*((?:19|20)\d\d)\s?[-./年]\s?(\d{1,2})\s?月?\s+(\d{1,2})\s?日?(?=\s|$)"), r"\1年\2月\3日 "),
    (re.compile(r"^\W*(\d{1,2})\s+(\d{1,2})月(?!\s?\d)"), r"\2月\1日 "),
)
_SHORT = re.compile(
    r"(?:^\W{0,2}|[\[(【（]\s?|(?<=[~～至—–])\s?)(\d{1,2})[-/.](\d{1,2})(?=\s?[\])】）]|\s?周|\s?星期|\s?[(（]周|\s+\d{1,2}:|\s*$|\s+\D|\s?[~～至—–])"
)
_TWO_DIGIT_YEAR = re.compile(r"(?<![\d./-])(\d{1,2})([-./])(\d{1,2})\2(\d\d)(?![\d./-])")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """What a line says about time: dated sessions, or a clock alone."""

    dated: tuple[Session, ...]
    clock: Session | None
    rule: bool  # the line states a recurrence: "every third Thursday"


NOTHING = Mentioned((), None, False)


def year_in(text: str) -> int | None:
    """The one year that a heading names; None where it names none or two."""
    found = {int(year) for year in _YEAR.findall(text)}
    return found.pop() if len(found) == 1 else None


def month_in(text: str) -> tuple[int | None, int] | None:
    """(year, month) of a heading that is a month alone: ``November 2026``, ``2026年11月``, ``11月``."""
    found = _MONTH_HEADING.match(text)
    if not found:
        return None
    if found.group(1):
        names = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
        return int(found.group(2)) if found.group(2) else None, names.index(found.group(1)[:3].lower()) + 1
    month = int(found.group(4) or found.group(5))
    return (int(found.group(3)) if found.group(3) else None, month) if 1 <= month <= 12 else None


def mentioned(text: str, now: datetime, timezone: str, *, year: int | None, chinese: bool) -> Mentioned:
    """The sessions of a line. ``year`` is the one of the heading above: it holds where the line names none."""
    if len(text) > _LONGEST * 4 or not _HAS_DATE.search(text):
        return NOTHING
    return _mentioned(text[:_LONGEST], now, timezone, year, chinese)


@lru_cache(maxsize=4096)
def _mentioned(text: str, now: datetime, timezone: str, year: int | None, chinese: bool) -> Mentioned:
    words = normal(text, year, chinese=chinese)
    inherits = year is not None and not _YEAR.search(words)
    # From the middle of a year most days without a year are found in that year.
    clock_now = datetime(year, 7, 2, 12, tzinfo=now.tzinfo or UTC) if inherits and year else now
    when = read_when(words, now=clock_now, timezone=timezone)
    dated = tuple(s for s in when.sessions if s.precision != "time" and re.search(r"\d", s.words or ""))
    if inherits and year:
        dated = tuple(_in_year(session, year) for session in dated)
    clock = next((s for s in when.sessions if s.precision == "time"), None)
    if when.recurrence and not re.search(rf"\b(?:{_MONTHS})\b|\d\s?[月/.-]\s?\d", words, re.IGNORECASE):
        first = when.sessions[0] if when.sessions else None
        return Mentioned((), first if first and not first.all_day else None, True)
    days = tuple(session for session in dated if _names_a_day(session.words or ""))
    if dated and not days:
        return Mentioned((), clock or next((s for s in dated if not s.all_day), None), False)
    return Mentioned(days, clock, when.recurrence is not None)


def _in_year(session: Session, year: int) -> Session:
    """The session in the year of its heading: the nearest day of a name may lie in the year beside it."""
    if session.start.year == year:
        return session
    try:
        start = session.start.replace(year=year)
        end = session.end.replace(year=session.end.year + year - session.start.year) if session.end else None
    except ValueError:
        return session
    weekday = re.search(r"\b(mon|tue|wed|thu|fri|sat|sun)", session.words or "", re.IGNORECASE)
    fits = weekday is None or start.strftime("%a").lower() == weekday.group(1).lower()
    return replace(session, start=start, end=end, sure="inferred" if fits else "doubtful")


def _names_a_day(words: str) -> bool:
    """A day of a month, not only a weekday: ``Fri 7pm`` under a heading belongs to some date, but to which?"""
    return bool(re.search(rf"\b(?:{_MONTHS})\b\.?|\d\s?[月/.-]\s?\d|[一二三四五六七八九十]月", words, re.IGNORECASE))


def normal(text: str, year: int | None, *, chinese: bool) -> str:
    """A line in the words of the time grammar: short forms written out, slips of the keyboard repaired."""
    words = pattern("replaced").sub(" ", text)
    for slip, right in _REPAIRS:
        words = slip.sub(right, words)
    words = _TWO_DIGIT_YEAR.sub(_with_century, words)
    if chinese:
        words = _SHORT.sub(_in_chinese, words)
    return words


def _with_century(found: re.Match[str]) -> str:
    month, day = int(found.group(1)), int(found.group(3))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found.group()
    return f"{month}/{day}/20{found.group(4)}"


def _in_chinese(found: re.Match[str]) -> str:
    month, day = int(found.group(1)), int(found.group(2))
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return found.group()
    return f" {month}月{day}日 "


def without_dates(text: str, sessions: tuple[Session, ...]) -> str:
    """The line without the words its dates were read from: what is left may be a title.

    Without sessions only dates in digits go: a weekday may be part of a name ("周三桌游夜").
    """
    if not sessions and not re.search(r"\d", text):
        return text
    for session in sessions:
        if session.words and session.words in text and len(_DATE_WORDS.sub("", session.words)) <= _FEW_LETTERS:
            text = text.replace(session.words, " ")
    return _DATE_WORDS.sub(" ", text)


_FEW_LETTERS = 8  # "from … to …", "下午": more letters between a date and its hour are a title
_DATE_WORDS = re.compile(
    r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s*)?"
    rf"\b(?:{_MONTHS})\b\.?\s*\d{{1,2}}(?:st|nd|rd|th)?\*{{0,2}},?(?:\s*(?:19|20)\d\d)?"
    r"|\b(?:19|20)\d\d\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|(?:(?:19|20)\d\d年)?\d{1,2}月\d{1,2}[日号]"
    r"|[\[(【（]?\b\d{1,2}[-/.]\d{1,2}(?:[-/.]\d{2,4})?\b[\])】）]?"
    r"|\b\d{1,2}[:：]\d{2}(?:\s?[ap]\.?m\.?)?|\b\d{1,2}\s?[ap]\.?m\b\.?|[（(]?(?:周|星期)[一二三四五六日天][）)]?",
    re.IGNORECASE,
)
