"""Whom one may meet again where: from the people that the user entered to what a plan needs, without a name.

A friendship rests on short-term high frequency: whoever was met once, twice or three times, and lately, is worth
meeting again; after the fourth meeting, or three weeks without one, nobody pulls any more.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from planner.people.person import Meeting, People, Person
from planner.text import casefold

THREE_WEEKS = timedelta(days=21)
ENOUGH_MEETINGS = 4
WORTH_BY_TIMES = (0.0, 1.0, 1.0, 1.0)
"""What meeting somebody once more is worth, by how often one met before."""
URGENCY = 0.5
"""By so much more a pull has grown at the end of the three weeks: whose time runs out goes first."""
NEXT_ONE = 0.6
"""What each further person of one evening adds, beside the one before."""

_Place = tuple[str, str]
"""How a meeting and an event are compared, and the folded name."""


@dataclass(frozen=True, slots=True, order=True)
class Acquaintance:
    """Somebody who may be met again: how strongly that pulls, how often and when last one met. ``position`` is the
    place among the people entered; no name stands here."""

    pull: float
    times: int
    last: date
    position: int


@dataclass(frozen=True, slots=True)
class Acquaintances:
    """The people entered, by where they were met: the days of meetings of each, and per place whom one met there on
    which days."""

    days: tuple[tuple[date, ...], ...] = ()
    there: Mapping[_Place, Mapping[int, tuple[date, ...]]] = field(default_factory=dict)

    def at(self, organizer: str | None, title: str, on: date) -> tuple[Acquaintance, ...]:
        """Whom one may meet again at an event of that day, the strongest pull first; only meetings before it count."""
        found: dict[int, Acquaintance] = {}
        for place in _places_of_event(organizer, title):
            for position, days in self.there.get(place, {}).items():
                if position not in found and any(_is_lately(day, on) for day in days):
                    known = self._of(position, on)
                    if known.pull:
                        found[position] = known
        return tuple(sorted(found.values(), key=lambda each: (-each.pull, each.position)))

    def is_kept(self, on: date) -> bool:
        """Whether the user enters people at all: somebody was met within the three weeks before that day."""
        return any(_is_lately(day, on) for days in self.days for day in days)

    def _of(self, position: int, on: date) -> Acquaintance:
        days = [day for day in self.days[position] if day < on]
        return Acquaintance(pull=pull_of(len(days), days[-1], on), times=len(days), last=days[-1], position=position)


NOBODY_MET = Acquaintances()


def acquaintances_of(people: People) -> Acquaintances:
    """The people entered, as a plan looks at them."""
    there: dict[_Place, dict[int, list[date]]] = defaultdict(lambda: defaultdict(list))
    for position, person in enumerate(people.people):
        for meeting in person.met:
            for place in _places_of_meeting(meeting):
                there[place][position].append(meeting.on)
    return Acquaintances(
        days=tuple(tuple(sorted({each.on for each in person.met})) for person in people.people),
        there={place: {who: tuple(days) for who, days in met.items()} for place, met in there.items()},
    )


def met_at(people: People, organizer: str | None, title: str, on: date) -> tuple[Person, ...]:
    """Who they are (`Acquaintances.at`): for the user's own eyes alone."""
    found = acquaintances_of(people).at(organizer, title, on)
    return tuple(people.people[each.position] for each in found)


def pull_of(times: int, last: date, on: date) -> float:
    """How strongly it pulls to meet somebody again on a day, met ``times`` before and last on ``last``."""
    if not 0 < times < ENOUGH_MEETINGS or not _is_lately(last, on):
        return 0.0
    return WORTH_BY_TIMES[times] * (1 + URGENCY * ((on - last) / THREE_WEEKS))


def together(found: tuple[Acquaintance, ...]) -> float:
    """How strongly several pull, the strongest first: each further one adds less, and none takes anything away."""
    return sum(each.pull * NEXT_ONE**place for place, each in enumerate(found))


def _is_lately(day: date, on: date) -> bool:
    return day < on <= day + THREE_WEEKS


def _places_of_meeting(meeting: Meeting) -> Iterator[_Place]:
    """Where one may meet again whom one met there. One evening's title may be many a host's: it counts alone only where
    nobody knows the host."""
    circle, at = _folded(meeting.circle), _folded(meeting.at)
    if circle:
        yield "circle", circle
    elif at:
        yield "alone", at
    for name in {circle, at} - {""}:
        yield "title", name


def _places_of_event(organizer: str | None, title: str) -> Iterator[_Place]:
    circle, name = _folded(organizer), _folded(title)
    if not circle:
        yield "title", name
        return
    yield "circle", circle
    yield "alone", circle
    yield "alone", name


def _folded(name: str | None) -> str:
    return casefold(name or "").strip()
