"""ISO weeks in the user's zone: which one is meant, and from when to when it runs; and what a zone is."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

_NAME = re.compile(r"((?:19|2\d)\d{2})-?W(\d{2})")  # years whose neighbours are years too


@dataclass(frozen=True, slots=True)
class WeekSpan:
    """Seven days from a Monday, in one zone."""

    monday: date
    zone: ZoneInfo

    @property
    def name(self) -> str:
        """``2026-W48`` (ISO 8601)."""
        year, week, _ = self.monday.isocalendar()
        return f"{year}-W{week:02d}"

    @property
    def start(self) -> datetime:
        return datetime.combine(self.monday, time(), self.zone)

    @property
    def end(self) -> datetime:
        """The midnight after Sunday."""
        return datetime.combine(self.monday + timedelta(days=7), time(), self.zone)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + timedelta(days=offset) for offset in range(7))

    def shifted(self, weeks: int) -> WeekSpan:
        """The week so many weeks later."""
        return WeekSpan(self.monday + timedelta(weeks=weeks), self.zone)


def week_of(wanted: str | None, now: datetime, zone: ZoneInfo) -> WeekSpan:
    """``this``, ``next`` or ``2026-W48``; without a wish ``next`` from Friday 18:00 on, else ``this``.

    Raises ValueError for anything else.
    """
    local = now.astimezone(zone)
    monday = local.date() - timedelta(days=local.weekday())
    if wanted is None:
        late = (local.weekday(), local.hour) >= (4, 18)
        return WeekSpan(monday + timedelta(days=7 if late else 0), zone)
    if wanted in {"this", "next"}:
        return WeekSpan(monday + timedelta(days=7 if wanted == "next" else 0), zone)
    match = _NAME.fullmatch(wanted)
    if match is None:
        raise ValueError(wanted)
    return WeekSpan(date.fromisocalendar(int(match[1]), int(match[2]), 1), zone)


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA zone that this machine or the tzdata package knows, without listing all of them
    (which takes 50 ms)."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a plain name, or a folder of names
        return False
    return True
