"""Entries of a published calendar, and its lines read back as a careless client reads them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from planner.render.calendar import Entry
from planner.types import EventState, Merged, TrackedEvent
from spiders.items import Event
from tests.support.events import NOW


def entry(event: Event, *, sequence: int = 0, changed: datetime = NOW, description: str = "") -> Entry:
    name = event.uid
    state = EventState(id=name, snapshot={}, sequence=sequence, first_seen=NOW, changed=changed)
    merged = Merged(id=name, event=replace(event, uid=f"{name}@quanzi"), records=())
    return Entry(tracked=TrackedEvent(merged=merged, state=state), description=description)


def lines(content: bytes) -> list[str]:
    return content.decode().replace("\r\n ", "").split("\r\n")


def events(content: bytes) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in lines(content):
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found and ":" in line and not line.startswith(("END:", "BEGIN:")):
            name, _, value = line.partition(":")
            assert name not in found[-1], f"{name} stands twice"
            found[-1][name] = value
    return found
