"""How the times of two listings of one day may stand to each other."""

from __future__ import annotations

from datetime import timedelta
from typing import Literal

from spiders.items import Event

Relation = Literal["same", "door", "placeholder", "shifted", "other"]
DOOR = timedelta(minutes=90)  # doors open, or one listing is an hour off
LONGEST_SHIFT = timedelta(hours=12)


def relation(one: Event, other: Event) -> Relation:
    """The same minute; doors and show; a day without an hour, or midnight in its stead; whole hours of a wrong or
    missing zone; anything else."""
    assert one.start is not None
    assert other.start is not None
    if one.all_day or other.all_day:
        return "same" if one.all_day and other.all_day else "placeholder"
    apart = abs(one.start - other.start)
    if not apart:
        return "same"
    if _is_midnight(one) or _is_midnight(other):
        return "placeholder"
    if apart <= DOOR:
        return "door"
    if apart <= LONGEST_SHIFT and apart % timedelta(hours=1) == timedelta():
        return "shifted"
    return "other"


def _is_midnight(event: Event) -> bool:
    return event.start is not None and (event.start.hour, event.start.minute) == (0, 0)
