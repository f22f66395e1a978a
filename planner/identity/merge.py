"""Records -> merged events: every group gets its id, and each field comes from the record that knows it best."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.identity import notices
from planner.identity.match import group
from planner.identity.names import event_id, letters
from planner.types import Merged, Record
from spiders.items import Event, Place, Status
from spiders.reasons import Code, Reason
from spiders.text.status import stated_status


def merge(records: Sequence[Record], zone: ZoneInfo) -> list[Merged]:
    """Join the copies of each event, day by day in ``zone``. The order of ``records`` does not matter."""
    days: dict[date | None, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.source, record.key)):
        days[day_of(record.event, zone)].append(record)
    groups: list[list[Record]] = [[record] for record in days.pop(None, ())]
    for day in sorted(day for day in days if day is not None):
        groups += group(days[day])
    settled = notices.settle(groups, zone)
    return [notices.doubtful(each, settled.doubted) for each in named(settled.groups, zone)]


def load_groups(records: Sequence[Record], zone: ZoneInfo) -> list[Merged]:
    """The merged events as they were decided before: by the event each record was assigned to."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in sorted(records, key=lambda record: (record.source, record.key)):
        groups[record.event_id or event_id(record)].append(record)
    name_of = {(each.source, each.key): name for name, members in groups.items() for each in members}
    settled = notices.settle(list(groups.values()), zone)
    merged = []
    for members in settled.groups:
        name = name_of[members[0].source, members[0].key]
        merged.append(Merged(id=name, event=joined(members, name, zone), records=tuple(members)))
    return [notices.doubtful(each, settled.doubted) for each in merged]


def day_of(event: Event, zone: ZoneInfo) -> date | None:
    """The day on which an event is judged: its own, if it lasts all day, else that of its start in ``zone``."""
    if event.start is None:
        return None
    return event.start.date() if event.all_day else event.start.astimezone(zone).date()


def named(groups: Iterable[list[Record]], zone: ZoneInfo) -> list[Merged]:
    """Give every group its id. A contested id stays where most of its records are, then with what changed least
    lately: subscribers see there what they saw before; then with the record that founded it."""
    groups = list(groups)
    name_of: dict[int, str] = {}
    taken: set[str] = set()
    for *_, claimed, number in sorted(_claims(groups)):
        if claimed not in taken and number not in name_of:
            name_of[number] = claimed
            taken.add(claimed)
    merged = []
    for number, members in enumerate(groups):
        name = name_of.get(number) or _fresh(members, taken)
        taken.add(name)
        merged.append(Merged(id=name, event=joined(members, name, zone), records=tuple(members)))
    return merged


def _claims(groups: Sequence[list[Record]]) -> Iterator[tuple[int, datetime, bool, datetime, str, str, str, int]]:
    """The claims of groups on ids, the strongest being the least, with the id and the group's number at their ends."""
    for number, members in enumerate(groups):
        claimed = Counter(record.event_id for record in members if record.event_id is not None)
        for record in members:
            if record.event_id is not None:
                strength = (-claimed[record.event_id], record.changed, event_id(record) != record.event_id)
                yield (*strength, record.first_seen, record.source, record.key, record.event_id, number)


def _fresh(group: Sequence[Record], taken: set[str]) -> str:
    """An id that nobody has: the founding record's, or, where a split left it to another, one drawn from it."""
    names = [event_id(record) for record in group]
    return next((name for name in names if name not in taken), None) or next(
        name for number in range(1, 1000) if (name := letters(f"{names[0]}\n{number}")) not in taken
    )


def joined(group: Sequence[Record], name: str, zone: ZoneInfo) -> Event:
    """One event of several records: time by agreement, place and description from whoever says most, gaps filled."""
    if len(group) == 1:
        event = group[0].event
        return replace(event, uid=f"{name}@quanzi", status=_status([event]))
    said = [record for record in group if not record.event.notice] or group
    ranked = [record.event for record in sorted(said, key=lambda each: (-_fullness(each.event), each.source, each.key))]
    moved = [record for record in group if record.event.notice == "moved" and record.event.start is not None]
    timed, doubt = _agreed_time(ranked, zone)
    known: dict[str, Any] = {
        field: next((getattr(each, field) for each in _telling(ranked, field)), None)
        for field in ("mode", "url", "organizer", "price", "published", "recurrence")
    }
    evidence = replace(timed.evidence, inferred=_inferred(ranked, timed))
    if doubt is not None:
        evidence = replace(evidence, sure="doubtful", doubts=(*evidence.doubts, doubt))
    if moved:  # the latest word of a move is where the event is now
        anew = max(moved, key=lambda record: (record.changed, record.source, record.key)).event
        timed = replace(timed, start=anew.start, end=anew.end, all_day=anew.all_day)
    return replace(
        timed,
        uid=f"{name}@quanzi",
        title=ranked[0].title,
        place=_best_place(ranked),
        description=max((each.description for each in ranked if each.description), key=len, default=None),
        categories=tuple(dict.fromkeys(category for each in ranked for category in each.categories)),
        status=_status([record.event for record in group]),
        evidence=evidence,
        **known,
    )


def _telling(ranked: Sequence[Event], field: str) -> list[Event]:
    """The events that tell a field, those that state it before those in whose prose it was found."""
    telling = [event for event in ranked if getattr(event, field) is not None]
    return sorted(telling, key=lambda event: field in event.evidence.inferred)


def _inferred(ranked: Sequence[Event], timed: Event) -> tuple[str, ...]:
    """The fields of the joined event that nobody states; the end is that of the event whose time is taken."""
    found = dict.fromkeys(field for event in ranked for field in event.evidence.inferred if field != "end")
    left = [field for field in found if all(field in each.evidence.inferred for each in _telling(ranked, field))]
    return (*left, "end") if "end" in timed.evidence.inferred else tuple(left)


def _agreed_time(ranked: Sequence[Event], zone: ZoneInfo) -> tuple[Event, Reason | None]:
    """-> (the event whose time is taken, the doubt where sources differ). A day without an hour, and midnight in an
    hour's stead, are no other opinion than an hour of that day."""
    timed = [event for event in ranked if not event.all_day and not _is_midnight(event)]
    if not timed:
        return ranked[0], None
    counts = Counter(event.start for event in timed)
    most = max(counts.values())
    chosen = next(event for event in timed if counts[event.start] == most)
    same = [event for event in timed if event.start == chosen.start]
    with_end = next(iter(_telling(same, "end")), chosen)
    if len(counts) == 1:
        return with_end, None
    moments = sorted((start for start in counts if start is not None), key=lambda start: (-counts[start], start))
    opinions = tuple(
        Reason(Code.OPINION, count=counts[start], time=f"{start.astimezone(zone):%H:%M}") for start in moments
    )
    return with_end, Reason(Code.SOURCES_DIFFER, opinions=opinions)


def _is_midnight(event: Event) -> bool:
    return event.start is not None and (event.start.hour, event.start.minute) == (0, 0)


def _best_place(ranked: Sequence[Event]) -> Place | None:
    def told(event: Event) -> tuple[bool, bool, int]:
        place = event.place or Place()
        words = len(f"{place.name or ''}{place.address or ''}")
        return "place" not in event.evidence.inferred, place.latitude is not None, words

    best = max((event for event in ranked if event.place is not None), key=told, default=None)
    return best.place if best is not None else None


def _status(events: Sequence[Event]) -> Status:
    """Cancelled or postponed where any source says so, by its status or in its title."""
    told = {status for event in events for status in (event.status, stated_status(event.title))}
    for status in ("cancelled", "postponed"):
        if status in told:
            return status
    return next((event.status for event in events), "confirmed")


def _fullness(event: Event) -> int:
    fields = ("end", "place", "url", "organizer", "price", "mode")
    stated = [field for field in fields if field not in event.evidence.inferred]
    return sum(getattr(event, field) is not None for field in stated) * 1000 + min(len(event.description or ""), 900)
