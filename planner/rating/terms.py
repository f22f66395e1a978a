"""The parts that a score is made of."""

from __future__ import annotations

from planner.rating.classify import text_of
from spiders.items import Event

NAMES = (
    *("interest", "avoid", "chain_up", "chain_down", "chain_peers", "chain_near_up", "chain_near_down"),
    *("track_industry", "track_practice", "track_client", "people", "organiser", "community", "novelty"),
    *("learnt_word", "learnt_organiser", "learnt_form"),
    *("online", "travel", "travel_unknown", "free", "price", "early", "late", "inferred", "doubtful", "tentative"),
    *("no_place", "sold_out", "size_small", "size_large"),
)
"""Every name that a term can have: each has words in both catalogues."""


def texts_of(event: Event) -> tuple[tuple[str, str], ...]:
    """The fields that words are looked for in: title, organizer, text (its beginning)."""
    return ("title", event.title), ("organizer", event.organizer or ""), ("text", text_of(event))
