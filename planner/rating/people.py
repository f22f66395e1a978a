"""Whether one can come again, and whether they are new people: about organisers, never about persons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from planner.rating.evidence import is_inferred
from planner.rating.vocabulary import plain
from planner.types import PLANNABLE, Term, Track
from spiders.items import Event

REGULAR = 3  # events of one organiser in the horizon that make it a community
OF_A_COMMUNITY, OF_NEW_PEOPLE = 0.2, 0.15


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


def company(event: Event, track: Track | None, history: KnownPeople) -> Iterator[Term]:
    """The terms of who holds it."""
    if track not in PLANNABLE or not event.organizer or is_inferred(event):
        return
    organizer = plain(event.organizer)
    if event.recurrence or organizer in history.regulars:
        yield Term(name="community", points=OF_A_COMMUNITY, about=event.organizer)
    if history.met and organizer not in history.met:
        yield Term(name="novelty", points=OF_NEW_PEOPLE, about=event.organizer)
