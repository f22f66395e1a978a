"""A store that was lost: ids and SEQUENCE are read back from the published calendars, our second copy.

Subscribers keep by UID; if every event came back under a new one, they would see everything twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.i18n.catalog import LANGUAGES, Catalog
from planner.identity.lifecycle import place_line, snapshot_of
from planner.identity.titles import read_title
from planner.types import PLANNABLE, EventState, Merged, Track
from spiders.items import Event, Evidence, Place

PLAN, PUBLIC = "plan.ics", "public/all.ics"
CALENDARS = (PLAN, PUBLIC, "public/industry.ics", "public/practice.ics")
OURS = "@quanzi"
X_STATUS, X_TITLE, X_END = "X-QUANZI-STATUS", "X-QUANZI-TITLE", "X-QUANZI-END"
"""Properties of our calendars (RFC 5545, 3.8.8.2): the status and the title of what is marked in its SUMMARY, and that
an end is our assumption. People's words are translated; these are not."""
_STATUS = {"TENTATIVE": "tentative", "CANCELLED": "cancelled"}
_UIDS = re.compile(rb"^(UID|SEQUENCE):([^\r\n]*)", re.MULTILINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One event as it stands in one calendar; ``track`` is None where its category is no word of ours, ``visit`` when
    to go to what is open for days."""

    state: EventState
    event: Event
    track: Track | None
    visit: datetime | None = None


def published_states(folder: Path, zone: ZoneInfo) -> dict[str, EventState]:
    """How events stood in the calendars below ``folder``, by id; what cannot be read is left out."""
    states: dict[str, EventState] = {}
    for name in CALENDARS:
        for each in published_entries(folder / name, zone):
            states.setdefault(each.state.id, each.state)
    return states


def published_entries(calendar: Path, zone: ZoneInfo) -> list[Entry]:
    """What a calendar of ours holds, what is open for days at the hours of its visit; nothing where it is not there."""
    if not calendar.is_file():
        return []
    return [entry for component in _events(calendar.read_bytes()) if (entry := _entry(component, zone)) is not None]


def published_sequences(folder: Path) -> dict[str, int]:
    """SEQUENCE of all events in the calendars below ``folder``, by id, without understanding anything else of them."""
    found: dict[str, int] = {}
    for path in (folder / name for name in CALENDARS):
        name = ""
        for key, value in _UIDS.findall(path.read_bytes()) if path.is_file() else ():
            if key == b"UID":
                name = value.decode("utf-8", "replace").removesuffix(OURS) if value.endswith(OURS.encode()) else ""
            elif name and value.isdigit():
                found[name] = max(int(value), found.get(name, 0))
    return found


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


def _entry(component: Any, zone: ZoneInfo) -> Entry | None:
    uid = str(component.get("UID", ""))
    if not uid.endswith(OURS) or component.get("DTSTART") is None or component.get("LAST-MODIFIED") is None:
        return None
    event = _event(component, uid, zone)
    changed = component["LAST-MODIFIED"].dt.astimezone(UTC)
    state = EventState(
        id=uid.removesuffix(OURS),
        snapshot=snapshot_of(event),
        sequence=int(component.get("SEQUENCE", 0)),
        first_seen=changed,
        changed=changed,
    )
    return Entry(state=state, event=event, track=_track(component))


def _event(component: Any, uid: str, zone: ZoneInfo) -> Event:
    first, assumed = component["DTSTART"].dt, component.get(X_END) is not None
    start = _moment(first, zone)
    status: Any = str(component.get(X_STATUS) or _STATUS.get(str(component.get("STATUS")), "confirmed"))
    doubted = status == "doubtful"
    return Event(
        source="",
        uid=uid,
        title=str(component.get(X_TITLE) or component.get("SUMMARY", "")),
        start=start,
        end=None if assumed or component.get("DTEND") is None else _moment(component["DTEND"].dt, zone),
        all_day=not isinstance(first, datetime),
        timezone=str(getattr(start.tzinfo, "key", zone.key)),
        place=_place(component),
        url=str(component["URL"]) if component.get("URL") else None,
        description="\n".join(_lines(str(component.get("DESCRIPTION", "")), assumed=assumed)) or None,
        status="confirmed" if doubted else status,
        evidence=Evidence(sure="doubtful" if doubted else "stated"),
    )


def _place(component: Any) -> Place | None:
    """The place by its name and the rest of its line, which is the same line again."""
    line = str(component.get("LOCATION", ""))
    if not line:
        return None
    name, _, rest = line.partition(", ")
    geo = component.get("GEO")
    latitude, longitude = (geo.latitude, geo.longitude) if geo is not None else (None, None)
    place = Place(name=name, address=rest or None, latitude=latitude, longitude=longitude)
    told = Event(source="", uid="", title="", start=None, timezone="UTC", place=place)
    return place if place_line(told) == line else replace(place, name=line, address=None)


def _lines(description: str, *, assumed: bool) -> Iterator[str]:
    """A description without our word that its end is assumed, which is said anew."""
    said = {Catalog(language)("calendar.end_assumed") for language in LANGUAGES}
    for number, line in enumerate(description.split("\n")):
        if not (assumed and number == 0 and line in said):
            yield line


def _track(component: Any) -> Track | None:
    categories = component.get("CATEGORIES")
    named = {str(each) for each in getattr(categories, "cats", ())}
    tracks: tuple[Track, ...] = (*PLANNABLE, "other")
    return next(
        (track for track in tracks if named & {Catalog(language)(f"track.{track}") for language in LANGUAGES}), None
    )


def _moment(value: datetime | date, zone: ZoneInfo) -> datetime:
    if not isinstance(value, datetime):
        return datetime.combine(value, time(), zone)
    # We write UTC only in hours that the clocks repeat; events themselves are told in their zone.
    return value.astimezone(zone) if value.tzname() == "UTC" else value
