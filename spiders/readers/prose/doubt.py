"""Hours that an event's own text contradicts: a calendar that writes UTC as local time, or a foreign zone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from spiders.items import Event
from spiders.readers.prose.hours import HALF_DAY, Span, Told, clocks_in, told_in
from spiders.reasons import Code, Reason
from spiders.text.when import zones

_DAY = 24 * 60
PROOF = 2
"""So many different texts that contradict their hours by the distance of zones, with none that agrees, speak against
all hours of a calendar that are written in the same zone."""


@dataclass(frozen=True, slots=True)
class _Verdict:
    """What a text says of the hour in its field: it ``agrees``, or its ``words`` contradict; ``weight`` is what that
    says of the calendar's other hours."""

    agrees: bool = False
    words: str | None = None
    weight: int = 0


_SILENT = _Verdict()


def doubted(events: Sequence[Event], zone: ZoneInfo) -> Iterator[Event]:
    """The events of one document, those doubted whose hour their text contradicts; and, where several texts convict
    the way in which a calendar writes its hours, all that are written so."""
    verdicts = [_verdict(event, zone) for event in events]
    against: dict[str, dict[str, int]] = defaultdict(dict)
    cleared = {event.timezone for event, verdict in zip(events, verdicts, strict=True) if verdict.agrees}
    for event, verdict in zip(events, verdicts, strict=True):
        if verdict.weight and event.timezone not in cleared:
            against[event.timezone][event.description or ""] = verdict.weight
    convicted = {name for name, texts in against.items() if sum(texts.values()) >= PROOF}
    for event, verdict in zip(events, verdicts, strict=True):
        if verdict.words is not None and event.start is not None:
            time = f"{event.start.astimezone(zone):%H:%M}"
            yield _doubtful(event, Reason(Code.HOURS_CONTRADICT_TEXT, time=time, words=verdict.words))
        elif event.timezone in convicted and event.start is not None and not event.all_day:
            yield _doubtful(event, Reason(Code.HOURS_OF_CALENDAR_WRONG, count=len(against[event.timezone])))
        else:
            yield event


def _doubtful(event: Event, doubt: Reason) -> Event:
    return replace(event, evidence=replace(event.evidence, sure="doubtful", doubts=(*event.evidence.doubts, doubt)))


def _verdict(event: Event, zone: ZoneInfo) -> _Verdict:
    """A text contradicts with the one clock range it tells, whole hours from the field's hour, where none of its clocks
    agrees, and where something speaks for an error of zones rather than for another part of the evening: the range is
    as long as the event, or the distance is that of the zones. Of several ranges only one with both counts."""
    if event.start is None or event.all_day or event.mode == "online" or not event.description:
        return _SILENT
    start = event.start.astimezone(zone)
    clocks = clocks_in(event.description)
    if not clocks or (start.hour * 60 + start.minute) % HALF_DAY in clocks:
        return _Verdict(agrees=True) if clocks else _SILENT
    told = told_in(event.description, start.date())
    if told.too_many or any(_is_elsewhere(each, start, zone) for each in told.spans):
        return _SILENT
    return _judged(event, start, told, zone)


def _judged(event: Event, start: datetime, told: Told, zone: ZoneInfo) -> _Verdict:
    assert event.start is not None
    distances, minute = _distances(event, start), start.hour * 60 + start.minute
    by_zone: dict[tuple[int, int], Span] = {}
    by_length: dict[tuple[int, int], Span] = {}
    for each in told.spans:
        apart = (minute - each.start) % _DAY
        if each.guessed or apart % 60 or not _is_about(each, event.start, zone):
            continue
        key = (each.start, each.end)
        if apart in distances:
            by_zone[key] = each
        if event.end is not None and (event.end - event.start).total_seconds() == (each.end - each.start) * 60:
            by_length[key] = each
    alone = len({(each.start, each.end) for each in told.spans}) == 1
    both = {key: each for key, each in by_zone.items() if key in by_length and len(by_length) == 1}
    telling = {**by_zone, **by_length} if alone else both
    if len(telling) != 1:
        return _SILENT
    (key, one), *_ = telling.items()
    own = event.start.hour * 60 + event.start.minute
    weight = 0 if key not in by_zone else PROOF if own == one.start else 1
    return _Verdict(words=one.words, weight=weight)


def _is_elsewhere(each: Span, start: datetime, zone: ZoneInfo) -> bool:
    """Whether a zone beside the words is another than the reader's."""
    return each.zone is not None and zones.named(each.zone, zone, start) is not zone


def _is_about(one: Span, start: datetime, zone: ZoneInfo) -> bool:
    """A wrong zone may have moved the day as well."""
    days: set[date] = {start.astimezone(zone).date(), start.date(), start.astimezone(ZoneInfo("UTC")).date()}
    local = start.astimezone(zone).date()
    return any(one.is_about(day) for day in days | {date.fromordinal(local.toordinal() - 1)})


def _distances(event: Event, start: datetime) -> set[int]:
    """Minutes by which an error of zones moves an hour, either way."""
    assert event.start is not None
    offset = start.utcoffset()
    own = event.start.astimezone(ZoneInfo(event.timezone)).utcoffset()
    if offset is None or own is None:
        return set()
    apart = {round(offset.total_seconds() / 60), round((offset - own).total_seconds() / 60)}
    return {sign * each % _DAY for each in apart for sign in (1, -1) if each}
