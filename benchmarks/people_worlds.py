"""The worlds of `benchmarks.simulate_people`: circles, their evenings, and who is there.

32 circles, half of them of each track. Of them 40 % meet weekly, 30 % every second week, 30 % every
fourth, always on one weekday at one hour; one evening of ten falls out. A circle is worth 2.0 points on average
(deviation 0.6 among circles, 0.4 among its evenings). Beside them ten evenings a week of nobody in particular, worth
1.8 (deviation 0.7), so that a third of the supply is no circle's. Titles of evenings differ; a circle is the
organiser.

How often somebody comes to the evenings of a circle is drawn for each, and nothing that the planner
sees tells one kind of circle from another. The worlds (`--world`): in *tail* 40 to 80 people belong to a circle, and
come to a share of its evenings from Beta(0.5, 2.5), most seldom and some nearly always; up to two guests come once.
In *clubs* half of the circles have 12 to 25 members with Beta(2, 2) and up to two guests, the others are audiences of
80 to 200 with Beta(0.5, 6). In *guests* every circle has 8 to 16 regulars with Beta(1.2, 1.8) and two to six guests
who never come again. One of seven people belongs to a second circle as well. To an evening of nobody come 12 to 25
people, one of five of them of some circle.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from planner.types import EventState, Label, Merged, Rated, Score, Term, TrackedEvent, Travel
from planner.weeks import WeekSpan
from spiders.items import Event

CIRCLES, OF_NOBODY = 32, 10
TRACKS = ("industry", "practice")
RHYTHMS, RHYTHM_SHARES = (1, 2, 4), (0.4, 0.3, 0.3)
HOURS = (18.0, 18.5, 19.0, 19.5, 20.0)


@dataclass(frozen=True, kw_only=True)
class Kind:
    """A kind of circle: how many people, from which Beta their share of its evenings is drawn, how many guests."""

    size: tuple[int, int]
    often: tuple[float, float]
    guests: tuple[int, int]


WORLDS: Mapping[str, Sequence[Kind]] = {
    "tail": [Kind(size=(40, 80), often=(0.5, 2.5), guests=(0, 2))],
    "clubs": [
        Kind(size=(12, 25), often=(2.0, 2.0), guests=(0, 2)),
        Kind(size=(80, 200), often=(0.5, 6.0), guests=(0, 0)),
    ],
    "guests": [Kind(size=(8, 16), often=(1.2, 1.8), guests=(2, 6))],
}


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """One circle: when it meets, what it is worth, and how often each of its people comes."""

    name: str
    track: str
    every: int
    phase: int
    weekday: int
    hour: float
    worth: float
    people: Mapping[str, float]
    guests: tuple[int, int]


@dataclass(frozen=True, kw_only=True)
class Evening:
    """One evening as the planner sees it, and who is there."""

    rated: Rated
    there: frozenset[str]

    @property
    def day(self) -> date:
        assert self.rated.event.start is not None
        return self.rated.event.start.date()


def chance(*of: object) -> random.Random:
    """Chances that depend on nothing but what they are for."""
    return random.Random("|".join(map(str, of)))


def crowds(seed: int, world: str) -> list[Crowd]:
    """The circles of a world."""
    rng = chance(seed, "circles")
    made = [crowd(rng, number, WORLDS[world]) for number in range(CIRCLES)]
    second: dict[str, dict[str, float]] = defaultdict(dict)
    for one in made:
        for person, often in one.people.items():
            if rng.random() < 1 / 7:
                second[rng.choice(made).name][person] = often
    return [replace(one, people={**second[one.name], **one.people}) for one in made]


def crowd(rng: random.Random, number: int, kinds: Sequence[Kind]) -> Crowd:
    """One circle of one of these kinds."""
    kind = rng.choice(kinds)
    every = rng.choices(RHYTHMS, RHYTHM_SHARES)[0]
    return Crowd(
        name=f"circle {number}",
        track=TRACKS[number % 2],
        every=every,
        phase=rng.randrange(every),
        weekday=rng.randrange(7),
        hour=rng.choice(HOURS),
        worth=rng.gauss(2.0, 0.6),
        people={f"person {number}.{one}": rng.betavariate(*kind.often) for one in range(rng.randint(*kind.size))},
        guests=kind.guests,
    )


def evenings(seed: int, week: WeekSpan, number: int, circles: Sequence[Crowd]) -> list[Evening]:
    """The evenings of a week: those of circles, and those of nobody."""
    made = []
    for crowd in circles:
        name = f"{crowd.name}, {week.name}"
        rng = chance(seed, name)
        if number % crowd.every == crowd.phase and rng.random() >= 0.1:
            there = {who for who, often in crowd.people.items() if chance(seed, name, who).random() < often}
            there |= {f"guest {name}.{one}" for one in range(rng.randint(*crowd.guests))}
            points = rng.gauss(crowd.worth, 0.4)
            event = rated(name, crowd.name, week, crowd.weekday, crowd.hour, points, crowd.track)
            made.append(Evening(rated=event, there=frozenset(there)))
    everybody = [who for crowd in circles for who in crowd.people]
    for one in range(OF_NOBODY):
        name = f"evening {one}, {week.name}"
        rng = chance(seed, name)
        there = {
            rng.choice(everybody) if rng.random() < 0.2 else f"guest {name}.{guest}"
            for guest in range(rng.randint(12, 25))
        }
        event = rated(name, None, week, rng.randrange(7), rng.choice(HOURS), rng.gauss(1.8, 0.7), rng.choice(TRACKS))
        made.append(Evening(rated=event, there=frozenset(there)))
    return made


def rated(
    name: str, organizer: str | None, week: WeekSpan, weekday: int, hour: float, points: float, track: str
) -> Rated:
    """An evening of two hours with a score."""
    start = week.start + timedelta(days=weekday, hours=hour)
    event = Event(
        source="s", uid=name, title=name, start=start, end=start + timedelta(hours=2), timezone="Asia/Shanghai",
        organizer=organizer,
    )  # fmt: skip
    points = round(points, 3)
    life = EventState(id=name, snapshot={}, sequence=0, first_seen=week.start, changed=week.start)
    return Rated(
        tracked=TrackedEvent(merged=Merged(id=name, event=event, records=()), state=life),
        label=Label(track=track),  # type: ignore[arg-type]
        travel=Travel(40, False),
        score=Score(total=points, terms=(Term(name="interest", points=points),), track=track),  # type: ignore[arg-type]
    )
