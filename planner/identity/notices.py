"""Which known event a notice names: one that is off, put off or moved, told elsewhere or without its day.

A notice changes the one event that it names. Where it fits several equally none is called off, but all are doubted; of
a series it means one evening. What was never known is not changed, nor does the notice stand for it. What a notice was
found to mean it goes on meaning: later evenings are never called off by old news.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.identity.names import event_id
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
ONE_DAY = timedelta(days=1)
_ALL_ALIKE = Weights([])

Group = list[Record]
Days = tuple[date, date]
"""The first and the last of some days."""


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
    known = Known([group for group in groups if not all(record.event.notice for record in group)], zone)
    kept = [list(group) for group in known.groups]
    left: list[Group] = []
    doubted: set[tuple[str, str]] = set()
    for group in alone:
        fits = known.named_by(group[0])
        if len(fits) == 1:
            kept[fits[0]] += group
            continue
        doubted.update((record.source, record.key) for number in fits for record in known.groups[number])
        if _stands_alone(group) and not known.carriers(group[0]):
            left.append(group)
    return Settled([*kept, *left], frozenset(doubted))


class Known:
    """The groups of records that a notice may be about, found by day and by event."""

    def __init__(self, groups: Sequence[Group], zone: ZoneInfo) -> None:
        self.groups, self._zone = groups, zone
        self._on: dict[date, set[int]] = defaultdict(set)
        self._of: dict[str, set[int]] = defaultdict(set)
        for number, group in enumerate(groups):
            for record in group:
                if record.event.start is not None and not record.event.notice:
                    self._on[record.event.start.astimezone(zone).date()].add(number)
                    if record.event_id is not None:
                        self._of[record.event_id].add(number)

    def named_by(self, notice: Record) -> list[int]:
        """The numbers of the groups that a notice means: one where it is clear, none of nothing known."""
        if _is_decided(notice):
            carriers = self.carriers(notice)
            still = [number for number in carriers if _is_due(notice, self.groups[number], self._zone)]
            if still or not carriers or days_named(notice) is None:
                return still
        return self.meant(notice, self.fitting(notice))

    def carriers(self, notice: Record) -> list[int]:
        """The groups with records of the event that a notice was joined with."""
        return sorted(self._of.get(notice.event_id or "", ())) if _is_decided(notice) else []

    def fitting(self, notice: Record) -> list[int]:
        """The numbers of the groups that a notice fits equally well, each evening of a series for itself."""
        title = read_title(notice.event.title)
        first, last = days_meant(notice, self._zone)
        days = [first + number * ONE_DAY for number in range((last - first).days + 1)]
        near = sorted(set().union(*(self._on.get(day, ()) for day in days)))
        due = [number for number in near if _is_due(notice, self.groups[number], self._zone)]
        fits = [(max(_likeness(title, notice.event, each) for each in self.groups[number]), number) for number in due]
        best = max(fits, default=(0.0, 0))[0]
        return [number for likeness, number in fits if likeness == best > 0]

    def meant(self, notice: Record, fits: Sequence[int]) -> list[int]:
        """Of those that a notice fits, what is not over yet; and of a series, where it names no day, the next
        evening."""
        posted = _posted(notice)
        event_of = {number: _first_word(self.groups[number]) for number in fits}
        coming = [number for number in fits if not _is_over(event_of[number], posted, self._zone)] or list(fits)
        if days_named(notice) is not None:
            return coming
        chosen: list[int] = []
        told: list[set[tuple[object, ...]]] = []
        for number in sorted(coming, key=lambda number: event_of[number].start or posted):
            series = set(_series(self.groups[number], self._zone))
            if not any(series & other for other in told):
                chosen.append(number)
            told.append(series)
        return sorted(chosen)


def _first_word(group: Group) -> Event:
    return next(record.event for record in group if record.event.start is not None and not record.event.notice)


def may_mean(
    notices: Sequence[Record], records: Sequence[Record], zone: ZoneInfo, doubted: Collection[str]
) -> set[int]:
    """The numbers of the notices that fit one of these records, be it the best or not; or may have made its event one
    of the ``doubted``."""
    by_word: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        title = read_title(record.event.title)
        for word in title.words or {title.plain}:
            by_word[word].append(record)
    unclear = [record for record in records if record.event_id in doubted]
    found = set()
    for number, notice in enumerate(notices):
        title = read_title(notice.event.title)
        near = (record for word in title.words or {title.plain} for record in by_word.get(word, ()))
        if any(_is_due(notice, [record], zone) for record in unclear) or any(
            _is_due(notice, [record], zone) and _likeness(title, notice.event, record) > 0 for record in near
        ):
            found.add(number)
    return found


def doubtful(merged: Merged, doubted: frozenset[tuple[str, str]]) -> Merged:
    """The event with the doubt that a notice may be about it."""
    if merged.event.status in OFF or not any((record.source, record.key) in doubted for record in merged.records):
        return merged
    evidence = merged.event.evidence
    evidence = replace(evidence, sure="doubtful", doubts=(*evidence.doubts, Reason(Code.MAYBE_CALLED_OFF)))
    return replace(merged, event=replace(merged.event, evidence=evidence))


def days_named(notice: Record) -> Days | None:
    """The days that a notice speaks of: one, or a stretch such as next week; None where it names none."""
    event = notice.event
    first = event.former or _day_of(event)
    return None if first is None else (first, event.former_until or first)


def days_meant(notice: Record, zone: ZoneInfo) -> Days:
    """The days on which what a notice means may be found."""
    posted = _posted(notice)
    spoken = (posted - ONE_DAY).astimezone(zone).date(), (posted + REACH).astimezone(zone).date()
    return days_named(notice) or spoken


def _is_decided(notice: Record) -> bool:
    """Whether it was joined with an event that another record founded."""
    return notice.event_id is not None and notice.event_id != event_id(notice)


def _day_of(event: Event) -> date | None:
    return event.start.date() if event.start is not None and event.notice == "off" else None


def _posted(notice: Record) -> datetime:
    return notice.event.published or notice.first_seen


def _is_due(notice: Record, group: Group, zone: ZoneInfo) -> bool:
    """Whether a group was known before the notice, and is on a day that the notice may mean."""
    if min(record.first_seen for record in group) > notice.first_seen:
        return False
    starts = [record.event.start for record in group if record.event.start is not None and not record.event.notice]
    days = days_named(notice)
    if days is None:
        posted = _posted(notice)
        return any(posted - ONE_DAY <= start <= posted + REACH for start in starts)
    return any(days[0] <= start.astimezone(zone).date() <= days[1] for start in starts)


def _is_over(event: Event, at: datetime, zone: ZoneInfo) -> bool:
    """Whether an evening is over; one of no known end is not while its day lasts."""
    if event.start is None:
        return True
    if event.end is None or event.all_day:
        return event.start.astimezone(zone).date() < at.astimezone(zone).date()
    return event.end < at


def _series(group: Group, zone: ZoneInfo) -> Iterable[tuple[object, ...]]:
    """What the evenings of one series have in common: the uid of a rule; or source, title, weekday and hour."""
    for record in group:
        event = record.event
        if event.notice or event.start is None:
            continue
        if event.occurrence or event.recurrence:
            yield record.source, event.uid
        at = event.start.astimezone(zone)
        yield record.source, read_title(event.title).plain, at.weekday(), at.hour, at.minute


def _likeness(title: Title, event: Event, record: Record) -> float:
    """How well a notice of this title fits a record, 0 where it is another event: title, number, hour and host."""
    other = record.event
    if other.notice or (event.organizer and other.organizer and not _same_host(event.organizer, other.organizer)):
        return 0.0
    if event.notice == "off" and _other_hour(event, other):
        return 0.0
    likeness = compare(title, read_title(other.title), _ALL_ALIKE)
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
