"""The days that a recurrence rule picks from one period (the table in RFC 5545, 3.3.10)."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, timedelta

from spiders.rrule.parse import Rule


def days_of(rule: Rule, start: datetime, period: datetime) -> list[date]:
    if rule.frequency == "YEARLY":
        return _days_of_year(rule, start, period.year)
    if rule.frequency == "MONTHLY":
        return _days_of_month(rule, start, period.year, period.month)
    if rule.frequency == "WEEKLY":
        wanted = {day for _, day in rule.weekdays} or {start.weekday()}
        week = [_plus(period.date(), n) for n in range(7)]
        return [day for day in week if day and day.weekday() in wanted and fits(rule, day)]
    day = period.date()
    wanted = {weekday for _, weekday in rule.weekdays}
    return [day] if (not wanted or day.weekday() in wanted) and fits(rule, day) else []


def _plus(day: date, days: int) -> date | None:
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def fits(rule: Rule, day: date) -> bool:
    """Whether a day passes the limits that BYMONTH, BYMONTHDAY and BYYEARDAY set."""
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days:
        last = months.monthrange(day.year, day.month)[1]
        if not {day.day, day.day - last - 1} & rule.month_days:
            return False
    if rule.year_days:
        length = 366 if months.isleap(day.year) else 365
        number = day.timetuple().tm_yday
        if not {number, number - length - 1} & rule.year_days:
            return False
    return True


def _days_of_year(rule: Rule, start: datetime, year: int) -> list[date]:
    every = rule.months or set(range(1, 13))
    if rule.year_days or rule.weeks:
        days = [d for month in sorted(every) for d in _month(year, month) if fits(rule, d)]
        if rule.weeks:
            numbers = {week if week > 0 else _weeks_in(year, rule.week_start) + 1 + week for week in rule.weeks}
            days = [d for d in _around(year, rule, days) if _week(d, rule.week_start) in {(year, n) for n in numbers}]
            wanted = {day for _, day in rule.weekdays} or ({start.weekday()} if not rule.month_days else set())
        else:
            wanted = {day for _, day in rule.weekdays}
        return [d for d in days if not wanted or d.weekday() in wanted]
    if rule.month_days:
        days = [d for month in sorted(every) for d in _month(year, month) if fits(rule, d)]
        return [d for d in days if not rule.weekdays or d.weekday() in {day for _, day in rule.weekdays}]
    if rule.weekdays:
        if rule.months:
            return [d for month in sorted(rule.months) for d in _weekdays_of(rule.weekdays, _month(year, month))]
        return _weekdays_of(rule.weekdays, [d for month in range(1, 13) for d in _month(year, month)])
    wanted_months = sorted(rule.months) or [start.month]
    return [date(year, month, start.day) for month in wanted_months if start.day <= months.monthrange(year, month)[1]]


def _around(year: int, rule: Rule, days: list[date]) -> list[date]:
    """Days of a year with those of its first and last week that lie in the years beside it."""
    if rule.months or rule.month_days or rule.year_days:
        return days
    before = [date(year - 1, 12, d) for d in range(29, 32)] if year > 1 else []
    return before + days + ([date(year + 1, 1, d) for d in range(1, 4)] if year < 9999 else [])


def _week(day: date, first: int) -> tuple[int, int]:
    """Year and number of the week of a day when weeks begin on ``first``: week 1 holds at least four days."""
    fourth = _plus(day, 3 - (day.weekday() - first) % 7) or day
    return fourth.year, (fourth.timetuple().tm_yday - 1) // 7 + 1


def _weeks_in(year: int, first: int) -> int:
    return _week(date(year, 12, 28), first)[1]


def _days_of_month(rule: Rule, start: datetime, year: int, month: int) -> list[date]:
    if rule.months and month not in rule.months:
        return []
    days = _month(year, month)
    if rule.month_days or rule.year_days:
        wanted = {day for _, day in rule.weekdays}
        return [d for d in days if fits(rule, d) and (not wanted or d.weekday() in wanted)]
    if rule.weekdays:
        return _weekdays_of(rule.weekdays, days)
    return [days[start.day - 1]] if start.day <= len(days) else []


def _month(year: int, month: int) -> list[date]:
    return [date(year, month, day) for day in range(1, months.monthrange(year, month)[1] + 1)]


def _weekdays_of(wanted: frozenset[tuple[int, int]], days: list[date]) -> list[date]:
    """Days of a month or a year that BYDAY names, such as every Monday or the last Friday (-1FR)."""
    found = set()
    for position, weekday in wanted:
        same = [d for d in days if d.weekday() == weekday]
        if position == 0:
            found.update(same)
        elif abs(position) <= len(same):
            found.add(same[position - 1 if position > 0 else position])
    return sorted(found)
