"""How an event lives: new, the same, changed, cancelled, no longer confirmed. SEQUENCE rises with what people see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from planner.identity.merge import Merged
from planner.store import DAYS_BEFORE_GONE, Change, Life
from planner.text import one_line
from spiders.items import Event

FACE = ("title", "start", "end", "place", "status")
"""The fields whose change a subscriber must see: SEQUENCE rises with them (RFC 5545, 3.8.7.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """A merged event with its life: what the calendar needs to show it."""

    merged: Merged
    life: Life


def live(
    merged: Iterable[Merged], lives: Mapping[str, Life], now: datetime
) -> tuple[list[Living], list[Life], list[Change]]:
    """Compare events with how they stood -> (all living, lives to write, changes).

    An unchanged event keeps its life to the letter.
    """
    living, written, changes = [], [], []
    for each in map(confirmed, merged):
        face = face_of(each.event)
        known = lives.get(each.id)
        if known is None:
            life = Life(id=each.id, face=face, sequence=0, first_seen=now, changed=now)
        elif known.face == face:
            life = known
        else:
            life = Life(id=each.id, face=face, sequence=known.sequence + 1, first_seen=known.first_seen, changed=now)
            changes += _changes(each, known, face, now)
        if life is not known:
            written.append(life)
        living.append(Living(merged=each, life=life))
    return living, written, changes


def _changes(merged: Merged, known: Life, face: Mapping[str, str | None], now: datetime) -> list[Change]:
    source = max(merged.records, key=lambda record: (record.changed, record.source)).source
    return [
        Change(event=merged.id, at=now, field=field, before=known.face.get(field), after=face[field], source=source)
        for field in FACE
        if known.face.get(field) != face[field]
    ]


def confirmed(merged: Merged) -> Merged:
    """What no source says any more is first doubted, and after enough good answers taken as cancelled."""
    missed = min((record.missed for record in merged.records), default=0)
    if missed == 0:
        return merged
    event, last = merged.event, max(record.last_seen for record in merged.records)
    gone = missed >= DAYS_BEFORE_GONE
    doubt = f"gone from its source since {last:%Y-%m-%d}" if gone else f"not confirmed since {last:%Y-%m-%d}"
    evidence = replace(event.evidence, doubts=(*event.evidence.doubts, doubt))
    status = "cancelled" if gone else event.status
    return replace(merged, event=replace(event, evidence=evidence, status=status))


def face_of(event: Event) -> dict[str, str | None]:
    """What a subscriber sees of an event."""
    return {
        "title": one_line(event.title),
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "place": place_line(event),
        "status": "doubtful" if is_doubtful(event) else event.status,
    }


def is_doubtful(event: Event) -> bool:
    """Whether the time of an event that is to take place is doubtful: calendars say so in its title."""
    return event.evidence.sure == "doubtful" and event.status in {"confirmed", "tentative"}


def place_line(event: Event) -> str | None:
    """The place in one line, the way a map finds it."""
    place = event.place
    shown: list[str] = []
    for part in (place.name, place.address, place.district, place.city) if place else ():
        if part and not any(part in earlier for earlier in shown):
            shown.append(part)
    return one_line(", ".join(shown)) or None
