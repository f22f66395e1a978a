"""Which known event a notice names: one that is off, put off or moved, told elsewhere or without its day.

A notice changes the one event that it names. Where it fits several equally none is called off, but all are doubted.
What was never known is not changed, nor does the notice stand for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.identity.titles import Title, Weights, compare, read_title
from planner.types import OFF, Merged, Record
from spiders.items import Event
from spiders.reasons import Code, Reason

REACH = timedelta(days=30)
"""A notice that names no day is about an event within so many days."""
ALIKE = 0.9
"""So much of the shorter title has to stand in the longer one."""
SHORTEST = 2
"""Fewer words than these in common name no event."""

Group = list[Record]


@dataclass(frozen=True, slots=True)
class Settled:
    """The groups of records that are events, and the records whose event a notice made doubtful."""

    groups: list[Group]
    doubted: frozenset[tuple[str, str]] = frozenset()


def settle(groups: Sequence[Group], zone: ZoneInfo) -> Settled:
    """Groups that are notices alone are joined with the one known group that they name."""
    alone = [group for group in groups if all(record.event.notice for record in group)]
    if not alone:
        return Settled(list(groups))
    known = [group for group in groups if not all(record.event.notice for record in group)]
    kept = [list(group) for group in known]
    left: list[Group] = []
    doubted: set[tuple[str, str]] = set()
    for group in alone:
        fits = named_by(group[0], known, zone)
        if len(fits) == 1:
            kept[fits[0]] += group
            continue
        doubted.update((record.source, record.key) for number in fits for record in known[number])
        if _stands_alone(group):
            left.append(group)
    return Settled([*kept, *left], frozenset(doubted))


def named_by(notice: Record, known: Sequence[Group], zone: ZoneInfo) -> list[int]:
    """The numbers of the known groups that a notice fits equally well: one where it is clear, none of nothing known."""
    title, event = read_title(notice.event.title), notice.event
    day = event.former or (event.start.date() if event.start is not None and event.notice == "off" else None)
    posted = event.published or notice.first_seen
    fits: list[tuple[float, int]] = []
    for number, group in enumerate(known):
        began = min(record.first_seen for record in group)
        if began > notice.first_seen or not _is_due(group, day, posted, zone):
            continue
        if (likeness := max(_likeness(title, event, record) for record in group)) > 0:
            fits.append((likeness, number))
    best = max(fits, default=(0.0, 0))[0]
    return [number for likeness, number in fits if likeness == best]


def doubtful(merged: Merged, doubted: frozenset[tuple[str, str]]) -> Merged:
    """The event with the doubt that a notice may be about it."""
    if merged.event.status in OFF or not any((record.source, record.key) in doubted for record in merged.records):
        return merged
    evidence = merged.event.evidence
    evidence = replace(evidence, sure="doubtful", doubts=(*evidence.doubts, Reason(Code.MAYBE_CALLED_OFF)))
    return replace(merged, event=replace(merged.event, evidence=evidence))


def _is_due(group: Group, day: date | None, posted: datetime, zone: ZoneInfo) -> bool:
    starts = [record.event.start for record in group if record.event.start is not None and not record.event.notice]
    if day is not None:
        return any(start.astimezone(zone).date() == day for start in starts)
    return any(posted - timedelta(days=1) <= start <= posted + REACH for start in starts)


def _likeness(title: Title, event: Event, record: Record) -> float:
    """How well a notice of this title fits a record, 0 where it is another event: title, number, hour and host."""
    other = record.event
    if other.notice or (event.organizer and other.organizer and not _same_host(event.organizer, other.organizer)):
        return 0.0
    if event.notice == "off" and _other_hour(event, other):
        return 0.0
    likeness = compare(title, read_title(other.title), Weights([]))
    if likeness is None or (not likeness.equal and (likeness.shared < ALIKE or likeness.rare < SHORTEST)):
        return 0.0
    return 2.0 if likeness.equal else 1.0 + likeness.both / 2


def _other_hour(one: Event, other: Event) -> bool:
    if one.start is None or other.start is None or one.all_day or other.all_day:
        return False
    return one.start != other.start


def _same_host(one: str, other: str) -> bool:
    first, second = read_title(one).plain, read_title(other).plain
    return first in second or second in first


def _stands_alone(group: Group) -> bool:
    """Whether what no known event fits is an event by itself: it has a new time, or was known before it was off."""
    return any(
        record.event.start is not None and (record.event.notice == "moved" or record.changed != record.first_seen)
        for record in group
    )
