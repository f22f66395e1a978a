"""Rules for what begins with a digit: dates, lengths, and the numbers that only look like them; hours are `clocks`."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spiders.text.when import clocks
from spiders.text.when.clocks import D, S
from spiders.text.when.model import Clock
from spiders.text.when.months import MONTH, YEAR_BEHIND, month_number, real
from spiders.text.when.tokens import Kind, Rule, Token, rule

_NUMBERED = re.compile(
    r"(?:#|№|第|\b(?:no|nr|vol)\.?|\b(?:number|volume|issue|episode|part|round|edition|session|lecture|meetup|lesson|"
    r"chapter|season|level))\s?\Z",
    re.IGNORECASE,
)
_NUMBER_BEFORE = re.compile(r"[A-Za-z#./_]\Z|\d:\Z|[$￥¥€£]\s?\Z")
_YEARS = (2010, 2045)  # that two digits behind a month and a day may stand for
_ZERO = 1911  # the year before the first of Taiwan's count
_HAN = re.compile("[\u4e00-\u9fff]")
_SUCH_A_DAY_BEFORE = re.compile(r"(?<!\d)\d{1,2}\.\d{1,2}/\Z")  # "12.6/12.13"
_ADDRESS_BEFORE = re.compile(r"[路街巷弄道同里村园段区栋楼幢座门线]\s{0,2}$")


def _before(match: re.Match[str], characters: int = 4) -> str:
    return match.string[max(0, match.start() - characters) : match.start()]


def _iso(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    year, month, day, hour, minute = (int(g) for g in match.group(1, 2, 3, 4, 5))
    if not real(month, day) or hour > 24 or minute > 59:
        return None
    middle = match.start(4) - 1
    tokens = [
        Token(Kind.DATE, match.start(), middle, (year, month, day, False)),
        Token(Kind.TIME, match.start(4), match.end(5), Clock(hour, minute, padded=True)),
    ]
    if match[6]:
        tokens.append(Token(Kind.ZONE, match.start(6), match.end(6), match[6]))
    return iter(tokens)


def _year_month_day(match: re.Match[str], _: list[Token]) -> Token | None:
    year, month, day = int(match[1]), int(match[2]), int(match[3])
    if not real(month, day) or not (year < 200 or 1900 <= year <= 2200):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (year, month, day, False))


def _run_together(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``2026-05-2915:00``: a day in two digits and its hour without the space between."""
    month, day, hour = int(match[2]), int(match[3]), int(match[4])
    if not real(month, day) or hour > 24:
        return None
    year = int(match[1]) if match[1] else None
    return iter(
        (
            Token(Kind.DATE, match.start(), match.end(3), (year, month, day, False)),
            Token(Kind.TIME, match.start(4), match.end(), Clock(hour, int(match[5]), padded=True)),
        )
    )


def _year_slashes(match: re.Match[str], _: list[Token]) -> Token | None:
    """``114/9/8``, ``114.09.08``: Taiwan's years; with points it may be a version, and needs support."""
    year, month, day = int(match[1]), int(match[3]), int(match[4])
    if not real(month, day) or _NUMBER_BEFORE.search(_before(match, 2)):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (year, month, day, match[2] == "."))


def _year_twice(match: re.Match[str], _: list[Token]) -> Token | None:
    """``114年(2025年)9月8日``, ``96('07)/07/10``: the year told in two counts."""
    full = next((int(year) for year in match.group(1, 3) if len(year) == 4), None)
    if full is None and (_ZERO + int(match[1])) % 100 == int(match[3]):
        full = _ZERO + int(match[1])
    month, day = int(match[4]), int(match[5])
    if full is None or not real(month, day):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (full, month, day, False))


def _year_month(match: re.Match[str], _: list[Token]) -> Token | None:
    year, month = int(match[1]), int(match[2])
    return Token(Kind.MONTH, match.start(), match.end(), (year, month)) if 1 <= month <= 12 else None


def _year(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.YEAR, match.start(), match.end(), int(match[1]))


def _month_day(match: re.Match[str], _: list[Token]) -> Token | None:
    month, day = int(match[1]), int(match[2])
    return Token(Kind.DATE, match.start(), match.end(), (None, month, day, False)) if real(month, day) else None


def _month(match: re.Match[str], _: list[Token]) -> Token | None:
    month = int(match[1])
    return Token(Kind.MONTH, match.start(), match.end(), (None, month)) if 1 <= month <= 12 else None


def _day_month(match: re.Match[str], _: list[Token]) -> Token | None:
    day, month = int(match[1]), month_number(match[2])
    if not real(month, day) or (match[2] == "may" and not match[3]):
        return None
    year = int(match[3]) if match[3] else None
    return Token(Kind.DATE, match.start(), match.end(), (year, month, day, False))


def _days_month(match: re.Match[str], _: list[Token]) -> Iterator[Token] | None:
    """``28–29 November 2026``, ``5 & 6 December``: the month stands behind the last day. What runs backwards is none
    ("Meetup 12 – 5 December"), nor is what is numbered ("Meetup #3 – 5 December")."""
    first, last, month = int(match[1]), int(match[3]), month_number(match[4])
    if not real(month, first) or not real(month, last):
        return None
    year = int(match[5]) if match[5] else None
    is_range = match[2].strip() in {"-", "--", "~", "to", "至", "到", "through", "until", "till"}
    if is_range and (first >= last or _NUMBERED.search(_before(match, 10))):
        return iter((Token(Kind.DATE, match.start(3), match.end(), (year, month, last, False)),))
    return iter(
        (
            Token(Kind.DATE, match.start(), match.start(2), (year, month, first, False)),
            Token(Kind.RANGE if is_range else Kind.LIST, match.start(2), match.end(2)),
            Token(Kind.DATE, match.start(3), match.end(), (year, month, last, False)),
        )
    )


def _slashes(match: re.Match[str], _: list[Token]) -> Token | None:
    """``11/28/2026`` or ``28/11/2026``: where both readings exist, month first, and the data says so. With points or
    hyphens the day stands first."""
    first, second, year = int(match[1]), int(match[3]), int(match[4])
    both = "/" in match[0] and real(first, second) and real(second, first) and first != second
    if not real(first, second) or (match[2] != "/" and real(second, first)):
        first, second = second, first
    if not real(first, second):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (year, first, second, False, both))


def _short_year(match: re.Match[str], _: list[Token]) -> Token | None:
    """``21/10/26``, ``10/21/26`` in a text of Latin letters."""
    first, second, year = int(match[1]), int(match[2]), 2000 + int(match[3])
    near = match.string[max(0, match.start() - 24) : match.end() + 24]
    if _HAN.search(near) or not _YEARS[0] <= year <= _YEARS[1] or _NUMBER_BEFORE.search(_before(match, 2)):
        return None
    both = real(first, second) and real(second, first) and first != second
    if not real(first, second):
        first, second = second, first
    if not real(first, second):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (year, first, second, False, both))


def _compact(match: re.Match[str], _: list[Token]) -> Token | None:
    month, day = int(match[2]), int(match[3])
    if not real(month, day):
        return None
    return Token(Kind.DATE, match.start(), match.end(), (int(match[1]), month, day, False))


def _weak_month_day(match: re.Match[str], seen: list[Token]) -> Token | None:
    """``11.28``, ``12/5``, ``05-31``: a date only if what stands around it says so (see groups)."""
    month, day = int(match[1]), int(match[3])
    both = match[2] == "/" and real(month, day) and real(day, month) and day != month
    if not real(month, day):
        near = match.string[max(0, match.start() - 12) : match.end() + 12]
        dotted = match[2] == "." and match.string.startswith(".", match.end())  # "28.08."
        if not (match[2] == "/" or dotted) or not real(day, month) or match[0] == "24/7" or _HAN.search(near):
            return None
        month, day = day, month  # "25/12" in a text of Latin letters
    if _NUMBER_BEFORE.search(_before(match, 2)):
        goes_on = match[2] == "." and len(seen) > 1 and seen[-2].kind == Kind.DATE
        if not goes_on or not _SUCH_A_DAY_BEFORE.search(_before(match, 6)):
            return None
    return Token(Kind.DATE, match.start(), match.end(), (None, month, day, True, both))


def _day(match: re.Match[str], seen: list[Token]) -> Token | None:
    day = int(match[1])
    if not 1 <= day <= 31 or _ADDRESS_BEFORE.search(_before(match)):
        return None
    return Token(Kind.DAY, match.start(), match.end(), (day, None))


def _day_after(match: re.Match[str], seen: list[Token]) -> Token | None:
    """``-30`` after ``5.28``, ``, 17`` after ``Oct. 10-11``: a bare day that goes on from a date."""
    earlier = [t for t in seen if t.kind != Kind.LIST]
    link = seen[-1] if seen else None
    if (
        link is None
        or link.kind not in {Kind.RANGE, Kind.LIST}
        or match.start() - link.end > 2
        or not 1 <= int(match[1]) <= 31
    ):
        return None
    before = (
        earlier[-2]
        if earlier and earlier[-1].kind == Kind.RANGE and link.kind == Kind.RANGE and len(earlier) > 1
        else earlier[-1]
        if earlier
        else None
    )
    if before is None or before.kind not in {Kind.DATE, Kind.DAY} or match.start() - before.end > 8:
        return None
    latin = bool(re.search("[A-Za-z]", match.string[max(0, before.start - 30) : before.end]))
    if (
        link.kind == Kind.LIST
        and not latin
        and not re.match(rf"{S}[、,和-]{S}\d{{1,2}}{S}[日号、]", match.string[match.end() : match.end() + 12])
    ):
        return None
    return Token(Kind.DAY, match.start(), match.end(), (int(match[1]), int(match[2]) if match[2] else None))


def _duration(match: re.Match[str], _: list[Token]) -> Token:
    amount, unit = float(match[1]), match[2].lower()
    if unit.startswith(("天", "日", "day")):
        return Token(Kind.SPAN_DAYS, match.start(), match.end(), int(amount))
    per_unit = 60 if unit.startswith(("小时", "h", "个小时", "个半小时", "钟头", "个钟")) else 1
    extra = 30 if "个半" in unit or (match[3] or "") == "半" else 0
    return Token(Kind.DURATION, match.start(), match.end(), int(amount * per_unit) + extra)


def _noise(match: re.Match[str], _: list[Token]) -> Token:
    return Token(Kind.NOISE, match.start(), match.end())


_NOT_AFTER_DAY = (
    r"(?!楼|线|厅|馆|店|院|门|桌|机|台|室|公馆|文|会议室|车|位|选手|地铁|出口|口|游|营|行程|之?内|展厅|库|仓|码头|"
    r"球|小|大|本|称|常|报|语|本|元|均|间|用|销|活|出发|篮|棚|教|基地|院区|场馆|员工|嘉宾|作品|坑|地块|令|药|染|产)"
)

RULES: tuple[Rule, ...] = (
    rule(D, r"(\d{4})-(\d{1,2})-(\d{1,2})T(\d{1,2}):(\d\d)(?::\d\d)?(?:\.\d{1,9})?(Z\b|[+-]\d\d:?\d\d)?", _iso),
    rule(D, rf"(\d{{4}}){S}[年.·/-]{S}(\d{{1,2}}){S}[月.·/-]{S}(\d{{1,2}})(?!\d)(?:{S}[日号])?", _year_month_day),
    rule(D, rf"(?:(\d{{4}}){S}[年.·/-])?{S}(\d\d?){S}[月.·/-]{S}(\d\d)([0-2]\d):([0-5]\d)(?!\d)", _run_together),
    rule(D, r"(20\d\d) {1,2}(\d{1,2})[/.](\d{1,2})(?![\d.:/])", _year_month_day),
    rule(D, rf"(\d\d|1\d\d){S}年{S}(\d{{1,2}}){S}月{S}(\d{{1,2}})(?:{S}[日号])", _year_month_day),
    rule(D, r"(1\d\d)([/.])(\d{1,2})\2(\d{1,2})(?![\d.])", _year_slashes),
    rule(D, (
        rf"(\d{{2,4}}){S}年?{S}\({S}([''’]?)(\d{{2,4}})年?{S}\){S}[年/.-]?{S}(\d{{1,2}}){S}[月/.-]{S}(\d{{1,2}})(?!\d)"
        rf"(?:{S}[日号])?"
    ), _year_twice),
    rule(D, r"(20\d\d)(0\d|1[0-2])([0-3]\d)(?!\d)", _compact),
    rule(D, (
        r"0\d{2,3}[ -]?\d{7,8}(?!\d)|0\d{2,3}-\d{4}[ -]\d{3,4}(?!\d)|1[3-9]\d[ -]?\d{4}[ -]?\d{4}(?!\d)|"
        r"400[ -]?\d{3}[ -]?\d{4}|\d{3} \d{3,4} \d{3,5}(?!\d)|\d{5,}[\d ]{0,20}(?<=\d)"
    ), _noise),
    rule(D, r"(\d{1,2}) ?([/.-]) ?(\d{1,2}) ?\2 ?(\d{4})(?!\d)", _slashes),
    rule(D, r"(\d{1,2})/(\d{1,2})/(\d\d)(?![\d/])", _short_year),
    rule(D, rf"(\d{{4}}|1\d\d){S}年{S}(\d{{1,2}}){S}月份?(?!{S}\d)", _year_month),
    rule(D, rf"(\d{{4}}){S}(?:年(?![度代来级前后间])|(?={S}[.,:]?{S}\d{{1,2}}{S}月))", _year),
    rule(D, rf"(\d{{1,2}}){S}月{S}(\d{{1,2}})(?![\d:])(?:{S}[日号])?", _month_day),
    rule(D, rf"(\d{{1,2}}){S}月(?:份|中旬|上旬|下旬|底|初)?", _month),
    rule(D, (
        rf"(\d{{1,2}})(?:st|nd|rd|th)?(\s?(?:-{{1,2}}|~|to|through|until|&|and|,|\+)\s?)(\d{{1,2}})(?:st|nd|rd|"
        rf"th)?\s{{0,2}}{MONTH}\.?(?:,?\s{{0,2}}{YEAR_BEHIND})?"
    ), _days_month),
    rule(D, (
        rf"(\d{{1,2}})(?:st|nd|rd|th)?(?:\s{{0,2}}of)?(?:[ -]{{0,2}}|\s?[|/·]\s?){MONTH}\.?"
        rf"(?:[, '|/-]{{0,3}}{YEAR_BEHIND})?"
    ), _day_month),
    *clocks.RULES,
    rule(D, (
        rf"(\d{{1,3}}(?:\.\d)?){S}(个半小时|个?小时|个钟头?|分钟|天|日(?=[游行营])|hours?\b|hrs?\b|h\b|minutes?\b|"
        rf"mins?\b|days?\b)(半)?"
    ), _duration),
    rule(D, (
        rf"(\d{{1,2}})([./-])(\d{{1,2}})(?![\d%％‰]|{S}[元万亿折倍米级版kK℃]|[.][\d]|:\d|{S}(?:公里|千米|km\b|分钟|"
        rf"小时|号楼|人|岁|名|个|层|楼|栋|周(?![一二三四五六日末天])|年|次|天|期|块|度|寸|公斤|页|篇|组|号|条|位|"
        rf"张|队|桌|斤|克|ml|cm|mm|g\b))(?!\2\d)"
    ), _weak_month_day),
    rule(D, rf"(\d{{1,2}}){S}[日号]{_NOT_AFTER_DAY}", _day),
    rule(D, (
        r"(\d{1,2})(?:st|nd|rd|th)?(?![\d:.%年月点时/])(?:,?"
        r"\s{0,2}(20\d\d)(?!\d))?(?!\s?[元人个块折楼层米岁次分小])"
    ), _day_after),
    rule(D, r"\d+(?:[.,:/-]\d+){0,20}(?:st|nd|rd|th)?", _noise),
)  # fmt: skip
