"""Twenty-six weeks of a simulated seller: is a person met once met again, where the plan knows whom one met?

python -m benchmarks.simulate_people [--seeds 201-240] [--world clubs] [--workers 2]

The worlds and the base were written down before weights were chosen in them; an early form of the rule was known by
then, and the worlds were picked by what a planner that is told could reach there. In an earlier world every evening
brought two to four new people, whoever was known there already; two of three people met were guests who never came
again, and a planner that is told who will come (`told`, below) could gain no more than 8 points at 8 % less interest.
Such a world tells no rule from another. Weights are chosen in the first world on the seeds 1 to 20 alone. They are
judged on 201 to 240: on 101 to 140, kept aside for that, one look was taken while the interest was counted wrongly
(with the points of one meeting rule in it), and weights were chosen again.

**The world** stands in `benchmarks.people_worlds`.

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
by going to an evening at which that person is. This is what is judged. *Of those out*: the same of people who were at
any evening offered within those 21 days, since no plan meets the others. *After the first*: the same of first
meetings alone (going back to a circle lowers it: who is left to be met there for the first time comes seldom).
*Interest*: the sum of the scores of all planned evenings, without what the meeting rules add.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from statistics import fmean, stdev
from typing import Any

from benchmarks.people_worlds import WORLDS, Evening, chance, crowds, evenings
from benchmarks.simulate_weeks import CONFIG, FIRST, WEEKS, body, plan
from planner.people.acquaintance import acquaintances_of
from planner.people.person import Meeting, People, Person
from planner.pipeline.facts import DAYS_OF_ACQUAINTANCE
from planner.plan.again import ACQUAINTANCES, RETURNING, STREAK
from planner.plan.circles import circles
from planner.plan.history import PlanHistory, history_of
from planner.types import Rated, Term
from planner.weeks import WeekSpan
from spiders.items import Event

GOES, ENTERS, ENTERS_LATER = 0.85, 0.6, 0.8
WITHIN = timedelta(days=21)
WEEKS_MEASURED = 23
OF_THE_RULES = frozenset({STREAK, ACQUAINTANCES, RETURNING})


@dataclass(kw_only=True)
class Seller:
    """What happened so far: the days on which each person was met, what stands in people.yaml, the evenings that the
    program has seen, and the days on which each person was out at all, which nobody knows."""

    met: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))
    entered: dict[str, Person] = field(default_factory=dict)
    seen: list[Event] = field(default_factory=list)
    out: dict[str, list[date]] = field(default_factory=lambda: defaultdict(list))

    @property
    def people(self) -> People:
        return People(people=tuple(self.entered.values()))


See = Callable[[PlanHistory, Seller, WeekSpan, Sequence[Rated]], PlanHistory]


@dataclass(frozen=True, kw_only=True)
class Figures:
    """Of one run: the shares met again, and the interest of all planned evenings."""

    again: float
    could: float
    after_first: float
    interest: float
    people: int


def visit(seller: Seller, seed: int, evening: Evening) -> None:
    """Go there, or not; meet who is there; enter some of them."""
    event, day = evening.rated.event, evening.day
    rng = chance(seed, event.title, "visit")
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
        for each in offered.values():
            for who in each.there:
                seller.out[who].append(each.day)
        for pick in made.picks:
            interest += sum(term.points for term in pick.candidate.rated.score.terms if term.name not in OF_THE_RULES)
            visit(seller, seed, offered[pick.candidate.id])
        begin = week.start - timedelta(days=DAYS_OF_ACQUAINTANCE)
        seller.seen = [each for each in (*seller.seen, *(one.event for one in shown)) if each.start > begin]
    return figures_of(seller, interest)


def figures_of(seller: Seller, interest: float) -> Figures:
    """What is measured of a half year."""
    last = FIRST.shifted(WEEKS_MEASURED).monday
    meetings = [
        (who, place, is_soon(days[place], days[place + 1 :]), is_soon(days[place], seller.out[who]))
        for who, days in seller.met.items()
        for place in range(min(3, len(days)))
        if days[place] < last
    ]
    return Figures(
        again=fmean(again for _, _, again, _ in meetings),
        could=fmean(again for _, _, again, could in meetings if could),
        after_first=fmean(again for _, place, again, _ in meetings if place == 0),
        interest=interest,
        people=len(seller.met),
    )


def is_soon(day: date, others: Sequence[date]) -> bool:
    """Whether one of the others follows within three weeks."""
    return any(timedelta() < other - day <= WITHIN for other in others)


def told(evening: Evening, seller: Seller) -> Rated:
    """The evening with a point for everybody met before and due who will be there."""
    score, day = evening.rated.score, evening.day
    due = [days for who, days in seller.met.items() if who in evening.there and len(days) < 4]
    count = sum(timedelta() < day - days[-1] <= WITHIN for days in due)
    term = Term(name="acquaintances", points=float(count))
    return replace(evening.rated, score=replace(score, total=round(score.total + count, 3), terms=(*score.terms, term)))


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
    parser.add_argument("--seeds", default="1-20", help="first and last, as 201-240")
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

    def share(of: Callable[[Figures], float]) -> str:
        gained = [of(one) - of(other) for one, other in zip(told, base, strict=True)]
        error = stdev(gained) / len(gained) ** 0.5
        return f"{fmean(map(of, told)):.1%} ({100 * fmean(gained):+.1f} points ± {100 * error:.1f})"

    interest = sum(each.interest for each in told) / sum(each.interest for each in base) - 1
    return (
        f"again {share(lambda each: each.again)}, of those out {share(lambda each: each.could)}, after the first"
        f" {share(lambda each: each.after_first)}, interest {interest:+.1%},"
        f" people {fmean(each.people for each in told):.0f}"
    )


if __name__ == "__main__":
    main()
