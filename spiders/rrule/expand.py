"""Recurrence rules (RFC 5545, 3.3.10): a rule and a first wall time give wall times within bounds.

The walk goes period by period (year, month, week, day, hour), jumps to the window where nothing must be counted, and
stops at its end: a rule that never fires ("30 February") costs the window, not the calendar of the next 8,000 years.
Wall times are naive on purpose: a weekly meeting stays at 19:00 when clocks change; zones are applied by the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice

from spiders.reasons import Code, Reason
from spiders.rrule.days import days_of, fits
from spiders.rrule.parse import MAX_TIMES_A_DAY, Rule, RuleError

_MAX_PERIODS = 100_000  # walked for COUNT from far away: 270 years of days


def occurrences(rule: Rule, start: datetime, after: datetime, before: datetime) -> Iterator[datetime]:
    """Naive wall times of ``rule`` from ``start`` on, within [``after``, ``before``), in order.

    COUNT is honoured from ``start``, which counts as the first occurrence only where it fits the rule. UNTIL is the
    caller's: it narrows ``before``. Raises RuleError when a count would have to be walked over too many periods.
    """
    skipped = _jump(rule, start, after)
    left = None if rule.count is None else rule.count - skipped
    for index, period in enumerate(_periods(rule, start, skipped)):
        if period > before or (left is not None and left <= 0):
            return
        if index > _MAX_PERIODS:
            raise RuleError(Reason(Code.RULE_FROM_FAR))
        for moment in _within(rule, start, period):
            if moment < start:
                continue
            if left is not None:
                if left <= 0:
                    return
                left -= 1
            if moment >= before:
                return
            if moment >= after:
                yield moment


def _jump(rule: Rule, start: datetime, after: datetime) -> int:
    """How many periods lie wholly before ``after`` and need no walking."""
    if after <= start or (rule.count is not None and not rule.plain):
        return 0
    gap = after - start
    whole = {
        "HOURLY": gap // timedelta(hours=1),
        "DAILY": gap.days,
        "WEEKLY": gap.days // 7,
        "MONTHLY": (after.year - start.year) * 12 + after.month - start.month,
        "YEARLY": after.year - start.year,
    }[rule.frequency]
    return max(0, whole // rule.interval - 1)


def _periods(rule: Rule, start: datetime, first: int) -> Iterator[datetime]:
    """The first moment of each period that the rule looks at, ``first`` periods after the one of ``start``."""
    n = first * rule.interval
    try:
        if rule.frequency == "YEARLY":
            while True:
                yield datetime.combine(date(start.year + n, 1, 1), time())
                n += rule.interval
        elif rule.frequency == "MONTHLY":
            while True:
                years, month = divmod(start.month - 1 + n, 12)
                yield datetime.combine(date(start.year + years, month + 1, 1), time())
                n += rule.interval
        else:
            period, step = _clock(rule, start)
            period += step * first
            while True:
                yield period
                period += step
    except (ValueError, OverflowError):
        return  # the year 9999 is behind us


def _clock(rule: Rule, start: datetime) -> tuple[datetime, timedelta]:
    day = datetime.combine(start.date(), time())
    if rule.frequency == "WEEKLY":
        return day - timedelta(days=(day.weekday() - rule.week_start) % 7), timedelta(weeks=rule.interval)
    if rule.frequency == "DAILY":
        return day, timedelta(days=rule.interval)
    return day + timedelta(hours=start.hour), timedelta(hours=rule.interval)


def _within(rule: Rule, start: datetime, period: datetime) -> Iterable[datetime]:
    """Occurrences of one period, in order, BYSETPOS applied."""
    if rule.frequency == "HOURLY":
        found = _in_hour(rule, start, period)
    else:
        times = _times(rule, start)
        found = (datetime.combine(day, moment) for day in days_of(rule, start, period) for moment in times)
    if not rule.positions:
        return found
    every = list(islice(found, 366 * MAX_TIMES_A_DAY))
    picked = {p - 1 if p > 0 else len(every) + p for p in rule.positions}
    return [every[index] for index in sorted(picked) if 0 <= index < len(every)]


def _in_hour(rule: Rule, start: datetime, period: datetime) -> Iterator[datetime]:
    if (rule.hours and period.hour not in rule.hours) or not fits(rule, period.date()):
        return
    if rule.weekdays and period.weekday() not in {day for _, day in rule.weekdays}:
        return
    for minute in sorted(rule.minutes) or [start.minute]:
        for second in sorted(rule.seconds) or [start.second]:
            yield period.replace(minute=minute, second=min(second, 59))


def _times(rule: Rule, start: datetime) -> list[time]:
    return [
        time(hour, minute, min(second, 59))
        for hour in sorted(rule.hours) or [start.hour]
        for minute in sorted(rule.minutes) or [start.minute]
        for second in sorted(rule.seconds) or [start.second]
    ]
