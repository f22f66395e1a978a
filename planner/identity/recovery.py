"""A store that was lost: ids and SEQUENCE are read back from the published calendars, our second copy.

Subscribers keep by UID; if every event came back under a new one, they would see everything twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.identity.lifecycle import ALL_DAY, snapshot_of
from planner.identity.titles import read_title
from planner.types import EventState, Merged

CALENDARS = ("plan.ics", "public/all.ics", "public/industry.ics", "public/practice.ics")
OURS = "@quanzi"
X_STATUS, X_TITLE, X_END = "X-QUANZI-STATUS", "X-QUANZI-TITLE", "X-QUANZI-END"
"""Properties of our calendars (RFC 5545, 3.8.8.2): the status and the title of what is marked in its SUMMARY, and that
an end is our assumption. People's words are translated; these are not."""
_STATUS = {"TENTATIVE": "tentative", "CANCELLED": "cancelled"}


def published_states(folder: Path, zone: ZoneInfo) -> dict[str, EventState]:
    """How events stood in the calendars below ``folder``, by id; what cannot be read is left out."""
    states: dict[str, EventState] = {}
    for name in CALENDARS:
        path = folder / name
        if path.is_file():
            for component in _events(path.read_bytes()):
                state = _state(component, zone)
                if state is not None:
                    states.setdefault(state.id, state)
    return states


def with_published_ids(merged: Iterable[Merged], states: Mapping[str, EventState]) -> list[Merged]:
    """Events that no record names yet take the id under which subscribers know them: the title of one of their copies
    at the same start."""
    events = list(merged)
    taken = {each.id for each in events}
    free = {
        (read_title(str(state.snapshot["title"])).plain, state.snapshot["start"]): state.id
        for state in states.values()
        if state.id not in taken
    }
    named = []
    for each in events:
        known = each.id in states or any(record.event_id for record in each.records)
        name = None if known else next((free.pop(key) for key in _keys(each) if key in free), None)
        named.append(each if name is None else _renamed(each, name))
    return named


def _keys(merged: Merged) -> list[tuple[str, str | None]]:
    start = snapshot_of(merged.event)["start"]
    return [(read_title(record.event.title).plain, start) for record in merged.records]


def _renamed(merged: Merged, name: str) -> Merged:
    return replace(merged, id=name, event=replace(merged.event, uid=f"{name}{OURS}"))


def _events(content: bytes) -> Sequence[Any]:
    from icalendar import Calendar

    try:
        return Calendar.from_ical(content).walk("VEVENT")
    except ValueError:  # a calendar that somebody else put there
        return ()


def _state(component: Any, zone: ZoneInfo) -> EventState | None:
    uid = str(component.get("UID", ""))
    if not uid.endswith(OURS) or component.get("DTSTART") is None or component.get("LAST-MODIFIED") is None:
        return None
    changed = component["LAST-MODIFIED"].dt.astimezone(UTC)
    is_assumed = component.get(X_END) is not None
    snapshot = {
        "title": str(component.get(X_TITLE) or component.get("SUMMARY", "")),
        "start": _iso(component["DTSTART"].dt, zone),
        "end": None if is_assumed else _iso(component["DTEND"].dt, zone),
        "place": str(component["LOCATION"]) if component.get("LOCATION") else None,
        "status": str(component.get(X_STATUS) or _STATUS.get(str(component.get("STATUS")), "confirmed")),
    }
    if not isinstance(component["DTSTART"].dt, datetime):
        snapshot[ALL_DAY] = "yes"
    sequence = int(component.get("SEQUENCE", 0))
    return EventState(
        id=uid.removesuffix(OURS), snapshot=snapshot, sequence=sequence, first_seen=changed, changed=changed
    )


def _iso(value: datetime | date, zone: ZoneInfo) -> str:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone).isoformat()
    # We write UTC only in hours that the clocks repeat; events themselves are told in their zone.
    return (value.astimezone(zone) if value.tzname() == "UTC" else value).isoformat()
