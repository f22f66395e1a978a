"""Ids of events that their text gives none."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from spiders.items import Event


def hashed(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def distinct(events: Sequence[Event]) -> tuple[Event, ...]:
    """Where one address holds several events, the start joins the uid."""
    counted = Counter(event.uid for event in events)
    return tuple(
        replace(event, uid=f"{event.uid}#{event.start:%Y%m%dT%H%M}-{hashed(event.title)[:6]}")
        if counted[event.uid] > 1 and event.start
        else event
        for event in events
    )
