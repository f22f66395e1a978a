"""Twenty-six weeks of a simulated seller: is a person met once met again, where the plan knows whom one met?

python -m benchmarks.simulate_people [--seeds 101-140] [--workers 2]

The world and the base were written down before any weight of the rule was chosen; weights are chosen on the seeds 1
to 20 alone and judged once on 101 to 140.

**The world.** 32 circles, half of them of each track. Of them 40 % meet weekly, 30 % every second week, 30 % every
fourth, always on one weekday at one hour; one evening of ten falls out. A circle is worth 2.0 points on average
(deviation 0.6 among circles, 0.4 among its evenings). Beside them ten evenings a week of nobody in particular, worth
1.8 (deviation 0.7), so that a third of the supply is no circle's. Titles of evenings differ; a circle is the
organiser.

**Who is there.** A circle has 8 to 16 regulars. How often each comes is drawn from Beta(1.2, 1.8): 40 % of the
evenings on average, most of them seldom, few nearly always. One regular of seven belongs to a second circle. Two to
six more people come to each evening and never again. To an evening of nobody come 12 to 25 people, one of five a
regular of some circle.

**The seller** goes to 85 % of what is planned. There one meets again whoever is there and was met before, and talks
with two to four others. Of the people met and not yet known to people.yaml 60 % are entered, with the circle and the
title of the evening; of later meetings of those entered 80 % are entered, the others forgotten.

**The base** is the shipped planner: the week solved to its proven best, balance 60 : 40, at most two evenings a day,
five a week and two of a circle, and its meeting rule (`streak`), which counts the plans of the last weeks.

**Measured** in the same worlds, with the same chances drawn: who is where depends on seed, evening and person alone.
*Again*: of the people met in the first 23 weeks (entered or not, passers-by among them), at their first, second or
third meeting each, since the second to fourth are what a friendship rests on: the share that is met again within 21
days, by going to an evening at which that person is. This is what is judged. *After the first*: the same of first
meetings alone (going back to a circle lowers it: who is left to be met there for the first time are passers-by).
*Interest*: the sum of the scores of all planned evenings, without what the meeting rules add.
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
from planner.people.person import Meeting, People, Person
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
See = Callable[[PlanHistory, People], PlanHistory]


@dataclass(frozen=True, kw_only=True)
class Crowd:
    """One circle: when it meets, what it is worth, and how often each regular comes."""

    name: str
    track: str
    every: int
    phase: int
    weekday: int
    hour: float
    worth: float
    regulars: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Evening:
    """One evening as the planner sees it, and who is there."""

    rated: Rated
    there: frozenset[str]


@dataclass(kw_only=True)
class Seller:
    """What happened so far: the days on which each person was met, and what stands in people.yaml."""

    met: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    entered: dict[str, Person] = field(default_factory=dict)

    @property
    def people(self) -> People:
        return People(people=tuple(self.entered.values()))


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


def crowds(seed: int) -> list[Crowd]:
    """The circles of a world."""
    rng = chance(seed, "circles")
    made = [
        Crowd(
            name=f"circle {number}",
            track=TRACKS[number % 2],
            every=(every := rng.choices(RHYTHMS, RHYTHM_SHARES)[0]),
            phase=rng.randrange(every),
            weekday=rng.randrange(7),
            hour=rng.choice(HOURS),
            worth=rng.gauss(2.0, 0.6),
            regulars={f"regular {number}.{one}": rng.betavariate(1.2, 1.8) for one in range(rng.randint(8, 16))},
        )
        for number in range(CIRCLES)
    ]
    second: dict[str, dict[str, float]] = defaultdict(dict)
    for crowd in made:
        for person in crowd.regulars:
            if rng.random() < 1 / 7:
                second[rng.choice(made).name][person] = rng.betavariate(1.2, 1.8)
    return [replace(crowd, regulars={**second[crowd.name], **crowd.regulars}) for crowd in made]


def evenings(seed: int, week: WeekSpan, number: int, circles: Sequence[Crowd]) -> list[Evening]:
    """The evenings of a week: those of circles, and those of nobody."""
    made = []
    for crowd in circles:
        name = f"{crowd.name}, {week.name}"
        rng = chance(seed, name)
        if number % crowd.every == crowd.phase and rng.random() >= 0.1:
            there = {who for who, often in crowd.regulars.items() if chance(seed, name, who).random() < often}
            there |= {f"passer-by {name}.{one}" for one in range(rng.randint(2, 6))}
            points = rng.gauss(crowd.worth, 0.4)
            event = rated(name, crowd.name, week, crowd.weekday, crowd.hour, points, crowd.track)
            made.append(Evening(rated=event, there=frozenset(there)))
    everybody = [who for crowd in circles for who in crowd.regulars]
    for one in range(OF_NOBODY):
        name = f"evening {one}, {week.name}"
        rng = chance(seed, name)
        there = {
            rng.choice(everybody) if rng.random() < 0.2 else f"passer-by {name}.{guest}"
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
    met = sorted(evening.there & seller.met.keys()) + strangers[: rng.randint(2, 4)]
    for who in met:
        if day not in seller.met[who]:  # two evenings of one day are one meeting
            seller.met[who].append(day)
        known = seller.entered.get(who)
        if chance(seed, event.title, who, "enters").random() < (ENTERS_LATER if known else ENTERS):
            meeting = Meeting(on=day, at=event.title, circle=event.organizer)
            before = known or Person(name=who)
            seller.entered[who] = replace(before, met=(*before.met, meeting))


def simulate(seed: int, see: See) -> Figures:
    """One world, lived through with what ``see`` lets the planner know of the people."""
    circles, seller, plans, interest = crowds(seed), Seller(), {}, 0.0
    for number in range(WEEKS):
        week = FIRST.shifted(number)
        offered = {each.rated.id: each for each in evenings(seed, week, number, circles)}
        past = see(history_of(plans, week), seller.people)
        made = plan(week, [each.rated for each in offered.values()], CONFIG, past)
        kept: dict[str, Any] = body(made)
        plans[week.name] = kept
        for pick in made.picks:
            interest += sum(term.points for term in pick.candidate.rated.score.terms if term.name not in OF_THE_RULES)
            visit(seller, seed, offered[pick.candidate.id])
    last = FIRST.shifted(WEEKS_MEASURED).monday
    firsts = [again_after(days, 0) for days in seller.met.values() if days[0] < last]
    again = [
        again_after(days, place)
        for days in seller.met.values()
        for place in range(min(3, len(days)))
        if days[place] < last
    ]
    return Figures(again=fmean(again), after_first=fmean(firsts), interest=interest, people=len(seller.met))


def again_after(days: Sequence[date], place: int) -> bool:
    """Whether somebody met on these days was met again soon after one of them."""
    return place + 1 < len(days) and days[place + 1] - days[place] <= WITHIN


def without_rule(past: PlanHistory, _: People) -> PlanHistory:
    """The planner without any meeting rule."""
    return replace(past, met={}, lately=frozenset())


def base(past: PlanHistory, _: People) -> PlanHistory:
    """The shipped planner, which knows of nobody."""
    return past


ARMS: Mapping[str, See] = {"no rule": without_rule, "base": base}


def run(task: tuple[str, int]) -> tuple[str, int, Figures]:
    arm, seed = task
    return arm, seed, simulate(seed, ARMS[arm])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", default="1-20", help="first and last, as 101-140")
    parser.add_argument("--workers", type=int, default=2)
    arguments = parser.parse_args()
    first, last = map(int, arguments.seeds.split("-"))
    tasks = [(arm, seed) for seed in range(first, last + 1) for arm in ARMS]
    found: dict[str, dict[int, Figures]] = {arm: {} for arm in ARMS}
    with ProcessPoolExecutor(arguments.workers) as processes:
        for arm, seed, figures in processes.map(run, tasks):
            found[arm][seed] = figures
    for arm, of_arm in found.items():
        told = [of_arm[seed] for seed in sorted(of_arm)]
        beside = [found["base"][seed] for seed in sorted(of_arm)]
        gained = [one.again - other.again for one, other in zip(told, beside, strict=True)]
        more = [one.after_first - other.after_first for one, other in zip(told, beside, strict=True)]
        interest = sum(each.interest for each in told) / sum(each.interest for each in beside) - 1
        error = stdev(gained) / len(gained) ** 0.5
        print(
            f"{arm}: again {fmean(each.again for each in told):.1%} ({100 * fmean(gained):+.1f} points"
            f" ± {100 * error:.1f}), after the first {fmean(each.after_first for each in told):.1%}"
            f" ({100 * fmean(more):+.1f}), interest {interest:+.1%}, people {fmean(each.people for each in told):.0f}"
        )


if __name__ == "__main__":
    main()
