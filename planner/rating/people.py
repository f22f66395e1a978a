"""Who will be there, and whether one can come again: estimates from public words alone, never about named persons."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from planner.rating import vocabulary
from planner.rating.vocabulary import plain
from planner.types import Label, Term
from spiders.items import Event

MAX_OF_PEOPLE = 0.8  # the estimate is modest: less than half of an ordinary interest
REGULAR = 3  # events of one organiser in the horizon that make it a community


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPeople:
    """What is known beside the event itself. ``regulars``: organisers (plain) who hold events again and again;
    ``met``: organisers of events that were planned or attended lately."""

    regulars: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()


def regulars(events: Iterable[Event]) -> frozenset[str]:
    """Organisers that hold at least REGULAR of these events, on different days."""
    days = {(plain(event.organizer), event.start.date()) for event in events if event.organizer and event.start}
    counts = Counter(organizer for organizer, _ in days)
    return frozenset(organizer for organizer, count in counts.items() if count >= REGULAR)


def company(event: Event, label: Label, history: KnownPeople) -> Iterator[Term]:
    """The terms of who comes and who holds it."""
    yield from _people(label)
    if label.track not in {"industry", "practice", "client"}:
        return
    if not event.organizer:
        return
    organizer = plain(event.organizer)
    trade = _organiser_of_trade(event.organizer)
    if trade:
        yield Term(name="organiser", points=0.3, about=trade)
    if event.recurrence or organizer in history.regulars:
        yield Term(name="community", points=0.3, about=event.organizer)
    if history.met and organizer not in history.met:
        yield Term(name="novelty", points=0.2, about=event.organizer)


def _people(label: Label) -> Iterator[Term]:
    """One term: the kinds of people that the words speak of, each kind once."""
    points = _points_of_people()
    kinds: dict[str, str] = {}
    for group, word in label.people:
        if points.get(group):
            kinds.setdefault(group, word)
    total = sum(points[group] for group in kinds)
    if kinds and total:
        total = max(-MAX_OF_PEOPLE, min(MAX_OF_PEOPLE, total))
        about = ", ".join(word for _, word in sorted(kinds.items(), key=lambda each: (-abs(points[each[0]]), each)))
        yield Term(name="people", points=round(total, 3), about=about)


@functools.cache
def _points_of_people() -> Mapping[str, float]:
    return {group: float(lists["points"]) for group, lists in vocabulary.load("people").items()}


@functools.lru_cache(maxsize=4096)
def _organiser_of_trade(organizer: str) -> str | None:
    """The word by which an organiser belongs to a trade: a chamber, an association, a user group."""
    for hit in vocabulary.shipped().hits(organizer):
        for entry in hit.entries:
            if entry.family == "organiser" and entry.points >= vocabulary.POINTS_OF_TIER["strong"]:
                return entry.word
    return None
