"""How an event lives: new, the same, changed, cancelled, no longer confirmed. SEQUENCE rises with what people see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime

from planner.text import one_line
from planner.types import DAYS_BEFORE_GONE, OWN, Change, EventState, Merged, TrackedEvent, is_carried
from spiders.items import Event
from spiders.reasons import Code, Reason

VISIBLE_FIELDS = ("title", "start", "end", "place", "status")
"""The fields whose change a subscriber must see: SEQUENCE rises with them (RFC 5545, 3.8.7.4)."""

ALL_DAY = "all_day"
"""Stands in the snapshots of what is told by the day. Calendars write it otherwise, people read the same."""


def track_changes(
    merged: Iterable[Merged], states: Mapping[str, EventState], now: datetime
) -> tuple[list[TrackedEvent], list[EventState], list[Change]]:
    """Compare events with how they stood -> (all tracked, states to write, changes).

    An unchanged event keeps its state to the letter.
    """
    tracked, written, changes = [], [], []
    for each in (each if each.word is not None and each.word.removed else confirmed(each) for each in merged):
        snapshot = snapshot_of(each.event)
        known = states.get(each.id)
        if known is None:
            state = EventState(id=each.id, snapshot=snapshot, sequence=0, first_seen=now, changed=now)
        elif known.snapshot == snapshot or _is_left_alone(each, known):
            state = known
        else:
            state = EventState(
                id=each.id, snapshot=snapshot, sequence=known.sequence + 1, first_seen=known.first_seen, changed=now
            )
            changes += _changes(each, known, snapshot, now)
        if state is not known:
            written.append(state)
        tracked.append(TrackedEvent(merged=each, state=state))
    return tracked, written, changes


def _is_left_alone(merged: Merged, known: EventState) -> bool:
    """Whether nobody says anything of an event any more but the calendar that it stands in."""
    edited = merged.word is not None and merged.word.at > known.changed
    return not edited and bool(merged.records) and all(is_carried(record.source) for record in merged.records)


def _changes(merged: Merged, known: EventState, snapshot: Mapping[str, str | None], now: datetime) -> list[Change]:
    latest = max(merged.records, key=lambda record: (record.changed, record.source))
    source = OWN if merged.word is not None and merged.word.at > latest.changed else latest.source
    return [
        Change(
            event=merged.id, at=now, field=field, before=known.snapshot.get(field), after=snapshot[field], source=source
        )
        for field in VISIBLE_FIELDS
        if known.snapshot.get(field) != snapshot[field]
    ]


def confirmed(merged: Merged) -> Merged:
    """What no source says any more is first doubted, and after enough good answers taken as cancelled."""
    missed = min((record.missed for record in merged.records), default=0)
    if missed == 0:
        return merged
    event, last = merged.event, max(record.last_seen for record in merged.records)
    gone = missed >= DAYS_BEFORE_GONE
    doubt = Reason(Code.GONE_SINCE if gone else Code.NOT_CONFIRMED_SINCE, day=f"{last:%Y-%m-%d}")
    evidence = replace(event.evidence, doubts=(*event.evidence.doubts, doubt))
    status = "cancelled" if gone else event.status
    return replace(merged, event=replace(event, evidence=evidence, status=status))


def snapshot_of(event: Event) -> dict[str, str | None]:
    """What a subscriber sees of an event; whole days are marked, since their midnights are moments too."""
    return {
        "title": one_line(event.title),
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "place": place_line(event),
        "status": "doubtful" if is_doubtful(event) else event.status,
        **({ALL_DAY: "yes"} if event.all_day and event.start else {}),
    }


def is_doubtful(event: Event) -> bool:
    """Whether the time of an event that is to take place is doubtful: calendars say so in its title."""
    return event.evidence.sure == "doubtful" and event.status in {"confirmed", "tentative"}


def place_line(event: Event) -> str | None:
    """The place in one line, the way a map finds it."""
    return one_line(", ".join(place_parts(event))) or None


def place_parts(event: Event) -> list[str]:
    """What the place is called, from the room to the city; nothing twice."""
    place = event.place
    shown: list[str] = []
    for part in (place.name, place.address, place.district, place.city) if place else ():
        if part and not any(part in earlier for earlier in shown):
            shown.append(part)
    return shown
