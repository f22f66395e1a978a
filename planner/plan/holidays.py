"""Working days: the user's own list first, then public holidays, in China with the weekends worked in exchange."""

from __future__ import annotations

from datetime import date

from planner.config.model import Week

CHINESE_ZONES = frozenset({"Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "Asia/Urumqi", "PRC"})


def is_working_day(day: date, week: Week, timezone: str) -> tuple[bool, bool]:
    """-> (whether people work on ``day``, whether that is known). A year that the Chinese calendar has not announced
    yet counts plain weekends and is not known, until the user's own list tells of that year."""
    own = week.holidays
    if day in own.off or day in own.worked:
        return day in own.worked, True
    country = week.country or ("CN" if timezone in CHINESE_ZONES else None)
    if country == "CN":
        return _in_china(day, told=any(other.year == day.year for other in own.off))
    if country is None:
        return day.weekday() < 5, True
    import holidays

    code, _, region = country.partition("-")
    return bool(holidays.country_holidays(code, subdiv=region or None).is_working_day(day)), True


def _in_china(day: date, *, told: bool) -> tuple[bool, bool]:
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return day.weekday() < 5, told
