"""Periods and limits: what is said of time without naming a sitting ("下个月", "上周", "12月1日之前", "两小时后").

Read only where a text names no session. A period has a start and an exclusive end; a limit has one of them. What is
counted from now ("两小时后") is a moment: a start alone. Durations ("两小时") and repetition are neither.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from spiders.text.numerals import digits, number
from spiders.text.when.model import Period

_N = r"(?:\d{1,2}|[一二三四五六七八九十两]{1,3})"
_YEAR = (
    r"(?:(?P<year>(?:19|20)\d\d|[零〇○一二三四五六七八九]{4}|\d\d|[零〇][零〇一二三四五六七八九])\s?年|"
    r"(?P<near>[今明去后前]年))"
)
_WEEK = r"(?:周|星期|礼拜|週)"
_STEPS = {"上上": -2, "上": -1, "本": 0, "这": 0, "当": 0, "下": 1, "下下": 2}
_STEP = r"(?P<step>上上|下下|上|下|本|这|当)个?"
_NEAR = {"前": -2, "去": -1, "今": 0, "明": 1, "后": 2}
_MORNING = (8, 12)  # hours that "上午" means where nothing else is said
_BEFORE = r"(?:或之前|及之前|或以前|及以前|之前|以前|前(?!\s?[\d半一两三天周]))"
_AFTER = r"(?:或之后|及之后|或以后|及以后|之后|以后|以来|起|开始)"
_DAY = (
    r"(?P<dyear>(?:19|20)\d\d)\s?[年./-]\s?(?P<dmonth>\d{1,2})\s?[月./-]\s?(?P<dday>\d{1,2})\s?[日号]?|"
    r"(?P<mmonth>\d{1,2})月(?P<mday>\d{1,2})[日号]?"
)
_CLOCK = (
    r"(?:(?P<today>今天|明天)?(?P<part>凌晨|早上|上午|中午|下午|晚上|晚)?\s?"
    r"(?:(?P<hour>\d{1,2}):(?P<minute>\d\d)|(?P<oclock>\d{1,2}|[一二三四五六七八九十]{1,3})点(?P<half>半)?))"
)

_UNITS = {"年": "years", "个月": "months", "周": "weeks", "个星期": "weeks", "天": "days", "日": "days",
          "小时": "hours", "个小时": "hours", "个钟头": "hours", "分钟": "minutes"}  # fmt: skip
_UNIT = r"(?P<unit>年|个月|周|个星期|天|日|个?小时|个钟头|分钟)"

Reader = Callable[["re.Match[str]", datetime], "tuple[datetime | None, datetime | None] | None"]


def read_periods(text: str, now: datetime, zone: ZoneInfo) -> tuple[Period, ...]:
    """The periods and limits of ``text`` (normalized), in order. ``now``: aware; periods are told in ``zone``."""
    here = now.astimezone(zone).replace(second=0, microsecond=0)
    found: list[Period] = []
    at = 0
    while len(found) < _MAX and (match := _ALL.search(text, at)):
        at = match.end()
        name = match.lastgroup or ""
        own = _SHAPES[name][0].match(text, match.start())
        if own is None:
            continue
        at = max(at, own.end())
        try:
            said = _SHAPES[name][1](own, here)
        except (ValueError, OverflowError):
            continue
        if said is not None:
            found.append(Period(start=said[0], end=said[1], words=own[0].strip()))
    return tuple(found)


_MAX = 20


def _known(value: int | None) -> int:
    if value is None:
        raise ValueError("a number: not one that is written so")
    return value


def _midnight(day: date, here: datetime) -> datetime:
    return datetime.combine(day, time(), here.tzinfo)


def _whole(first: date, behind: date, here: datetime) -> tuple[datetime, datetime]:
    return _midnight(first, here), _midnight(behind, here)


def _year_of(match: re.Match[str], here: datetime) -> int:
    """The year a match names; two digits are of this century up to ten years ahead."""
    if match["near"]:
        return here.year + _NEAR[match["near"][0]]
    said = match["year"]
    if said is None:
        return here.year
    value = _known(int(said) if said.isdecimal() else digits(said))
    if value >= 100:
        return value
    return value + (2000 if value <= here.year % 100 + 10 else 1900)


def _next_month(first: date) -> date:
    return (first.replace(day=1) + timedelta(days=32)).replace(day=1)


def _nearest_month(month: int, here: datetime) -> date:
    """The month of the year that brings it nearest."""
    today = here.date()
    candidates = [date(today.year + step, month, 1) for step in (-1, 0, 1)]
    return min(candidates, key=lambda first: abs((first - today).days))


def _year(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    year = _year_of(match, here)
    return _whole(date(year, 1, 1), date(year + 1, 1, 1), here)


def _half_year(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    year = _year_of(match, here)
    if match["which"] in "上前":
        return _whole(date(year, 1, 1), date(year, 7, 1), here)
    return _whole(date(year, 7, 1), date(year + 1, 1, 1), here)


def _month_of_year(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    first = date(_year_of(match, here), number(match["month"]) or 0, 1)
    return _whole(first, _next_month(first), here)


def _month(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    first = _nearest_month(number(match["month"]) or 0, here)
    return _whole(first, _next_month(first), here)


def _week_of_year(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    """ISO 8601 weeks."""
    monday = date.fromisocalendar(_year_of(match, here), number(match["week"]) or 0, 1)
    return _whole(monday, monday + timedelta(days=7), here)


def _week(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    today = here.date()
    monday = today - timedelta(days=today.weekday()) + timedelta(weeks=_STEPS[match["step"]])
    return _whole(monday, monday + timedelta(days=7), here)


def _step_month(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    months = here.year * 12 + here.month - 1 + _STEPS[match["step"]]
    first = date(months // 12, months % 12 + 1, 1)
    return _whole(first, _next_month(first), here)


def _half_month(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    first = here.date().replace(day=1)
    middle = first + timedelta(days=15)
    return _whole(first, middle, here) if match["which"] == "上" else _whole(middle, _next_month(first), here)


def _day_of(match: re.Match[str], here: datetime) -> date:
    if match["dyear"]:
        return date(int(match["dyear"]), int(match["dmonth"]), int(match["dday"]))
    month, day = int(match["mmonth"]), int(match["mday"])
    candidates = [date(here.year + step, month, day) for step in (-1, 0, 1)]
    return min(candidates, key=lambda one: abs((one - here.date()).days))


def _until_day(match: re.Match[str], here: datetime) -> tuple[None, datetime]:
    """ "12月1日前" ends before that day, "12月1日及之前" with it."""
    day = _day_of(match, here)
    return None, _midnight(day + timedelta(days=1) if match["limit"][0] in "或及" else day, here)


def _from_day(match: re.Match[str], here: datetime) -> tuple[datetime, None]:
    return _midnight(_day_of(match, here), here), None


def _until_year(match: re.Match[str], here: datetime) -> tuple[None, datetime]:
    start, end = _year(match, here)
    return None, end if (match["limit"] or " ")[0] in "或及" else start


def _from_year(match: re.Match[str], here: datetime) -> tuple[datetime, None]:
    start, end = _year(match, here)
    return (end if (match["limit"] or "") in ("之后", "以后") else start), None


def _clock_of(match: re.Match[str], here: datetime) -> datetime:
    hour = _known(int(match["hour"]) if match["hour"] else number(match["oclock"]))
    if match["part"] in ("下午", "晚上", "晚") and hour < 12:
        hour += 12
    named = match["dyear"] or match["mmonth"]
    day = _day_of(match, here) if named else here.date() + timedelta(days=match["today"] == "明天")
    return _midnight(day, here).replace(hour=hour, minute=int(match["minute"] or (30 if match["half"] else 0)))


def _until_clock(match: re.Match[str], here: datetime) -> tuple[None, datetime]:
    return None, _clock_of(match, here)


def _from_clock(match: re.Match[str], here: datetime) -> tuple[datetime, None]:
    return _clock_of(match, here), None


def _moved(here: datetime, unit: str, count: int) -> datetime:
    kind = _UNITS[unit]
    if kind not in ("years", "months"):
        return here + timedelta(**{kind: count})
    months = here.year * 12 + here.month - 1 + count * (12 if kind == "years" else 1)
    year, month = months // 12, months % 12 + 1
    last = (_next_month(date(year, month, 1)) - timedelta(days=1)).day
    return here.replace(year=year, month=month, day=min(here.day, last))


def _counted(match: re.Match[str], here: datetime) -> tuple[datetime, None]:
    """ "两小时后", "5天前": a moment, or a day where days are counted."""
    sign = 1 if match["side"].endswith("后") else -1
    there = _moved(here, match["unit"], sign * (number(match["count"]) or 0))
    fine = _UNITS[match["unit"]] in ("hours", "minutes")
    return (there if fine else _midnight(there.date(), here)), None


def _span(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    """ "过去十年", "未来两周", "还剩5分钟": from here back, or on; whole days where no hours are counted."""
    unit, count = match["unit"], number(match["count"]) or 0
    if _UNITS[unit] in ("hours", "minutes"):
        there = _moved(here, unit, count if match["ahead"] else -count)
        return (here, there) if match["ahead"] else (there, here)
    today = _midnight(here.date(), here)
    if not match["ahead"]:
        return _moved(today, unit, -count), today
    tomorrow = today + timedelta(days=1)
    return tomorrow, _moved(tomorrow, unit, count)


def _this_morning(match: re.Match[str], here: datetime) -> tuple[datetime, datetime]:
    steps = {"今天": 0, "明天": 1, "后天": 2, "昨天": -1}
    day = here.date() + timedelta(days=steps.get(match["when"] or "今天", 0))
    start, end = _MORNING
    return _midnight(day, here).replace(hour=start), _midnight(day, here).replace(hour=end)


# Longer shapes first: the first that fits holds.
_SHAPES: dict[str, tuple[re.Pattern[str], Reader]] = {
    name: (re.compile(shape), reader)
    for name, shape, reader in (
        ("until_day", rf"(?:{_DAY})\s?(?P<limit>{_BEFORE})", _until_day),
        ("from_day", rf"自?(?:{_DAY})\s?(?P<limit>{_AFTER})", _from_day),
        ("until_clock", rf"(?:{_DAY})?\s?{_CLOCK}\s?{_BEFORE}", _until_clock),
        ("from_clock", rf"(?:{_DAY})?\s?{_CLOCK}\s?(?:之后|以后)", _from_clock),
        ("half_year", rf"{_YEAR}?的?(?P<which>[上下前后])半年", _half_year),
        ("week_of_year", rf"{_YEAR}的?第(?P<week>{_N})个?{_WEEK}", _week_of_year),
        (
            "month_of_year",
            rf"{_YEAR}的?\s?(?:第(?=.{{1,3}}个月))?(?P<month>{_N})个?月(?!\s?[\d一二三四五六七八九十])",
            _month_of_year,
        ),
        ("until_year", rf"{_YEAR}\s?(?P<limit>{_BEFORE})", _until_year),
        ("closing_year", rf"截[止至]到?\s?{_YEAR}(?P<limit>)", _until_year),
        ("from_year", rf"自?从?{_YEAR}\s?(?P<limit>{_AFTER})", _from_year),
        ("counted", rf"(?P<count>{_N})\s?{_UNIT}(?P<side>之前|以前|前|之后|以后|后)(?!\d)", _counted),
        (
            "span",
            rf"(?:过去|最近|近|前|之前|(?P<ahead>未来|今后|接下来|后|之后|还剩))\s?(?P<count>{_N})\s?{_UNIT}(?![前后])",
            _span,
        ),
        ("year", _YEAR + r"(?![度代级初末底前后])", _year),
        ("week", rf"{_STEP}{_WEEK}(?![一二三四五六日天末\d])", _week),
        ("half_month", r"(?P<which>[上下])半月", _half_month),
        ("step_month", rf"{_STEP}月(?!\s?[\d一二三四五六七八九十上中下初底末])", _step_month),
        ("month", rf"(?<![\d年第])(?P<month>{_N})月(?!\s?[\d一二三四五六七八九十])", _month),
        ("morning", r"(?P<when>今天|明天|后天|昨天)?(?:上午|早间)(?!\s?[\d一二三四五六七八九十])", _this_morning),
    )
}
_ALL = re.compile(
    "|".join(f"(?P<{name}>{re.sub(r'[?]P<[a-z]+>', '?:', shape.pattern)})" for name, (shape, _) in _SHAPES.items())
)
