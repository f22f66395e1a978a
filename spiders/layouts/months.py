"""Months, for sites whose list has a page for each."""

from __future__ import annotations

from datetime import datetime


def months_from(now: datetime, count: int) -> list[tuple[int, int]]:
    """So many months from that of ``now`` on, each as (year, month).

    >>> months_from(datetime(2026, 11, 30), 3)
    [(2026, 11), (2026, 12), (2027, 1)]
    """
    first = now.year * 12 + now.month - 1
    return [(number // 12, number % 12 + 1) for number in range(first, first + count)]
