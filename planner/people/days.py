"""A day in a person's words: ``last Thursday``, 上周四, ``3 days ago``, ``2026-11-19``. What was is looked for in the
past, what is promised in the time to come."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

LATEST = timedelta(days=3 * 366)
_DAYS = {"day": 1, "days": 1, "week": 7, "weeks": 7, "天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_NUMBERS = {
    **dict.fromkeys(("a", "an", "one", "一"), 1),
    **dict.fromkeys(("two", "两", "二"), 2),
    **dict.fromkeys(("three", "三"), 3),
    **dict.fromkeys(("four", "四"), 4),
    **dict.fromkeys(("five", "五"), 5),
    **dict.fromkeys(("six", "六"), 6),
    **dict.fromkeys(("seven", "七"), 7),
    **dict.fromkeys(("ten", "十"), 10),
}
_NUMBER = rf"(\d{{1,3}}|{'|'.join(_NUMBERS)})"
_BACK = (
    re.compile(rf"{_NUMBER} (days?|weeks?) ago", re.IGNORECASE),
    re.compile(rf"{_NUMBER} ?个?(天|日|周|星期|礼拜)(?:之|以)?前"),
)
_AHEAD = (
    re.compile(rf"(?:with)?in {_NUMBER} (days?|weeks?)", re.IGNORECASE),
    re.compile(rf"{_NUMBER} ?个?(天|日|周|星期|礼拜)(?:之|以)?[后内]"),
)
_NAMED = {
    "today": 0,
    "今天": 0,
    "今晚": 0,
    "tonight": 0,
    "yesterday": -1,
    "昨晚": -1,
    "last night": -1,
    "大前天": -3,
    "大后天": 3,
}
_AROUND = re.compile(r"^(?:on|by|until|before|till)\s+|(?:之前|以前|前)$", re.IGNORECASE)
_WEEKDAY_ALONE = re.compile(
    r"(?:周|星期|礼拜)[一二三四五六日天]|(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?", re.IGNORECASE
)


def day_that_was(text: str, now: datetime) -> date | None:
    """The day meant, not after today; None where none is understood. ``now`` is a local moment."""
    today, found = now.date(), _day(text, now)
    if found is None:
        return None
    if found > today and _WEEKDAY_ALONE.fullmatch(text.strip()):
        found -= timedelta(days=7)
    elif found > today and re.search(r"\d", text) and not re.search(r"\d{4}", text):  # a date without its year
        found = _a_year_before(found)
    return found if today - LATEST <= found <= today else None


def day_to_come(text: str, now: datetime) -> date | None:
    """The day meant, not before today; None where none is understood."""
    found = _day(_AROUND.sub("", text.strip()), now)
    return found if found is not None and now.date() <= found <= now.date() + LATEST else None


def _day(text: str, now: datetime) -> date | None:
    said, today = text.strip(), now.date()
    try:
        return date.fromisoformat(said)
    except ValueError:
        pass
    if said.casefold() in _NAMED:
        return today + timedelta(days=_NAMED[said.casefold()])
    for forms, sign in ((_BACK, -1), (_AHEAD, 1)):
        for form in forms:
            if counted := form.fullmatch(said):
                number = _NUMBERS.get(counted[1].casefold()) or int(counted[1])
                return today + timedelta(days=sign * number * _DAYS[counted[2].casefold()])
    from spiders.text.when import read_when

    zone = now.tzinfo.key if isinstance(now.tzinfo, ZoneInfo) else "UTC"
    midday = datetime.combine(today, time(12), now.tzinfo)  # whatever the hour, today is today
    days = {
        session.start.astimezone(now.tzinfo).date() for session in read_when(said, now=midday, timezone=zone).sessions
    }
    return days.pop() if len(days) == 1 else None


def _a_year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # a leap day
        return day.replace(year=day.year - 1, day=28)
