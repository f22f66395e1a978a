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
RANGE = r"(?:-{1,3}|~{1,2}|/|至|到|to\b|until\b|till\b|through\b)"
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
    """``6:30 for 7pm``: come at the first hour, the second is the start."""
    hour = int(match[1])
    if hour > 24:
        return None
    clock = Clock(hour, int(match[2] or 0), half(match[3]))
    return iter(
        (Token(Kind.TIME, match.start(), match.end(), clock), Token(Kind.ROLE, match.end(), match.end(), "check-in"))
    )


def _dotted_clock(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``18.30–21.00``: points instead of colons, believed only as a range of hours."""
    hours = [int(g) for g in match.group(1, 2, 4, 5)]
    if hours[0] > 24 or hours[2] > 24 or hours[1] > 59 or hours[3] > 59 or hours[2] < 13:
        return None
    return iter(
        (
            Token(Kind.TIME, match.start(), match.end(2), Clock(hours[0], hours[1], padded=True)),
            Token(Kind.RANGE, match.start(3), match.end(3)),
            Token(Kind.TIME, match.start(4), match.end(5), Clock(hours[2], hours[3], padded=True)),
        )
    )


def _plain_hours(match: re.Match[str], seen: list[Token]) -> Iterator[Token] | None:
    """``weekdays 9-5``: bare hours, believed right behind a weekday or a rule."""
    if not seen or seen[-1].kind not in _BEFORE_BARE_HOURS or match.start() - seen[-1].end > 2:
        return None
    first, last = int(match[1]), int(match[3])
    if first > 24 or last > 24:
        return None
    return iter(
        (
            Token(Kind.TIME, match.start(1), match.end(1), Clock(first)),
            Token(Kind.RANGE, match.start(2), match.end(2)),
            Token(Kind.TIME, match.start(3), match.end(3), Clock(last)),
        )
    )


RULES: tuple[Rule, ...] = (
    rule(D, rf"(\d{{1,2}})\.([0-5]\d)({S}(?:-{{1,2}}|~|至|到|to){S})(\d{{1,2}})\.([0-5]\d)(?![\d.])", _dotted_clock),
    rule(D, rf"(\d{{1,2}})(?::([0-5]\d))?\s?{HALF}?(?=\sfor\s\d{{1,2}}(?::\d\d)?(?!\d|\s?%))", _arrival),
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
)  # fmt: skip
