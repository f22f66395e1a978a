"""Which of several VEVENTs under one UID hold: a newer version replaces an older (RFC 5545, 3.8.7.4; RFC 5546, 2.1.5).

Not all of them are versions. Sites write the dates of a course out one by one under one UID, and some give all that
they announce the same. Nothing is left out that may be such a date: only what a higher SEQUENCE, or the later stamp of
two, replaces under a title like its own or at the same start.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from spiders.readers.dedupe import alike
from spiders.readers.ical.parser import Component
from spiders.readers.ical.values import EARLIEST, ValueProblemError, read_stamp
from spiders.readers.ical.zones import Zones

_UTC = ZoneInfo("UTC")
_SAME_STAMP = timedelta(minutes=1)  # a program that stamps each event as it writes it needs no longer
_MOST = 50  # under one UID; more are no versions


def current(masters: list[Component], zones: list[Zones]) -> list[Component]:
    """The VEVENTs of one UID that hold, in their order; RECURRENCE-IDs are looked at nowhere here."""
    if len(masters) < 2 or len(masters) > _MOST:
        return masters
    highest = max(map(sequence_of, masters))
    newest = [each for each in masters if sequence_of(each) == highest]
    if len(newest) == len(masters):
        return _later_of_two(masters, zones) if len(masters) == 2 else masters
    if _are_dates(masters):
        return masters
    alone = len(masters) == 2  # under one UID by intent
    return [
        each
        for each in masters
        if sequence_of(each) == highest or not any(_replaces(newer, each, alone=alone) for newer in newest)
    ]


def _later_of_two(masters: list[Component], zones: list[Zones]) -> list[Component]:
    one, other = masters
    if not _is_stamped(one) or not _is_stamped(other) or not _replaces(one, other):
        return masters
    return [other] if is_newer(other, one, zones) else [one] if is_newer(one, other, zones) else masters


def _are_dates(masters: list[Component]) -> bool:
    """Whether several of one SEQUENCE have starts of their own: dates written out, some of them edited."""
    starts: dict[int, set[str]] = {}
    for each in masters:
        starts.setdefault(sequence_of(each), set()).add(_value(each, "DTSTART"))
    return any(len(found) > 1 for found in starts.values())


def is_newer(one: Component, other: Component, zones: list[Zones]) -> bool:
    """Whether ``one`` is a later version than ``other``: by SEQUENCE, then DTSTAMP, then LAST-MODIFIED."""
    first, second = sequence_of(one), sequence_of(other)
    if first != second:
        return first > second
    for name in ("DTSTAMP", "LAST-MODIFIED"):
        apart = _stamp(one, name, zones) - _stamp(other, name, zones)
        if abs(apart) > _SAME_STAMP or (apart and name != "DTSTAMP"):
            return apart > timedelta(0)
    return False


def _replaces(newer: Component, older: Component, *, alone: bool = False) -> bool:
    """Whether both tell of the same happening, as two that are ``alone`` do by their UID, and the older is not the part
    of a series that came before."""
    begins, began = _value(newer, "DTSTART"), _value(older, "DTSTART")
    rule = _value(older, "RRULE").upper()
    until = rule.partition("UNTIL=")[2][:8]
    if until and until.isdigit() and until < begins[:8]:
        return False
    return alone or begins == began or alike(newer.text("SUMMARY") or "", older.text("SUMMARY") or "")


def _is_stamped(event: Component) -> bool:
    """Whether its stamps may tell versions apart: some write the start there."""
    return _value(event, "DTSTAMP").rstrip("Z") != _value(event, "DTSTART").rstrip("Z")


def _value(event: Component, name: str) -> str:
    found = event.first(name)
    return found.value.strip() if found else ""


def sequence_of(event: Component) -> int:
    """The SEQUENCE; 0 without one that can be read."""
    text = _value(event, "SEQUENCE")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _stamp(event: Component, name: str, zones: list[Zones]) -> datetime:
    found = event.first(name)
    if found is None:
        return EARLIEST
    try:
        stamp = read_stamp(found.value, found.parameter("TZID"), zones[event.scope])
    except ValueProblemError:
        return EARLIEST
    return stamp.instant(_UTC).replace(tzinfo=None)
