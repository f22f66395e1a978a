"""Rules for hours that begin with a digit: 19:30, 7pm, 两点 in digits, 10-4 behind a day."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders.text.numerals import number
from spiders.text.when.model import Clock
from spiders.text.when.tokens import Kind, Rule, Token, rule

D = "0123456789"
S = r"[ ]{0,3}"
HALF = r"(a\.?m\b\.?|p\.?m\b\.?)"
RANGE = r"(?:-{1,3}|~{1,2}|/|至|到|to\b|until\b|till?\b|through\b)"
_EVENING = range(5, 9)  # hours that are those of an evening where an evening's words stand by them
_SAID = re.compile(r"[A-Za-z]:?\s(?:[a-z]+\sat\s|at\s|from\s|around\s|about\s|by\s)?\Z", re.IGNORECASE)
_SPEAKS_OF_HOURS = {"check-in", "start", "end"}
_SPEAKS_BEHIND = re.compile(r"\s(?:doors|talks?|show|starts?|music)\b", re.IGNORECASE)
_LONGEST_WAIT = 90  # minutes
_DOORS = re.compile("doors", re.IGNORECASE)
_AT = re.compile(r"(?:(?<![A-Za-z])(?:at|about|around)|@)\s\Z", re.IGNORECASE)
_A_DAY = {Kind.WEEKDAY, Kind.DATE, Kind.DAY, Kind.RELATIVE}
_BESIDE = 10  # characters
_BESIDE_DAY = 4  # characters
_TILL_LATE = re.compile(r"\s?(?:'?till?|until|-|to)\s?(?:late|midnight)\b", re.IGNORECASE)
_ON_A_DAY = re.compile(
    r"\s(?:on\s|this\s|next\s)?(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\s(?:today|tonight|tomorrow)\b",
    re.IGNORECASE,
)
_DAY_NUMBER = re.compile(r"\d{1,2}")
_STREET_OR_CROWD = re.compile(
    r"\s(?:[A-Z][a-z]+\s(?:St|Street|Rd|Road|Row|Lane|Ave|Avenue|Way)\b|people|places|pax|seats|players|km|miles)"
)
_BEFORE_BARE_HOURS = {Kind.WEEKDAY, Kind.EVERY, Kind.FORTNIGHTLY, Kind.PART}


def half(text: str | None) -> str | None:
    return None if not text else "am" if text[0] in "aA" else "pm"


def _clock(match: re.Match[str], _: list[Token]) -> Token | None:
    hour, minute = int(match[1]), int(match[2])
    if hour > 24 or (hour == 24 and minute):
        return None
    padded = len(match[1]) == 2
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour, minute, half(match[3]), padded=padded))


def _hour_cn(match: re.Match[str], _: list[Token]) -> Token | None:
    hour = int(match[1])
    if hour > 24:
        return None
    minute = (
        30
        if match[2] == "半"
        else 15
        if match[2] == "一刻"
        else 45
        if match[2] == "三刻"
        else number(match[3] or "0") or 0
    )
    if minute > 59:
        return None
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour, minute, padded=hour > 12))


def _hour_half(match: re.Match[str], _: list[Token]) -> Token | None:
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 1 <= hour <= 12 or minute > 59:
        return None
    return Token(Kind.TIME, match.start(), match.end(), Clock(hour, minute, half(match[3])))


def _hour_open(match: re.Match[str], _: list[Token]) -> Token | None:
    """The first hour of ``8 ~ 10点``, ``7-9pm``, ``6 for 6:30``: only the second carries the mark of a time."""
    hour = int(match[1])
    return Token(Kind.TIME, match.start(), match.end(1), Clock(hour)) if hour <= 24 else None


def _arrival(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``6:30 for 7pm``, ``7 for 7.30``: come at the first hour, the second is the start."""
    hour, start, minute = int(match[1]), int(match[5]), int(match[6] or 0)
    said = half(match[3])
    if not 0 < start * 60 + minute - hour * 60 - int(match[2] or 0) <= _LONGEST_WAIT:
        return None  # "2 for 1"
    if hour <= 12 and match[6] and not match[7]:
        second = Clock(start, minute, said) if said else by_custom(start, minute)
        first = Clock(hour, int(match[2] or 0), said) if said else by_custom(hour, int(match[2] or 0))
        return iter(
            (
                Token(Kind.TIME, match.start(), match.end(), first),
                Token(Kind.ROLE, match.end(), match.end(), "check-in"),
                Token(Kind.TIME, match.end(), match.end() + len(match[4]), second),
            )
        )
    if hour > 24:
        return None
    clock = Clock(hour, int(match[2] or 0), half(match[3]))
    return iter(
        (Token(Kind.TIME, match.start(), match.end(), clock), Token(Kind.ROLE, match.end(), match.end(), "check-in"))
    )


def by_custom(hour: int, minute: int = 0, *, latest: int = _EVENING[-1]) -> Clock:
    """An hour of which no half of the day is said, from 5 to ``latest``, as one of the evening: a guess."""
    if _EVENING[0] <= hour <= latest:
        return Clock(hour, minute, part="evening", guessed=True)
    return Clock(hour, minute)


def _said_hour(match: re.Match[str], seen: list[Token]) -> Token | None:
    """``doors 7, talks 7.30``, ``ends around 9``, ``at 7.30``: a bare number behind an English word for an hour."""
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 1 <= hour <= 24:
        return None
    behind = seen[-1] if seen else None
    if behind is not None and behind.kind == Kind.ROLE and behind.data in _SPEAKS_OF_HOURS:
        between = match.string[behind.end - 1 : match.start()]
        if _SAID.fullmatch(between):
            doors = _DOORS.match(match.string, behind.start)
            clock = Clock(hour, minute) if behind.data == "end" else by_custom(hour, minute, latest=11 if doors else 8)
            return Token(Kind.TIME, match.start(), match.end(), clock)
    spoken = _AT.search(match.string, max(0, match.start() - 8), match.start())
    day = next((token for token in reversed(seen) if token.kind != Kind.LIST), None)
    by_a_day = day is not None and day.kind in _A_DAY and match.start() - day.end <= _BESIDE
    late = by_a_day and _TILL_LATE.match(match.string, match.end())
    if late or (spoken and (by_a_day or _ON_A_DAY.match(match.string, match.end()))):
        return Token(Kind.TIME, match.start(), match.end(), by_custom(hour, minute, latest=11 if late else 8))
    if match[2] and ((spoken and spoken[0].lower() == "at ") or _SPEAKS_BEHIND.match(match.string, match.end())):
        return Token(Kind.TIME, match.start(), match.end(), by_custom(hour, minute))
    return None


def _ish(match: re.Match[str], _: list[Token]) -> Token | None:
    """``7-ish``: told, and doubtful."""
    hour, minute = int(match[1]), int(match[2] or 0)
    if not 1 <= hour <= 24:
        return None
    clock = Clock(hour, minute, half(match[3])) if match[3] else by_custom(hour, minute, latest=11)
    clock.rough = True
    return Token(Kind.TIME, match.start(), match.end(), clock)


def _part_dotted(match: re.Match[str], seen: list[Token]) -> Token | None:
    """``下午2.30``: behind a part of the day a point stands for the colon."""
    if not seen or seen[-1].kind != Kind.PART or match.start() - seen[-1].end > 1 or int(match[1]) > 24:
        return None
    return Token(Kind.TIME, match.start(), match.end(), Clock(int(match[1]), int(match[2])))


def _dotted_clock(match: re.Match[str], seen: list[Token]) -> Iterator[Token] | None:
    """``18.30–21.00``: points instead of colons, believed as a range of hours that cannot be one of days."""
    hours = [int(g) for g in match.group(1, 2, 4, 5)]
    before = next((token for token in reversed(seen) if token.kind != Kind.LIST), None)
    near = before is not None and match.start() - before.end <= 3
    of_a_day = near and before is not None and before.kind in {*_A_DAY, Kind.PART}
    if hours[0] > 24 or hours[2] > 24 or hours[1] > 59 or hours[3] > 59 or (hours[2] < 13 and not of_a_day):
        return None
    return iter(
        (
            Token(Kind.TIME, match.start(), match.end(2), Clock(hours[0], hours[1], padded=len(match[1]) == 2)),
            Token(Kind.RANGE, match.start(3), match.end(3)),
            Token(Kind.TIME, match.start(4), match.end(5), Clock(hours[2], hours[3], padded=len(match[4]) == 2)),
        )
    )


def _behind_a_date(match: re.Match[str], date: Token, first: int, last: int) -> bool:
    """Whether two numbers behind an English date are hours: behind a comma they may be further days."""
    words = match.string[date.start : date.end]
    if date.kind not in {Kind.DATE, Kind.DAY} or not re.search("[A-Za-z]", words):
        return False
    if first == last:
        return False
    day = _DAY_NUMBER.search(words)
    listed = "," in match.string[date.end : match.start()] and day is not None
    return not listed or last <= first or (day is not None and first < int(day[0]))


def _plain_hours(match: re.Match[str], seen: list[Token]) -> Iterator[Token] | Token | None:
    """``weekdays 9-5``, ``Sat 5 Dec 10-4``: bare hours, believed right behind a weekday, a rule or an English date."""
    if not seen or match.start() - seen[-1].end > 2:
        return None
    first, last = int(match[1]), int(match[3])
    if first > 24 or last > 24:
        return None
    if _STREET_OR_CROWD.match(match.string, match.end()):
        return Token(Kind.NOISE, match.start(), match.end())  # "Dec 5, 6-8 Mill Lane"
    if seen[-1].kind not in _BEFORE_BARE_HOURS and not _behind_a_date(match, seen[-1], first, last):
        return None
    return iter(
        (
            Token(Kind.TIME, match.start(1), match.end(1), Clock(first)),
            Token(Kind.RANGE, match.start(2), match.end(2)),
            Token(Kind.TIME, match.start(3), match.end(3), Clock(last)),
        )
    )


def _four_digits(match: re.Match[str], seen: list[Token]) -> Iterator[Token] | None:
    """``5 December, 1400-1700``: hours without a mark, believed as a range that stands beside a day.

    Two years are no hours: ``2019 - 2026`` rises within a century, and no minute is above 59.
    """
    first, last = (int(match[1]), int(match[2])), (int(match[4]), int(match[5]))
    before = next((token for token in reversed(seen) if token.kind != Kind.LIST), None)
    if before is None or before.kind not in {*_A_DAY, Kind.PART} or match.start() - before.end > _BESIDE_DAY:
        return None
    if re.search(r"\w", match.string[before.end : match.start()]) or first[0] > 24 or last[0] > 24:
        return None
    if first[0] == last[0] or ((match[1] + match[2]).startswith(("19", "20")) and (last[0] == first[0] + 1)):
        return None
    return iter(
        (
            Token(Kind.TIME, match.start(), match.start(3), Clock(*first, padded=True)),
            Token(Kind.RANGE, match.start(3), match.end(3)),
            Token(Kind.TIME, match.start(4), match.end(), Clock(*last, padded=True)),
        )
    )


RULES: tuple[Rule, ...] = (
    rule(D, rf"(\d\d)([0-5]\d)(?:\s?h(?:rs|ours)?)?({S}(?:-{{1,2}}|~|to){S})(\d\d)([0-5]\d)(?!\d|{S}[年人元])"
         r"(?:\s?h(?:rs|ours)?\b)?", _four_digits),
    rule(D, rf"(\d{{1,2}})\.([0-5]\d)({S}(?:-{{1,2}}|~|至|到|to){S})(\d{{1,2}})\.([0-5]\d)(?![\d.])", _dotted_clock),
    rule(D, r"(\d{1,2})\.([0-5]\d)(?![\d.])", _part_dotted),
    rule(D, rf"(\d{{1,2}})(?:[:.]([0-5]\d))?\s?{HALF}?\s?-?ish\b", _ish),
    rule(D, (
        rf"(\d{{1,2}})(?:[:.]([0-5]\d))?\s?{HALF}?(?=(\sfor\s(\d{{1,2}})(?:[:.]([0-5]\d))?(?:\s?{HALF})?)(?!\d|\s?%))"
    ), _arrival),
    rule(D, rf"(\d{{1,2}}){S}:{S}([0-5]\d)(?!\d)(?::[0-5]\d(?!\d))?(?:{S}点)?(?:{S}{HALF})?", _clock),
    rule(D, rf"(\d{{1,2}})\.([0-5]\d)\s?{HALF}", _clock),
    rule(D, rf"(\d{{1,2}})(?::(\d\d))?\s?{HALF}", _hour_half),
    rule(D, (
        rf"(\d{{1,2}}){S}点(?:{S}(半|一刻|三刻)|{S}([0-5]?\d|"
        rf"[一二三四五]?十[一二三四五六七八九]?(?=分))(?:{S}分(?:{S}[0-5]?\d{S}秒)?)?)?钟?(?![评赞击心名餐子球上线亮"
        rf"睛菜滴燃]|多[个人])(?:整)?"
    ), _hour_cn),
    rule(D, rf"(\d{{1,2}}){S}时(?:{S}(半)|{S}([0-5]?\d){S}分(?:{S}[0-5]?\d{S}秒)?)?(?![间代尚常光候期段效而刻装])",
         _hour_cn),
    rule(D, (
        rf"(\d{{1,2}})(?={S}{RANGE}{S}(?:晚上?|下午|中午|次日|凌晨|上午)?{S}\d{{1,2}}(?::\d\d)?{S}(?:点|时(?!间)|"
        rf"a\.?m\b|p\.?m\b))"
    ), _hour_open),
    rule(D, rf"(\d{{1,2}})(?=\s?{RANGE}\s?\d{{1,2}}:\d\d(?!:))", _hour_open),
    rule(D, r"(\d{1,2})\s?(-|~|to)\s?(\d{1,2})(?![\d:./])", _plain_hours),
    rule(D, (
        r"(\d{1,2})(?:\.([0-5]\d))?(?!\d|[:.]\d)(?=\s*(?:[,;.!)\]\n|/]|-(?!\d{3})|$|(?:and|for|till?|until|to|on|this|next|today|tonight|tomorrow|doors|talks?|show|starts?|music)\b))"
    ), _said_hour),
)  # fmt: skip
