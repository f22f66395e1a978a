"""Whom one may meet again where: from the people that the user entered to what a plan needs, without a name.

A friendship rests on short-term high frequency: whoever was met once, twice or three times, and lately, is worth
meeting again; after the fourth meeting, or three weeks without one, nobody pulls any more.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.people.person import Meeting, People, Person
from planner.text import casefold

THREE_WEEKS = timedelta(days=21)
ENOUGH_MEETINGS = 4
ONE_MORE_MEETING = 1.0
"""What the second, third or fourth meeting with somebody is worth, in points."""
URGENCY = 1.0
"""By so much of itself a pull has grown at the end of the three weeks: whose time runs out goes first."""
NEXT_ONE = 0.7
"""What each further person of one evening adds, as a share of what the one before added."""

_Place = tuple[str, str]
"""How a meeting and an event are compared, and the folded name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintance:
    """Somebody who may be met again: how strongly that pulls, in points, how often and when last one met. ``position``
    is the place among the people entered; no name stands here."""

    pull: float
    times: int
    last: date
    position: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Acquaintances:
    """The people entered as a plan looks at them. ``met`` are the days on which each was met, ``there`` tells for each
    place whom one met there on which days, ``days`` are all days on which one met anybody, in order."""

    met: tuple[tuple[date, ...], ...] = ()
    there: Mapping[_Place, Mapping[int, tuple[date, ...]]] = field(default_factory=dict)
    days: tuple[date, ...] = ()

    def at(self, organizer: str | None, title: str, on: date) -> tuple[Acquaintance, ...]:
        """Whom one may meet again at an event of that day, the strongest pull first: whoever was met there within three
        weeks, less than four times in all. Only meetings before the day count."""
        lately = {
            position
            for place in _places_of_event(organizer, title)
            for position, days in self.there.get(place, {}).items()
            if any(_is_lately(day, on) for day in days)
        }
        found = (self._seen_from(position, on) for position in sorted(lately))
        return tuple(sorted((each for each in found if each.pull), key=lambda each: (-each.pull, each.position)))

    def knows(self, organizer: str | None, title: str) -> bool:
        """Whether anybody was ever met there."""
        return any(place in self.there for place in _places_of_event(organizer, title))

    def is_kept(self, on: date) -> bool:
        """Whether the user enters people: somebody was met within the three weeks before that day."""
        before = bisect_left(self.days, on)
        return before > 0 and _is_lately(self.days[before - 1], on)

    def _seen_from(self, position: int, on: date) -> Acquaintance:
        days = [day for day in self.met[position] if day < on]
        return Acquaintance(pull=pull_of(len(days), days[-1], on), times=len(days), last=days[-1], position=position)


NOBODY_MET = Acquaintances()


def acquaintances_of(people: People) -> Acquaintances:
    """The people entered, as a plan looks at them."""
    there: dict[_Place, dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for position, person in enumerate(people.people):
        for meeting in person.met:
            for place in _places_of_meeting(meeting):
                there[place][position].append(meeting.on)
    met = tuple(tuple(sorted({each.on for each in person.met})) for person in people.people)
    return Acquaintances(
        met=met,
        there={place: {who: tuple(days) for who, days in of_it.items()} for place, of_it in there.items()},
        days=tuple(sorted({day for days in met for day in days})),
    )


def met_at(people: People, organizer: str | None, title: str, on: date) -> tuple[Person, ...]:
    """Who they are (`Acquaintances.at`), for the user's own eyes."""
    found = acquaintances_of(people).at(organizer, title, on)
    return tuple(people.people[each.position] for each in found)


def pull_of(times: int, last: date, on: date) -> float:
    """How strongly it pulls to meet somebody on a day whom one met ``times`` before, and last on ``last``."""
    if not 0 < times < ENOUGH_MEETINGS or not _is_lately(last, on):
        return 0.0
    return ONE_MORE_MEETING * (1 + URGENCY * ((on - last) / THREE_WEEKS))


def together(found: Sequence[Acquaintance]) -> float:
    """How strongly several pull, the strongest first: each further one adds less, and none takes anything away."""
    return sum(each.pull * NEXT_ONE**place for place, each in enumerate(found))


def _is_lately(day: date, on: date) -> bool:
    return timedelta() < on - day <= THREE_WEEKS


def _places_of_meeting(meeting: Meeting) -> Iterator[_Place]:
    """As what a meeting's place may be met again. Many hosts hold evenings of one title: it counts where the host of
    the meeting, or of the event, is not known."""
    circle, at = _folded(meeting.circle), _folded(meeting.at)
    if circle:
        yield "circle", circle
    elif at:
        yield "alone", at
    for name in {circle, at} - {""}:
        yield "title", name


def _places_of_event(organizer: str | None, title: str) -> tuple[_Place, ...]:
    circle, name = _folded(organizer), _folded(title)
    return (("circle", circle), ("alone", circle), ("alone", name)) if circle else (("title", name),)


def _folded(name: str | None) -> str:
    return casefold(name or "").strip()
