"""Which event a person means: by the beginning of our id, or by words of its title,
organiser and place."""

from __future__ import annotations

from planner.text import casefold
from planner.types import Rated
from spiders.items import Place

MIN_ID = 4


def is_id_of(rated: Rated, wanted: str) -> bool:
    """Whether ``wanted`` is our uid, or a beginning of it that is long enough."""
    name = wanted.removesuffix("@quanzi")
    return len(name) >= MIN_ID and rated.id.startswith(name)


def is_title_of(rated: Rated, wanted: str) -> bool:
    """Whether every word of ``wanted`` stands in the title."""
    words = casefold(wanted).split()
    return bool(words) and all(word in casefold(rated.event.title) for word in words)


def is_about(rated: Rated, wanted: str) -> bool:
    """Whether every word of ``wanted`` stands in what an event is called, who holds it, or where."""
    event, words = rated.event, casefold(wanted).split()
    place = event.place or Place()
    told = (event.title, event.organizer, place.name, place.address, place.district)
    folded = casefold(" ".join(filter(None, told)))
    return bool(words) and all(word in folded for word in words)


def is_meant(rated: Rated, wanted: str) -> bool:
    """Whether a person who writes ``wanted`` means this event."""
    return is_id_of(rated, wanted) or is_title_of(rated, wanted)
