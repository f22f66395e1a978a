"""The parts that a score is made of."""

from __future__ import annotations

from collections.abc import Iterator

from planner.rating.evidence import LEAD
from planner.rating.vocabulary import plain
from spiders.items import Event

NAMES = (
    *(
        "base",
        "interest",
        "topic",
        "avoid",
        "chain_up",
        "chain_down",
        "chain_peers",
        "chain_near_up",
        "chain_near_down",
    ),
    *("kind", "trade", "audience", "way", "openness", "other_kind", "host", "usual", "crossed", "foreign", "small"),
    *(
        "community",
        "novelty",
        "streak",
        "acquaintances",
        "returning",
        "learnt_word",
        "learnt_organiser",
        "learnt_form",
        "learnt_sign",
    ),
    *("online", "travel", "travel_unknown", "free", "price", "early", "late", "inferred", "doubtful", "tentative"),
    *("sold_out", "size_small", "size_large", "soft"),
)
"""Every name that a term can have: each has words in both catalogues."""


def texts_of(event: Event) -> Iterator[tuple[str, str]]:
    """The fields that words of the user are looked for in: title, categories, organizer, and the lead of the text,
    where an evening says what it is. What stands further down is said of hosts, ways and other evenings."""
    yield "title", event.title
    if event.categories:
        yield "category", " / ".join(event.categories)
    if event.organizer:
        yield "organizer", event.organizer
    if event.description:
        yield "lead", event.description[:LEAD]


def plain_texts_of(event: Event) -> tuple[tuple[str, str], ...]:
    """The same as words match on (`planner.rating.vocabulary.plain`)."""
    return tuple((name, plain(text)) for name, text in texts_of(event))
