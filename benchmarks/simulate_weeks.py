"""Twenty-six planned weeks under three supplies: is the balance held, are people met again, does a plan flicker?

python benchmarks/simulate_weeks.py
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.config import Config, parse
from planner.i18n.catalog import Catalog
from planner.plan.candidates import select
from planner.plan.history import NO_PAST, PlanHistory, community_of, history_of
from planner.plan.model import Problem, Solution, solve
from planner.plan.reduce import enlarged, reduced
from planner.plan.week import WeekPlan, plan_week
from planner.rating.travel import TravelTimes
from planner.types import EventState, Label, Merged, Rated, Score, Term, TrackedEvent, Travel
from planner.weeks import WeekSpan, week_of
from spiders.items import Event

ZONE = ZoneInfo("Asia/Shanghai")
FIRST = week_of("2026-W01", datetime(2026, 1, 1, tzinfo=ZONE), ZONE)
WEEKS = 26
CONFIG = parse(
    b"balance: {industry: 60, practice: 40}\n"
    b"week: {free: {weekdays: '18:00-22:30'}, at_most: {per_day: 2, per_week: 5}}",
    "config.yaml",
    Catalog("en"),
)
SUPPLIES = {"rich": (40, 40), "industry-heavy": (70, 10), "poor in practice": (60, 1)}
NOWHERE = TravelTimes.of(None, None)


def solve_here(problem: Problem) -> Solution:
    smaller, kept = reduced(problem)
    return enlarged(solve(smaller), kept)


def supply(week: WeekSpan, numbers: tuple[int, int], rng: random.Random) -> list[Rated]:
    """A week's events: two thirds belong to one of a dozen communities of their track that meet weekly."""
    events = []
    for track, number in zip(("industry", "practice"), numbers, strict=True):
        for place in range(number):
            day = rng.randrange(7)
            start = week.start + timedelta(days=day, hours=rng.choice([18, 18.5, 19, 19.5, 20]))
            people = f"{track} community {rng.randrange(12)}" if rng.random() < 0.67 else None
            name = f"{week.name} {track} {place}"
            event = Event(
                source="s", uid=name, title=name, start=start, end=start + timedelta(hours=2),
                timezone="Asia/Shanghai", organizer=people,
            )  # fmt: skip
            points = round(rng.choice([0.5, 1.0, 1.5, 2.0, 2.5, 3.0]) + rng.random() / 2, 3)
            life = EventState(id=name, snapshot={}, sequence=0, first_seen=week.start, changed=week.start)
            events.append(
                Rated(
                    tracked=TrackedEvent(merged=Merged(id=name, event=event, records=()), state=life),
                    label=Label(track=track),  # type: ignore[arg-type]
                    travel=Travel(40, False),
                    score=Score(total=points, terms=(Term(name="interest", points=points),), track=track),  # type: ignore[arg-type]
                )
            )
    return events


def plan(
    week: WeekSpan, events: list[Rated], config: Config, past: PlanHistory, published: set[str] | None = None
) -> WeekPlan:
    candidates, exclusions = select(events, config, week, week.start)
    return plan_week(
        week, candidates, exclusions, config, NOWHERE, past=past, published=published or set(), solver=solve_here
    )


def body(week_plan: WeekPlan) -> dict[str, Any]:
    return {
        "picks": [
            {"track": pick.candidate.rated.score.track, "community": community_of(pick.candidate.rated)}
            for pick in week_plan.picks
        ]
    }


def simulate(
    numbers: tuple[int, int], see: Callable[[PlanHistory], PlanHistory]
) -> tuple[list[int], list[int], float, float]:
    """-> (industry picks a week, practice picks a week, share met again within three weeks, interest value)."""
    rng = random.Random(11)
    plans: dict[str, Any] = {}
    industry, practice, again, met, interest = [], [], 0, 0, 0.0
    for number in range(WEEKS):
        week = FIRST.shifted(number)
        past = history_of(plans, week)
        made = plan(week, supply(week, numbers, rng), CONFIG, see(past))
        plans[week.name] = body(made)
        tracks = [pick.candidate.rated.score.track for pick in made.picks]
        industry.append(tracks.count("industry"))
        practice.append(tracks.count("practice"))
        for pick in made.picks:
            people = community_of(pick.candidate.rated)
            again += people in past.lately
            met += 1
            interest += sum(term.points for term in pick.candidate.rated.score.terms if term.name == "interest")
    return industry, practice, again / met, interest


def without_streaks(past: PlanHistory) -> PlanHistory:
    return PlanHistory(tracks=past.tracks, met={}, lately=frozenset())


def churn(trials: int = 100) -> tuple[int, int]:
    """-> (weeks where losing a pick changed at most two others, weeks that losing an unpicked one changed)."""
    rng = random.Random(5)
    calm, disturbed = 0, 0
    for _ in range(trials):
        events = supply(FIRST, (40, 30), rng)
        first = {pick.candidate.id for pick in plan(FIRST, events, CONFIG, NO_PAST).picks}
        lost = rng.choice(sorted(first))
        second = plan(FIRST, [each for each in events if each.id != lost], CONFIG, NO_PAST, first)
        kept = {pick.candidate.id for pick in second.picks}
        calm += len((first - {lost}) - kept) <= 2
        other = rng.choice(sorted(each.id for each in events if each.id not in first))
        third = plan(FIRST, [each for each in events if each.id != other], CONFIG, NO_PAST, first)
        disturbed += {pick.candidate.id for pick in third.picks} != first
    return calm, disturbed


def main() -> None:
    wanted = CONFIG.balance.industry_share
    for name, numbers in SUPPLIES.items():
        industry, practice, again, interest = simulate(numbers, lambda past: past)
        _, _, again_without, interest_without = simulate(numbers, without_streaks)
        shares = [
            sum(industry[start : start + 4]) / (sum(industry[start : start + 4]) + sum(practice[start : start + 4]))
            for start in range(WEEKS - 3)
        ]
        print(
            f"{name}: industry share of every four weeks {min(shares):.0%} to {max(shares):.0%} (wanted {wanted:.0%});"
            f" met again within three weeks {again:.0%} (without the rule {again_without:.0%}),"
            f" interest {interest / interest_without - 1:+.1%}"
        )
    calm, disturbed = churn()
    print(
        f"a pick is lost: at most 2 other changes in {calm} of 100 weeks; an unpicked one is lost: {disturbed} changed"
    )


if __name__ == "__main__":
    main()
