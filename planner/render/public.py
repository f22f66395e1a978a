"""Which events the public calendars hold, and in which words: public facts only, nothing of the user."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from planner.pipeline import PlanResult
from planner.privacy import redact
from planner.text import strip_controls
from planner.types import DAYS_THE_PAST_STAYS, Rated

MAX_COMING = 500
MAX_PAST = 250  # with the coming ones fewer than the thousand that Google reads
MAX_TEXT = 2_000  # characters of a description that an excerpt may be taken from
TRACKS = frozenset({"industry", "practice", "client"})


def public_events(rated: Iterable[Rated], shown: Collection[str] | None, now: datetime) -> list[Rated]:
    """The best coming events and the past of a month, by start.

    ``shown`` are the ids that the published calendars hold; None where that is not known. What is shown stays until it
    is past, even if better ones are found: to a subscriber, falling out looks like a cancellation.
    """
    since = now - timedelta(days=DAYS_THE_PAST_STAYS)
    dated = [
        (each.event.start, each)
        for each in rated
        if each.event.start is not None and each.event.start >= since and each.score.track in TRACKS
    ]
    known = frozenset(shown or ())
    coming = sorted(
        (each for start, each in dated if start >= now), key=lambda each: (each.id not in known, -_worth(each), each.id)
    )
    past = sorted(
        ((start, each) for start, each in dated if start < now and (shown is None or each.id in known)),
        key=lambda one: (one[0], one[1].id),
    )
    chosen = [*coming[:MAX_COMING], *(each for _, each in past[-MAX_PAST:])]
    return sorted(chosen, key=lambda each: (each.event.start or now, each.id))


def public_ids(planned: PlanResult, now: datetime) -> frozenset[str]:
    """The ids of the events that the public calendars of a run hold."""
    return frozenset(each.id for each in public_events(planned.rated, planned.shown, now))


def _worth(rated: Rated) -> float:
    """Interest without the user's own way: what is public must not tell where the user lives."""
    return sum(term.points for term in rated.score.terms if not term.name.startswith("travel"))


def redacted(rated: Rated) -> Rated:
    """The same event with words that hold nobody's number, address or chat id."""
    event = rated.event
    place = event.place and replace(
        event.place,
        name=event.place.name and redact(event.place.name),
        address=event.place.address and redact(event.place.address),
    )
    description = event.description and redact(strip_controls(event.description)[:MAX_TEXT])
    event = replace(event, title=redact(event.title), place=place, description=description)
    merged = replace(rated.tracked.merged, event=event)
    return replace(rated, tracked=replace(rated.tracked, merged=merged))
