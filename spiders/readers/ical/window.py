"""Which part of time a calendar is read for, and what was lost on the way."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from spiders.readers.ical.values import EARLIEST, LATEST, Stamp
from spiders.reasons import Reason

_AHEAD = timedelta(days=2)  # zones differ by less


@dataclass(frozen=True, slots=True)
class Losses:
    """What could not be read: how often for each reason, and the uids that stand in the calendar all the same."""

    notes: Counter[Reason] = field(default_factory=Counter)
    uids: set[str] = field(default_factory=set)

    def add(self, reason: Reason, uid: str) -> None:
        self.notes[reason] += 1
        self.uids.add(uid)


@dataclass(frozen=True, slots=True)
class Window:
    """[``start``, ``end``) as aware moments; dates are compared on the calendar of the window's own zone.

    ``overrides``: times hold in ``default`` as they are written, whatever zone they name.
    """

    start: datetime
    end: datetime
    default: ZoneInfo
    with_running: bool = False
    overrides: bool = False

    def holds(self, stamp: Stamp, lasting: timedelta) -> bool:
        low, high, at = self.start, self.end, stamp.wall
        if stamp.is_date:
            low, high = low.replace(tzinfo=None), high.replace(tzinfo=None)
        else:
            at = (stamp.floating() if self.overrides else stamp).instant(self.default)
        return low <= at < high or (self.with_running and at < low < at + lasting)

    def walls(self, lasting: timedelta, shift: timedelta = timedelta(0)) -> tuple[datetime, datetime]:
        """Naive bounds that no occurrence in the window can lie outside of, whatever its zone, moved by ``shift``."""
        try:
            low = self.start.astimezone(UTC).replace(tzinfo=None) - _AHEAD + shift
            low -= lasting if self.with_running else timedelta(0)
            high = self.end.astimezone(UTC).replace(tzinfo=None) + _AHEAD + shift
        except OverflowError:
            return EARLIEST, LATEST
        return low, high
