"""Working days: weekends, and in China also holidays and the weekends worked in exchange for them."""

from __future__ import annotations

from datetime import date

CHINESE_ZONES = frozenset({"Asia/Shanghai", "Asia/Chongqing", "Asia/Harbin", "Asia/Urumqi", "PRC"})


def is_working_day(day: date, timezone: str) -> tuple[bool, bool]:
    """-> (whether people work on ``day``, whether that is known). A year that the Chinese calendar has not announced
    yet counts plain weekends, and is not known."""
    plain = day.weekday() < 5
    if timezone not in CHINESE_ZONES:
        return plain, True
    import chinese_calendar

    try:
        return bool(chinese_calendar.is_workday(day)), True
    except NotImplementedError:
        return plain, False
