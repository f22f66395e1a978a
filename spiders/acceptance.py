"""Whether a source is worth having, judged by one answer: how many dated events it tells, and how much of each.

A source is known by the dated events seen in it, never by a status or a content type.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from spiders.items import Event, Reading, Zoned
from spiders.listed import with_own_pages
from spiders.readers.timestamps import read_moment
from spiders.reasons import Code, Reason

Verdict = Literal["good", "thin", "quiet", "failed"]
ENOUGH = 0.5
"""The share of events that must have a date, and say where they are held; fewer is thin."""
DAYS_OF_A_SERIES = 60
"""What lasts longer is rather a series told by its first and last day, or an exhibition."""
ROUND_LENGTHS = frozenset({20, 25, 30, 50, 100, 200, 250, 500, 1000})
"""How many entries software lists where nobody asks it for more."""
MIN_PLACES_OF_A_POINT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """Which part of the events has a date, a place, an address (or a point on the map), a link; and which part is
    doubted. Between 0 and 1. Events that are online need no place and no address."""

    date: float = 0.0
    place: float = 0.0
    address: float = 0.0
    url: float = 0.0
    doubts: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What one answer of a source is worth.

    ``total`` events, ``dated`` of them with a start, ``ahead`` not yet over; ``oldest`` and ``newest`` are starts.
    ``zone`` says whether the times name their time zone; None where there are none, or all are days. ``verdict``:
    "good"; "thin", where it lacks what a plan needs; "quiet", where nothing lies ahead; "failed", where it is no
    source. ``reason`` says why it is not good. ``notes`` are what one should know of it.
    """

    verdict: Verdict
    reason: Reason | None = None
    reader: str | None = None
    total: int = 0
    dated: int = 0
    ahead: int = 0
    shares: Shares = Shares()
    oldest: datetime | None = None
    newest: datetime | None = None
    zone: Zoned | None = None
    notes: tuple[Reason, ...] = ()


def assess(readings: Sequence[Reading], now: datetime, *, failure: Reason | None = None) -> Assessment:
    """Judge the readings of one source, the list first and then its details; ``failure`` is why there are none."""
    refused = failure or next((each.reason for each in readings if each.refused), None)
    if refused is not None or not readings:
        return Assessment(verdict="failed", reason=refused or Reason(Code.NO_ANSWER))
    listed, *details = readings
    events = with_own_pages(listed.events, [event for reading in details for event in reading.events])
    starts = [event.start for event in events if event.start is not None]
    ahead = sum(is_ahead(event, now) for event in events)
    verdict, reason = _verdict(events, readings, ahead)
    return Assessment(
        verdict=verdict,
        reason=reason,
        reader=readings[0].reader,
        total=len(events),
        dated=len(starts),
        ahead=ahead,
        shares=_shares(events),
        oldest=min(starts, default=None),
        newest=max(starts, default=None),
        zone=_zone(readings, events),
        notes=_notes(readings, events),
    )


def is_ahead(event: Event, now: datetime) -> bool:
    """Whether an event has a start and is not over."""
    if event.start is None:
        return False
    until = event.end or (event.start + timedelta(days=1) if event.all_day else event.start)
    return until > now


def _verdict(events: Sequence[Event], readings: Sequence[Reading], ahead: int) -> tuple[Verdict, Reason | None]:
    total = len(events)
    if not events:
        return "quiet", next((each.reason for each in readings if each.reason), Reason(Code.NO_EVENT_AT_ALL))
    dated = [event for event in events if event.start is not None]
    if not ahead and dated:
        last = max(event.start for event in dated if event.start is not None)
        return "quiet", Reason(Code.NOTHING_AHEAD, total=total, day=f"{last:%Y-%m-%d}")
    if len(dated) < ENOUGH * total or not ahead:
        return "thin", Reason(Code.FEW_WITH_DATE, count=len(dated), total=total)
    doubtful = sum(event.evidence.sure == "doubtful" for event in dated)
    if doubtful > ENOUGH * len(dated):
        return "thin", Reason(Code.MANY_DOUBTFUL, count=doubtful, total=len(dated))
    placed = sum(map(_has_place, events))
    if placed < ENOUGH * total:
        return "thin", Reason(Code.FEW_WITH_PLACE, count=placed, total=total)
    return "good", None


def _has_place(event: Event) -> bool:
    return event.place is not None or event.mode == "online"


def _has_address(event: Event) -> bool:
    place = event.place
    return event.mode == "online" or (place is not None and (place.address or place.latitude) is not None)


def _shares(events: Sequence[Event]) -> Shares:
    def share(count: int) -> float:
        return count / len(events) if events else 0.0

    return Shares(
        date=share(sum(event.start is not None for event in events)),
        place=share(sum(map(_has_place, events))),
        address=share(sum(map(_has_address, events))),
        url=share(sum(event.url is not None for event in events)),
        doubts=share(sum(bool(event.evidence.doubts) or event.evidence.sure == "doubtful" for event in events)),
    )


def _zone(readings: Sequence[Reading], events: Sequence[Event]) -> Zoned | None:
    """What the reader says of it; else whether most times are written with an offset."""
    told = next((reading.zone for reading in readings if reading.zone is not None), None)
    if told is not None:
        return told
    written = [event.evidence.when for event in events if event.start is not None and not event.all_day]
    if not written:
        return None
    zoned = sum(moment is not None and moment.zone is not None for moment in map(read_moment, written))
    return "stated" if zoned > ENOUGH * len(written) else "assumed"


def _notes(readings: Sequence[Reading], events: Sequence[Event]) -> tuple[Reason, ...]:
    dated = [event for event in events if event.start is not None]
    notes = []
    if len(dated) < len(events):
        notes.append(Reason(Code.WITHOUT_DATE, count=len(events) - len(dated)))
    read = sum(event.evidence.when is not None and read_moment(event.evidence.when) is None for event in dated)
    if read > ENOUGH * len(dated):
        notes.append(Reason(Code.DATES_FROM_TEXT))
    if _zone(readings, events) == "assumed":
        notes.append(Reason(Code.ZONE_NOT_STATED))
    if any(reading.partial for reading in readings):
        notes.append(Reason(Code.LIST_CUT))
    elif len(events) in ROUND_LENGTHS and len(readings) == 1 and not any(event.recurrence for event in events):
        notes.append(Reason(Code.LIST_PERHAPS_CUT, count=len(events)))
    places = _places_of_one_point(events)
    if places >= MIN_PLACES_OF_A_POINT:
        notes.append(Reason(Code.ONE_POINT_FOR_ALL, count=places))
    spans = sum(_lasts_long(event) for event in dated)
    if spans:
        notes.append(Reason(Code.LONG_SPANS, count=spans, days=DAYS_OF_A_SERIES))
    return tuple(dict.fromkeys([*notes, *(note for reading in readings for note in reading.notes)]))


def _places_of_one_point(events: Sequence[Event]) -> int:
    """How many places by name there are, where all that are on the map are in the same spot."""
    places = [event.place for event in events if event.place is not None and event.place.latitude is not None]
    points = {(place.latitude, place.longitude) for place in places}
    return len({place.name or place.address for place in places}) if len(points) == 1 else 0


def _lasts_long(event: Event) -> bool:
    return (
        event.start is not None and event.end is not None and event.end - event.start > timedelta(days=DAYS_OF_A_SERIES)
    ) or any(doubt.code is Code.SPANS_DAYS for doubt in event.evidence.doubts)
