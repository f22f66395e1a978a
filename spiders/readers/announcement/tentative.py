"""Times that are still to be fixed: ``拟定于12月中旬``, ``时间：待定``, ``mid-December, date to be announced``.

They name no day, and yet they tell that the event is to come: it is told without a time, and the day on which the text
was posted is neither its start nor a sign that it is over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from spiders.readers.announcement.fields import Field
from spiders.text.numerals import number
from spiders.text.unknown import TIME_TO_COME
from spiders.text.when import dates
from spiders.text.when.months import MONTH, month_number

_LAST_DAY = {"上": 10, "初": 10, "early": 10, "中": 20, "mid": 20, "middle": 20}
_PART = re.compile(
    r"(?:(?P<year>20\d\d)\s?年\s?|(?P<next>明年)\s?)?(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})\s?月份?"
    r"(?P<part>上旬|中旬|下旬|初|底|末|中(?![心午文华国])|(?=[,，。;；()（）\s举召在开择期前后]|$))"
)
_BEHIND_MONTH = "份上中下初底末,，。;；()（） \t\n举召开择期前后"  # what may follow 月 where no day of it is named
_LONGEST = 11  # characters before 月: "2026 年 12 "
_PART_ENGLISH = re.compile(
    rf"\b(?P<part>mid|early|late|middle of|beginning of|end of|in|for)[- ]{MONTH}\.?(?:,?\s(?P<year>20\d\d))?(?!\s?\d)",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"(?:拟|拟定|定|将|计划|预计|初定|暂定|原则上)(?:于|在)?[^,，。;；\n]{0,8}$|"
    r"(?:will|to be held|takes? place|planned|scheduled|expected|coming|back)[^.;\n]{0,40}$",
    re.IGNORECASE,
)
_TIME_WORD = re.compile(r"时间|日期|\b(?:time|date|when)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"[A-Za-z]{2} [A-Za-z]{2,12} [A-Za-z]{2}")  # where there is no such run, no sentence is English
_CLAUSE = re.compile(r"[。;；!！?？\n]|\.\s")


def is_to_come(text: str, fields: list[Field], today: date) -> bool:
    """Whether normalized ``text`` tells a part of a month to come as its time, or leaves a labelled time open."""
    return any(_in_field(text[f.value : f.stop], today) for f in fields if f.kind == "time") or _in_prose(text, today)


def _in_field(value: str, today: date) -> bool:
    """The value of a time field that is open, or a part of a month and no day."""
    return not re.search(r"\d\s?[日号:]", value) and (bool(TIME_TO_COME.search(value)) or any(_months(value, today)))


def _in_prose(text: str, today: date) -> bool:
    for match in _parts(text):
        if not _is_ahead(match, today):
            continue
        before = text[max(0, match.start() - 60) : match.start()]
        clause = _CLAUSE.split(before)[-1]
        behind = _CLAUSE.split(text[match.end() : match.end() + 60])[0]
        undecided = TIME_TO_COME.search(clause + behind) and _TIME_WORD.search(clause + behind)
        if _PLANNED.search(clause) or undecided:
            return True
    return False


def _months(value: str, today: date) -> list[bool]:
    return [_is_ahead(match, today) for match in _parts(value)]


def _parts(text: str) -> Iterator[re.Match[str]]:
    """Every part of a month that is named: found at its 月, which is rarer than digits."""
    at = text.find("月")
    while at >= 0:
        near = range(max(0, at - _LONGEST), at) if text[at + 1 : at + 2] in _BEHIND_MONTH else ()
        for start in near:
            match = _PART.match(text, start)
            if match is not None and match.end() > at:
                yield match
                break
        at = text.find("月", at + 1)
    if _ENGLISH.search(text):
        yield from _PART_ENGLISH.finditer(text)


def _is_ahead(match: re.Match[str], today: date) -> bool:
    """Whether the part of the month that is named is not over yet."""
    english = match.re is _PART_ENGLISH
    month = month_number(match[2]) if english else number(match["month"])
    if not month or month > 12:
        return False
    part = match["part"].lower().split(" ")[0]
    day = _LAST_DAY.get(part if english else part[:1], 28)
    if match["year"]:
        return date(int(match["year"]), month, day) >= today
    if not english and match["next"]:
        return True
    found = dates.with_year(month, day, today)
    return found is not None and found >= today
