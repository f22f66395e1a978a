"""From VEVENTs to occurrences: what belongs together under one UID, then each series apart."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice

from spiders.readers.ical.parser import Component
from spiders.readers.ical.series import Occurrence, Series
from spiders.readers.ical.starts import MAX_INSTANCES
from spiders.readers.ical.values import ValueProblemError, stamp_of
from spiders.readers.ical.versions import current, is_newer
from spiders.readers.ical.window import Losses, Window
from spiders.readers.ical.zones import Zones
from spiders.reasons import Code, Reason
from spiders.rrule.parse import RuleError

_MOST_ASKED = 8  # series under one UID that are asked whether an exception is theirs
_MOST_QUESTIONS = 10_000  # of that kind under one UID


def expand(events: list[Component], zones: list[Zones], window: Window, losses: Losses) -> Iterator[Occurrence]:
    """Occurrences of all events in the window; ``zones`` by scope. What is skipped is counted among the ``losses``."""
    masters: dict[str, list[Component]] = {}
    exceptions: dict[str, list[Component]] = {}
    for number, event in enumerate(events):
        uid = uid_of(event)
        if uid and event.first("RECURRENCE-ID") is not None:
            exceptions.setdefault(uid, []).append(event)
        else:
            masters.setdefault(uid or f"\0{number}", []).append(event)
    for uid, own in masters.items():
        yield from _of_one_uid(current(own, zones), exceptions.pop(uid, []), zones, window, losses)
    for orphans in exceptions.values():
        yield from _alone(orphans, zones, window, losses)


def uid_of(event: Component) -> str:
    """The UID as it is written; empty without one."""
    found = event.first("UID")
    return found.value.strip() if found else ""


def _of_one_uid(
    masters: list[Component], exceptions: list[Component], zones: list[Zones], window: Window, losses: Losses
) -> Iterator[Occurrence]:
    series = [made for master in masters if (made := _made(master, zones, window, losses))]
    if not series:
        yield from _alone(exceptions, zones, window, losses)
        return
    for number, exception in enumerate(exceptions):
        _owner(exception, series if number * len(series) < _MOST_QUESTIONS else series[:1]).take(exception)
    for each in series:
        yield from _guarded(each, losses)


def _made(master: Component, zones: list[Zones], window: Window, losses: Losses) -> Series | None:
    try:
        return Series(master, zones, window, losses.notes)
    except ValueProblemError as problem:
        losses.add(problem.reason, uid_of(master))
        return None


def _owner(exception: Component, series: list[Series]) -> Series:
    """The series whose instance an exception names; where none does, the first that repeats."""
    if len(series) > 1:
        for each in series[:_MOST_ASKED]:
            try:
                if each.takes(exception):
                    return each
            except RuleError:
                continue
    return next((each for each in series if each.repeats), series[0])


def _alone(orphans: list[Component], zones: list[Zones], window: Window, losses: Losses) -> Iterator[Occurrence]:
    """Exceptions whose series is in nobody's file: each is one event, and its newest version holds. Together they are
    no more than a series may be: the earliest."""
    latest: dict[object, Component] = {}
    for number, orphan in enumerate(orphans):
        key = _instance(orphan, zones, window) or number
        known = latest.get(key)
        if known is None or not is_newer(known, orphan, zones):
            latest[key] = orphan
    series = [made for orphan in latest.values() if (made := _made(orphan, zones, window, losses))]
    found = [occurrence for each in series for occurrence in _guarded(each, losses)]
    if len(found) > MAX_INSTANCES:
        losses.add(Reason(Code.SERIES_CUT, most=MAX_INSTANCES), uid_of(orphans[0]))
        found = sorted(found, key=lambda occurrence: occurrence.start.instant(window.default))[:MAX_INSTANCES]
    yield from found


def _instance(orphan: Component, zones: list[Zones], window: Window) -> datetime | None:
    """What a RECURRENCE-ID names; None where it cannot be read."""
    named = orphan.first("RECURRENCE-ID")
    try:
        return stamp_of(named, zones[orphan.scope]).instant(window.default) if named else None
    except ValueProblemError:
        return None


def _guarded(series: Series, losses: Losses) -> Iterator[Occurrence]:
    try:
        found = list(islice(series.occurrences(), MAX_INSTANCES + 1))
    except (ValueProblemError, RuleError) as problem:
        losses.add(problem.reason, uid_of(series.master))
        return
    if len(found) > MAX_INSTANCES:
        losses.add(Reason(Code.SERIES_CUT, most=MAX_INSTANCES), uid_of(series.master))
        found = found[:MAX_INSTANCES]
    yield from found
