"""When a VEVENT is: its start, how long it lasts, and whole days that were written as hours."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from spiders.readers.ical.parser import Component, Property
from spiders.readers.ical.values import Stamp, ValueProblemError, read_duration, stamp_of
from spiders.readers.ical.window import Window
from spiders.readers.ical.zones import Zones
from spiders.reasons import Code, Reason

_DAY = timedelta(days=1)
_LAST_MINUTE = timedelta(hours=23, minutes=59)
# X-MICROSOFT-CDO-ALLDAYEVENT, X-FUNAMBOL-ALLDAY, ALLDAY and the like.
_FLAGS = ("ALLDAY", "ALLDAYEVENT", "ALL-DAY")
_YES = frozenset({"TRUE", "1", "YES"})


@dataclass(frozen=True, slots=True)
class Times:
    """The times of one component. ``start`` is a date where it is of whole days; ``written`` is then still as it was
    written. ``length`` is None where the end is unknown or what was said about it makes no sense."""

    start: Stamp
    length: timedelta | None
    doubts: tuple[Reason, ...]
    written: Stamp


def times_of(event: Component, zones: Zones, window: Window) -> Times:
    """Start, length and doubts of a component. Raises ValueProblemError where its start is missing or unreadable."""
    started = event.first("DTSTART")
    if started is None:
        raise ValueProblemError(Reason(Code.NO_START))
    starts = event.properties["DTSTART"]
    start = stamp_of(started, zones)
    doubts = [start.doubt] if start.doubt else []
    if len(starts) > 1 and len({found.value for found in starts}) > 1:
        doubts.append(Reason(Code.TWO_STARTS))
    length: timedelta | None = None
    try:
        start, length = _ended(event, start, zones, window.default)
    except ValueProblemError as problem:
        doubts.append(problem.reason)
    if length is not None and length < timedelta(0):
        doubts.append(Reason(Code.ENDS_BEFORE_START))
        length = None
    written = start
    if start.is_date:
        length = max(_DAY, -(-length // _DAY) * _DAY) if length is not None else _DAY
    elif days := _days_in_disguise(event, start, length, window):
        start, length = Stamp(datetime.combine(days[0], time()), True, None), days[1] - days[0]
    return Times(start, length or None, tuple(doubts), written)


def _ended(event: Component, start: Stamp, zones: Zones, default: ZoneInfo) -> tuple[Stamp, timedelta | None]:
    """The start, in the zone of the end where only that names one, and how long it is to the end."""
    lasting = event.first("DURATION")
    if ended := event.first("DTEND"):
        try:
            return _until(start, ended, zones, default)
        except ValueProblemError:
            if lasting is None:
                raise
    return start, read_duration(lasting.value) if lasting else None


def _until(start: Stamp, ended: Property, zones: Zones, default: ZoneInfo) -> tuple[Stamp, timedelta | None]:
    end = stamp_of(ended, zones)
    apart = end.wall - start.wall
    if end.is_date and not start.is_date and apart < timedelta(0):
        return start, None  # the day of the start says nothing of its end
    if end.is_date or start.is_date or end.zone is start.zone or end.zone == start.zone:
        return start, apart
    between = end.instant(default) - start.instant(default)
    if end.zone is None:  # it is meant as its start is
        return start, apart if apart >= timedelta(0) else between
    if start.zone is None and not end.is_utc:
        return replace(start, zone=end.zone), apart
    return start, apart if start.zone is None and between < timedelta(0) else between


def _days_in_disguise(
    event: Component, start: Stamp, length: timedelta | None, window: Window
) -> tuple[date, date] | None:
    """First and exclusive last day of what lasts from midnight to midnight, or to 23:59; None for what is of hours.

    Midnight counts where it was written, and at home where the time is written in UTC. Under a vendor's mark the
    midnight of any zone will do, and the end may be missing."""
    here = start.floating() if window.overrides else start
    begins = _at_home(here, window.default)
    if here.wall.time() == time() and length and time(23, 59) <= (here.wall + length).time():
        return here.wall.date(), (here.wall + length).date() + _DAY  # no clock on earth makes an end of that
    if begins.time() == time() and length:
        ends = _at_home(Stamp(here.wall + length, False, here.zone), window.default)
        if ends.time() == time() or ends.time() >= time(23, 59):
            return begins.date(), ends.date() + (_DAY if ends.time() != time() else timedelta(0))
        return None
    rest = length % _DAY if length else timedelta(0)
    if (rest and rest < _LAST_MINUTE) or not _is_marked(event):
        return None
    first = days_at(here, window.default)[0]
    return first, first + max(_DAY, (length or _DAY) + (_DAY - rest if rest else rest))


def _at_home(stamp: Stamp, home: ZoneInfo) -> datetime:
    return stamp.instant(home).astimezone(home).replace(tzinfo=None) if stamp.is_utc else stamp.wall


def _is_marked(event: Component) -> bool:
    return any(
        name.endswith(_FLAGS) and found[0].value.strip().upper() in _YES for name, found in event.properties.items()
    )


def days_at(stamp: Stamp, home: ZoneInfo | None) -> list[date]:
    """The days that a moment may stand for, the likeliest first: the one whose midnight it is at ``home``, else the one
    it is written with; in UTC, where it is midnight nowhere near, the day that begins then in some other zone."""
    written = stamp.wall.date()
    if not stamp.is_utc or stamp.is_date:
        return [written]
    found: list[date] = []
    if home is not None:
        local = stamp.wall.replace(tzinfo=UTC).astimezone(home)
        if local.time() == time():
            found.append(local.date())
    if stamp.wall.time() == time():
        return [*found, written]
    try:
        following = written + _DAY
    except OverflowError:
        return [written]
    # East of Greenwich the day begins on the evening before.
    return [*found, *((following, written) if stamp.wall.hour >= 12 else (written, following))]
