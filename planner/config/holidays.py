"""Working days: the user's own list first, then public holidays, in China with the weekends worked in exchange."""

from __future__ import annotations

from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Holidays:
    """The holidays of a user, for what does not take place on them."""

    week: Week
    timezone: str

    def __str__(self) -> str:
        own = self.week.holidays
        return ",".join([self.week.country or self.timezone, *map(str, sorted(own.off)), *map(str, sorted(own.worked))])

    def fall_on(self, day: date) -> bool:
        """Whether a working day of the week is off; of a Saturday or Sunday nothing tells that."""
        return day.weekday() < 5 and not is_working_day(day, self.week, self.timezone)[0]
