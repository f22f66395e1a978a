"""The model: worth as much as exhaustive search finds, and nothing that the rules forbid."""

from __future__ import annotations

import random
from datetime import timedelta
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.plan.candidates import select
from planner.plan.feasible import Feasibility
from planner.plan.model import Item, Problem, cliques, solve, value_of
from planner.plan.week import MARGIN, build, clash
from planner.types import Rated
from tests.support.events import NOW, make_event
from tests.support.planning import NOWHERE, WEEK, at, config, picked, plan, rated, solve_reduced, weeks

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AT_LENGTH = settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@QUICK
@given(weeks(), st.randoms(use_true_random=False))
def test_every_plan_keeps_the_rules_and_the_order_of_input_is_irrelevant(drawn, shuffler):
    check_rules(*drawn, shuffler)


@pytest.mark.long
@AT_LENGTH
@given(weeks(), st.randoms(use_true_random=False))
def test_every_plan_keeps_the_rules_at_length(drawn, shuffler):
    check_rules(*drawn, shuffler)


def check_rules(events: list[Rated], text: str, shuffler: random.Random) -> None:
    loaded = config(text)
    week = plan(events, text)
    picks = [pick.candidate for pick in week.picks]
    for one, other in combinations(picks, 2):
        assert not clash(one, other, NOWHERE)
        assert one.end <= other.start or other.end <= one.start
    for day in WEEK.days:
        assert sum(pick.day == day for pick in picks) <= loaded.week.at_most.per_day
    assert len(picks) <= loaded.week.at_most.per_week
    if loaded.week.budget is not None:
        assert sum(pick.cost for pick in picks) <= loaded.week.budget
    shuffled = list(events)
    shuffler.shuffle(shuffled)
    assert picked(plan(shuffled, text)) == picked(week)
    assert week.status == "optimal"
    assert week.bound == pytest.approx(week.value)


def best_by_search(problem: Problem) -> float:
    rules = Feasibility(problem)
    count = len(problem.items)
    return max(
        value_of(problem, chosen)
        for size in range(min(count, problem.per_week) + 1)
        for chosen in combinations(range(count), size)
        if rules.allows(chosen)
    )


@QUICK
@given(weeks())
def test_the_plan_is_worth_as_much_as_exhaustive_search_finds(drawn):
    check_worth(*drawn)


@pytest.mark.long
@AT_LENGTH
@given(weeks())
def test_the_plan_is_worth_as_much_as_exhaustive_search_finds_at_length(drawn):
    check_worth(*drawn)


def check_worth(events: list[Rated], text: str) -> None:
    loaded = config(text)
    candidates, _ = select(events, loaded, WEEK, NOW)
    ordered = sorted(candidates, key=lambda candidate: candidate.id)
    problem = build(ordered, loaded, NOWHERE)
    best = best_by_search(problem)
    assert solve(problem).value == pytest.approx(best, abs=1e-6)
    assert solve_reduced(problem).value == pytest.approx(best, abs=1e-6)


def test_nothing_to_choose_from():
    week = plan([])
    assert (week.picks, week.value, week.bound, week.status) == ((), 0.0, 0.0, "optimal")


def test_equal_events_are_chosen_the_same_way_every_time():
    events = [rated(make_event(f"twin {number}", start=at(1, 19), end=at(1, 21))) for number in range(30)]
    chosen = {frozenset(picked(plan(random.Random(seed).sample(events, 30)))) for seed in range(5)}
    assert len(chosen) == 1


@given(st.integers(0, 12), st.data())
def test_cliques_cover_every_conflict_and_nothing_else(count, data):
    pairs = [pair for pair in combinations(range(count), 2) if data.draw(st.booleans())]
    found = cliques(count, pairs)
    covered = {pair for clique in found for pair in combinations(sorted(clique), 2)}
    assert covered == set(pairs)


def test_the_model_alone_prefers_more_worth():
    items = [Item(id=str(number), worth=float(number), track="industry", day=1, cost=0.0) for number in range(4)]
    problem = Problem(items=items, conflicts=[(2, 3)], per_day=2, per_week=2, budget=None)
    assert solve(problem).chosen == (1, 3)


@QUICK
@given(weeks())
def test_a_clash_is_told_by_hours_and_way(drawn):
    events, text = drawn
    candidates, _ = select(events, config(text), WEEK, NOW)
    for one, other in combinations(candidates, 2):
        first, second = sorted((one, other), key=lambda each: (each.start, each.id))
        way = NOWHERE.between(first.rated.event, second.rated.event)
        needed = timedelta(minutes=way) + (MARGIN if way else timedelta())
        assert clash(one, other, NOWHERE) == clash(other, one, NOWHERE) == (second.start < first.end + needed)


def test_clashes_are_looked_for_once_a_plan(monkeypatch):
    looked = []
    monkeypatch.setattr("planner.plan.week._conflicts", lambda candidates, _: looked.append(len(candidates)) or [])
    events = [rated(make_event(name, start=at(1, hour), end=at(1, hour + 1))) for name, hour in (("a", 18), ("b", 20))]
    assert plan(events, published={events[0].id}).picks
    assert looked == [2]
