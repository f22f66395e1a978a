"""Twenty-six weeks of a simulated seller: is a person met once met again, where the plan knows whom one met?

python -m benchmarks.simulate_people [--seeds 101-140] [--world clubs] [--workers 2]

The worlds and the base were written down before any weight of the rule was chosen; weights are chosen in the first
world on the seeds 1 to 20 alone and judged once on 101 to 140, in the other worlds too. In an earlier world every
evening brought two to four new people, whoever was known there already; two of three people met were guests who never
came again, and a planner that is told who will come (`told`, below) could gain no more than 8 points at 8 % less
interest. Such a world tells no rule from another.

**The world.** 32 circles, half of them of each track. Of them 40 % meet weekly, 30 % every second week, 30 % every
fourth, always on one weekday at one hour; one evening of ten falls out. A circle is worth 2.0 points on average
(deviation 0.6 among circles, 0.4 among its evenings). Beside them ten evenings a week of nobody in particular, worth
1.8 (deviation 0.7), so that a third of the supply is no circle's. Titles of evenings differ; a circle is the
organiser.

**Who is there.** How often somebody comes to the evenings of a circle is drawn for each, and nothing that the planner
sees tells one kind of circle from another. The worlds (`--world`): in *tail* 40 to 80 people belong to a circle, and
come to a share of its evenings from Beta(0.5, 2.5), most seldom and some nearly always; up to two guests come once.
In *clubs* half of the circles have 12 to 25 members with Beta(2, 2) and up to two guests, the others are audiences of
80 to 200 with Beta(0.5, 6). In *guests* every circle has 8 to 16 regulars with Beta(1.2, 1.8) and two to six guests
who never come again. One of seven people belongs to a second circle as well. To an evening of nobody come 12 to 25
people, one of five of them of some circle.

**The seller** goes to 85 % of what is planned. There one meets again whoever is there and was met before, and has
three to five talks: with those first, at least one with somebody new, as people do at mixers. Of the people met and
not yet known to people.yaml 60 % are entered, with the circle and the title of the evening; of later meetings of
those entered 80 % are entered, the others forgotten.

**The base** is the shipped planner: the week solved to its proven best, balance 60 : 40, at most two evenings a day,
five a week and two of a circle, and its meeting rule (`streak`), which counts the plans of the last weeks. *Told* is
no planner but a measure of the world: it counts, of the people met and due, all who will be there, at one point each.

**Measured** in the same worlds, with the same chances drawn: who is where depends on seed, evening and person alone.
*Again*: of the people met in the first 23 weeks (entered or not, guests among them), at their first, second or third
meeting each, since the second to fourth are what a friendship rests on: the share that is met again within 21 days,
by going to an evening at which that person is. This is what is judged. *After the first*: the same of first meetings
alone (going back to a circle lowers it: who is left to be met there for the first time comes seldom). *Interest*: the
sum of the scores of all planned evenings, without what the meeting rules add.
"""

from __future__ import annotations

import argparse
import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import fmean, stdev
from typing import Any

from benchmarks.simulate_weeks import CONFIG, FIRST, WEEKS, body, plan
from planner.people.acquaintance import acquaintances_of
from planner.people.person import Meeting, People, Person
from planner.pipeline.known import DAYS_OF_ACQUAINTANCE
from planner.plan.circles import circles
from planner.plan.history import PlanHistory, history_of
from planner.types import EventState, Label, Merged, Rated, Score, Term, TrackedEvent, Travel
from planner.weeks import WeekSpan
from spiders.items import Event

CIRCLES, OF_NOBODY = 32, 10
TRACKS = ("industry", "practice")
RHYTHMS, RHYTHM_SHARES = (1, 2, 4), (0.4, 0.3, 0.3)
HOURS = (18.0, 18.5, 19.0, 19.5, 20.0)
GOES, ENTERS, ENTERS_LATER = 0.85, 0.6, 0.8
WITHIN = timedelta(days=21)
WEEKS_MEASURED = 23
OF_THE_RULES = frozenset({"streak", "acquaintances"})


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


@dataclass(kw_only=True)
class Seller:
    """What happened so far: the days on which each person was met, what stands in people.yaml, and the evenings that
    the program has seen."""

    met: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    entered: dict[str, Person] = field(default_factory=dict)
    seen: list[Event] = field(default_factory=list)

    @property
    def people(self) -> People:
        return People(people=tuple(self.entered.values()))


See = Callable[[PlanHistory, Seller, WeekSpan, Sequence[Rated]], PlanHistory]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one run: the shares met again, and the interest of all planned evenings."""

    again: float
    after_first: float
    interest: float
    people: int


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


def visit(seller: Seller, seed: int, evening: Evening) -> None:
    """Go there, or not; meet who is there; enter some of them."""
    event = evening.rated.event
    assert event.start is not None
    rng, day = chance(seed, event.title, "visit"), event.start.date()
    if rng.random() >= GOES:
        return
    strangers = sorted(evening.there - seller.met.keys())
    rng.shuffle(strangers)
    known_there = sorted(evening.there & seller.met.keys())
    met = known_there + strangers[: max(1, rng.randint(3, 5) - len(known_there))]
    for who in met:
        if day not in seller.met[who]:  # two evenings of one day are one meeting
            seller.met[who].append(day)
        known = seller.entered.get(who)
        if chance(seed, event.title, who, "enters").random() < (ENTERS_LATER if known else ENTERS):
            meeting = Meeting(on=day, at=event.title, circle=event.organizer)
            before = known or Person(name=who)
            seller.entered[who] = replace(before, met=(*before.met, meeting))


def simulate(seed: int, world: str, arm: str) -> Figures:
    """One world, lived through with what the planner of that arm knows."""
    everybody, seller, interest = crowds(seed, world), Seller(), 0.0
    plans: dict[str, Any] = {}
    for number in range(WEEKS):
        week = FIRST.shifted(number)
        offered = {each.rated.id: each for each in evenings(seed, week, number, everybody)}
        shown = [told(each, seller) if arm == "told" else each.rated for each in offered.values()]
        made = plan(week, shown, CONFIG, ARMS[arm](history_of(plans, week), seller, week, shown))
        plans[week.name] = body(made)
        for pick in made.picks:
            interest += sum(term.points for term in pick.candidate.rated.score.terms if term.name not in OF_THE_RULES)
            visit(seller, seed, offered[pick.candidate.id])
        begin = week.start - timedelta(days=DAYS_OF_ACQUAINTANCE)
        seller.seen = [each for each in (*seller.seen, *(one.event for one in shown)) if each.start > begin]
    last = FIRST.shifted(WEEKS_MEASURED).monday
    firsts = [again_after(days, 0) for days in seller.met.values() if days[0] < last]
    again = [
        again_after(days, place)
        for days in seller.met.values()
        for place in range(min(3, len(days)))
        if days[place] < last
    ]
    return Figures(again=fmean(again), after_first=fmean(firsts), interest=interest, people=len(seller.met))


def told(evening: Evening, seller: Seller) -> Rated:
    """The evening with a point for everybody met before and due who will be there."""
    event, score = evening.rated.event, evening.rated.score
    assert event.start is not None
    day = event.start.date()
    due = [days for who, days in seller.met.items() if who in evening.there and len(days) < 4]
    count = sum(timedelta() < day - days[-1] <= WITHIN for days in due)
    term = Term(name="acquaintances", points=float(count))
    return replace(evening.rated, score=replace(score, total=round(score.total + count, 3), terms=(*score.terms, term)))


def again_after(days: Sequence[date], place: int) -> bool:
    """Whether somebody met on these days was met again soon after one of them."""
    return place + 1 < len(days) and days[place + 1] - days[place] <= WITHIN


def without_rule(past: PlanHistory, *_: object) -> PlanHistory:
    """The planner without any meeting rule."""
    return replace(past, met={}, lately=frozenset())


def base(past: PlanHistory, *_: object) -> PlanHistory:
    """The shipped planner, which knows of nobody."""
    return past


def with_people(past: PlanHistory, seller: Seller, week: WeekSpan, offered: Sequence[Rated]) -> PlanHistory:
    """The planner with people.yaml; of rhythms it knows what the evenings of the last ninety days tell."""
    known = circles(offered, seller.seen, week.start, week.zone)
    only_people = history_of({}, week, acquaintances_of(seller.people), known)
    return replace(past, people=only_people.people, rhythms=only_people.rhythms)


ARMS: Mapping[str, See] = {"no rule": without_rule, "base": base, "people": with_people, "told": without_rule}


def run(task: tuple[int, str, str]) -> tuple[int, str, Figures]:
    seed, world, arm = task
    return seed, arm, simulate(seed, world, arm)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-20", help="first and last, as 101-140")
    parser.add_argument("--world", choices=WORLDS, default="tail")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    first, last = map(int, arguments.seeds.split("-"))
    tasks = [(seed, arguments.world, arm) for seed in range(first, last + 1) for arm in ARMS]
    found: dict[str, list[Figures]] = {arm: [] for arm in ARMS}
    with ProcessPoolExecutor(arguments.workers) as processes:
        for _, arm, figures in processes.map(run, tasks):  # in the order of the tasks
            found[arm].append(figures)
    for arm, figures in found.items():
        print(f"{arm}: {beside(figures, found['base'])}")


def beside(told: Sequence[Figures], base: Sequence[Figures]) -> str:
    """The figures of an arm beside those of the base, in the same worlds."""
    gained = [one.again - other.again for one, other in zip(told, base, strict=True)]
    first = [one.after_first - other.after_first for one, other in zip(told, base, strict=True)]
    interest = sum(each.interest for each in told) / sum(each.interest for each in base) - 1
    error = stdev(gained) / len(gained) ** 0.5
    return (
        f"again {fmean(each.again for each in told):.1%} ({100 * fmean(gained):+.1f} points ± {100 * error:.1f}), after"
        f" the first {fmean(each.after_first for each in told):.1%} ({100 * fmean(first):+.1f}), interest"
        f" {interest:+.1%}, people {fmean(each.people for each in told):.0f}"
    )


if __name__ == "__main__":
    main()
