"""From what is written to a calendar day: the year left out, days told by a weekday or relative to today."""

from __future__ import annotations

import re
from datetime import date, timedelta

# A day without a year is that day nearest to publication; announcements look a little further ahead than back.
DAYS_BACK, DAYS_AHEAD = 150, 216
WEEKDAY_CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


_SLASHES = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})(?:/\d{4})?(?![\d/])")
_A_MONTH, _FITTING = 32, 62  # days ahead: of a bare day of the month, and of one whose weekday is said
_ROUND_THE_CLOCK = "24/7"
_FIRST_YEAR = 1911  # the year before the first of Taiwan's count


def full_year(year: int, today: date) -> int:
    """``114`` or ``96`` as a year: Taiwan's count (1912 is 1) or, of two digits, a century; the nearest one."""
    if year >= 1000:
        return year
    ways: list[int] = [_FIRST_YEAR + year, *((2000 + year, 1900 + year) if year < 100 else ())]
    return min(ways, key=lambda way: abs(way - today.year))


def day_stands_first(text: str) -> bool | None:
    """Whether the slashes of a text are day/month: one number above 12 tells of all; None where none does."""
    told = [(int(m[1]), int(m[2])) for m in _SLASHES.finditer(text) if m[0] != _ROUND_THE_CLOCK]
    first = any(12 < one <= 31 and 1 <= two <= 12 for one, two in told)
    second = any(12 < two <= 31 and 1 <= one <= 12 for one, two in told)
    return None if first == second else first


def safe(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def with_year(month: int, day: int, today: date, weekday: int | None = None) -> date | None:
    """The day nearest to ``today``; a stated ``weekday`` decides where the neighbouring year fits it better."""
    candidates = [found for year in (today.year - 1, today.year, today.year + 1) if (found := safe(year, month, day))]
    if not candidates:
        return None
    near = [c for c in candidates if -DAYS_BACK <= (c - today).days <= DAYS_AHEAD]
    best = near[0] if near else min(candidates, key=lambda c: abs((c - today).days))
    if weekday is not None and best.weekday() != weekday:
        fitting = [c for c in candidates if c.weekday() == weekday and -200 <= (c - today).days <= 300]
        # Only where the nearest day is itself far off: a wrong weekday is a commoner slip than a year's distance.
        if fitting and abs((best - today).days) > 100:
            return fitting[0]
    return best


def with_month(
    day: int, today: date, year: int | None = None, month: int | None = None, *, weekday: int | None = None
) -> date | None:
    """A bare day of the month: in the month spoken of, else the nearest one, rather ahead than back.

    A stated ``weekday`` decides for the month in which it fits.
    """
    if month is not None:
        if year is not None:
            return safe(year, month, day)
        return with_year(month, day, today)
    candidates = []
    for step in (-1, 0, 1, 2):
        index = today.year * 12 + today.month - 1 + step
        found = safe(index // 12, index % 12 + 1, day)
        if found is not None and -8 <= (found - today).days <= _FITTING:
            candidates.append(found)
    fitting = [c for c in candidates if c.weekday() == weekday]
    candidates = fitting or [c for c in candidates if (c - today).days <= _A_MONTH]
    ahead = [c for c in candidates if c >= today]
    return min(ahead or candidates, key=lambda c: abs((c - today).days), default=None)


def of_weekday(weekday: int, modifier: str, today: date) -> date:
    """``周六`` is the next one, today included; ``本周六`` that of this week (from Monday), ``下周六`` of the next."""
    monday = today - timedelta(days=today.weekday())
    weeks = {"本": 0, "下": 1, "下下": 2, "上": -1, "上上": -2}.get(modifier)
    if weeks is None:
        return today + timedelta(days=(weekday - today.weekday()) % 7)
    return monday + timedelta(days=7 * weeks + weekday)


def nth_weekday(year: int, month: int, which: int, weekday: int) -> date | None:
    """The first (1) to fifth or last (-1) ``weekday`` of a month; None where the month has no fifth."""
    if which > 0:
        first = date(year, month, 1)
        found = first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (which - 1))
        return found if found.month == month else None
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def after(first: date, month: int | None, day: int) -> date | None:
    """The end of a range that began on ``first``: the same year, or the next where it would lie before the start."""
    if month is None:
        found = safe(first.year, first.month, day)
        if found is not None and found >= first:
            return found
        index = first.year * 12 + first.month
        return safe(index // 12, index % 12 + 1, day)
    found = safe(first.year, month, day)
    if found is not None and found < first:
        return safe(first.year + 1, month, day)
    return found
