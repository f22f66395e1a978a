"""Which events the public calendars hold, and in which words: public facts only, nothing of the user."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import overload
from zoneinfo import ZoneInfo

from planner.config import Config
from planner.config.source import SourceEntry
from planner.identity.lifecycle import confirmed
from planner.identity.merge import joined
from planner.identity.own_word import followed, public_words
from planner.pipeline import PlanResult
from planner.privacy import redact
from planner.text import strip_controls
from planner.types import DAYS_THE_PAST_STAYS, OFF, OWN, Merged, Rated, Record, over_at
from spiders.addresses import hidden_parts, reveals
from spiders.items import Status

MAX_COMING = 500
MAX_PAST = 250  # with the coming ones fewer than the thousand that Google reads
MAX_TEXT = 2_000  # characters of a description that an excerpt may be taken from
TRACKS = frozenset({"industry", "practice", "client"})


def public_events(rated: Iterable[Rated], shown: Collection[str] | None, now: datetime) -> list[Rated]:
    """The best events that are coming or still run, and the past of a month, by start.

    ``shown`` are the ids that the published calendars hold; None where that is not known. What is shown stays until it
    is past, even if better ones are found: to a subscriber, falling out looks like a cancellation.
    """
    since = now - timedelta(days=DAYS_THE_PAST_STAYS)
    dated = [
        (over, each)
        for each in rated
        if (over := over_at(each.event)) is not None and over >= since and each.score.track in TRACKS
    ]
    known = frozenset(shown or ())
    coming = sorted(
        (each for over, each in dated if over >= now), key=lambda each: (each.id not in known, -_worth(each), each.id)
    )
    past = sorted(
        ((over, each) for over, each in dated if over < now and (shown is None or each.id in known)),
        key=lambda one: (one[0], one[1].id),
    )
    chosen = [*coming[:MAX_COMING], *(each for _, each in past[-MAX_PAST:])]
    return sorted(chosen, key=lambda each: (each.event.start or now, each.id))


def public_ids(planned: PlanResult, config: Config, now: datetime) -> frozenset[str]:
    """The ids of the events that the public calendars of a run hold."""
    return frozenset(each.id for each in public_events(public_part(planned, config), planned.shown, now))


def public_part(planned: PlanResult, config: Config) -> list[Rated]:
    """The events as the public may know them: told by public sources alone. The user's own notes are private unless a
    note was made public; where a public source tells of the same event, its words stand without those of the note."""
    closed = {entry.id for entry in (*config.sources, *planned.retired) if entry.public is False}

    def is_public(record: Record) -> bool:
        return record.key in planned.public_notes if record.source == OWN else record.source not in closed

    seen = planned.shown or frozenset()
    known = (each for each in planned.rated if not _is_removed(each) or each.id in seen)
    parts = (_of_copies(each, is_public, config.zone) for each in known)
    return [part for part in parts if part is not None]


def _is_removed(rated: Rated) -> bool:
    """Whether the user does not want it: where it was never shown it is not shown as called off either."""
    word = rated.tracked.merged.word
    return word is not None and word.removed


def _of_copies(rated: Rated, is_public: Callable[[Record], bool], zone: ZoneInfo) -> Rated | None:
    """The event as some of its copies tell it; None where none of them is public."""
    tracked = rated.tracked
    records = tuple(filter(is_public, tracked.merged.records))
    word = tracked.merged.word
    told = public_words(word) if any(record.source != OWN for record in records) else word
    if len(records) == len(tracked.merged.records) and told == word:
        return rated
    if not records or all(
        record.event.notice for record in records
    ):  # a notice does not stand for what only the user knows
        return None
    merged = confirmed(Merged(id=rated.id, event=joined(records, rated.id, zone), records=records))
    if told is not None:
        merged = replace(merged, event=followed(merged.event, told), word=told)
    moved = any(record.event.notice == "moved" for record in tracked.merged.records if record not in records)
    if rated.event.status in OFF or moved:  # whoever said it: nobody should go there; where to go the note keeps
        status: Status = rated.event.status if rated.event.status in OFF else "postponed"
        merged = replace(merged, event=replace(merged.event, status=status))
    return replace(rated, tracked=replace(tracked, merged=merged))


def _worth(rated: Rated) -> float:
    """Interest without the user's own way: what is public must not tell where the user lives."""
    return sum(term.points for term in rated.score.terms if not term.name.startswith("travel"))


def keys_of(config: Config, retired: Sequence[SourceEntry] = ()) -> frozenset[str]:
    """What the addresses hide that are configured, or were; those of sources that are ``public: true`` hide nothing."""
    addresses = [entry.url for entry in (*config.sources, *retired) if entry.url and entry.public is not True]
    own = [calendar.url or calendar.file or "" for calendar in config.week.busy]
    return frozenset().union(*map(hidden_parts, (*addresses, *own)))


def redacted(rated: Rated, keys: frozenset[str]) -> Rated:
    """The same event with words that hold nobody's number, address or chat id, and without links and words that hold
    one of ``keys``."""
    event = rated.event
    link = None if event.url and reveals(event.url, keys) else event.url
    event = replace(event, url=link, title=_without(event.title, keys), description=_without(event.description, keys))
    place = event.place and replace(
        event.place,
        name=event.place.name and redact(event.place.name),
        address=event.place.address and redact(event.place.address),
    )
    description = event.description and redact(strip_controls(event.description)[:MAX_TEXT])
    event = replace(event, title=redact(event.title), place=place, description=description)
    merged = replace(rated.tracked.merged, event=event)
    return replace(rated, tracked=replace(rated.tracked, merged=merged))


@overload
def _without(text: str, keys: frozenset[str]) -> str: ...
@overload
def _without(text: str | None, keys: frozenset[str]) -> str | None: ...
def _without(text: str | None, keys: frozenset[str]) -> str | None:
    """A text with an ellipsis for each word that holds a key."""
    if text is None or not reveals(text, keys):
        return text
    words = re.split(r"(\s+)", text)
    return "".join("…" if reveals(word, keys) else word for word in words)
