"""What would have to change for an event that was left out."""

from __future__ import annotations

import pytest

from planner.plan.candidates import candidate_of
from planner.plan.feasible import Rule
from planner.plan.whatif import Hindrance, WhatIf, hindrance, what_if
from planner.types import Score, Term
from spiders.items import Price
from tests.support.events import SHANGHAI, make_event
from tests.support.planning import NOWHERE, at, config, rated, solve_reduced


@pytest.fixture(autouse=True)
def solve_here(monkeypatch):
    monkeypatch.setattr("planner.plan.whatif.solve_apart", solve_reduced)


def candidate(name: str, points: float, *terms: Term, day: int = 1):
    each = rated(make_event(name, start=at(day, 19), end=at(day, 21)), points)
    object.__setattr__(each, "score", Score(total=points, terms=terms, track="industry"))
    return candidate_of(each, SHANGHAI)


@pytest.mark.parametrize(
    ("terms", "lacking", "nearer", "free"),
    [
        ((), 1.0, None, False),
        ((Term(name="travel", points=-0.5),), 1.0, None, False),  # even next door it would lack half a point
        ((Term(name="travel", points=-1.2),), 1.0, 41, False),
        ((Term(name="travel_unknown", points=-1.2),), 1.0, 41, False),
        ((Term(name="price", points=-0.7),), 1.0, None, True),  # and being free is worth 0.3 of its own
        ((Term(name="price", points=-0.6),), 1.0, None, False),
    ],
)
def test_what_an_event_lacks_beside_a_better_one(terms, lacking, nearer, free):
    better, wanted = candidate("better", 3.0), candidate("wanted", 2.0, *terms)
    found = what_if(wanted, [better, wanted], config(), NOWHERE)
    assert found == WhatIf(lacking=pytest.approx(lacking, abs=0.001), nearer=nearer, free=free)
    assert what_if(wanted, [better], config(), NOWHERE) == found, "it need not be among those that may be planned"


def test_what_would_be_chosen_lacks_nothing():
    wanted = candidate("wanted", 2.0, Term(name="travel", points=-1.2), day=2)
    found = what_if(wanted, [candidate("better", 3.0)], config(), NOWHERE)
    assert found.lacking < 0
    assert (found.nearer, found.free) == (None, False)


RULES = {
    "clash": ("", {"hour": 19}, Rule.CLASH),
    "day": ("per_day: 1", {"hour": 12}, Rule.DAY),
    "week": ("per_week: 1", {"day": 2}, Rule.WEEK),
    "days": ("days: 1", {"day": 2}, Rule.DAYS),
    "nothing": ("", {"day": 2}, None),
}


@pytest.mark.parametrize(("at_most", "when", "rule"), RULES.values(), ids=RULES)
def test_the_rule_that_stands_in_the_way_is_named(at_most, when, rule):
    pick, asked = candidate("pick", 3.0), {"day": 1, "hour": 19} | when
    event = make_event("wanted", start=at(asked["day"], asked["hour"]), end=at(asked["day"], asked["hour"] + 2))
    wanted = candidate_of(rated(event, 1.0), SHANGHAI)
    found = hindrance(wanted, [pick], config(f"week: {{at_most: {{{at_most}}}}}"), NOWHERE)
    assert found == Hindrance(rule=rule, about=(pick,) if rule else ())


def test_a_budget_that_would_be_exceeded_is_named():
    event = make_event("dear", start=at(2, 19), end=at(2, 21), price=Price(min=90, max=90, currency="CNY"))
    found = hindrance(
        candidate_of(rated(event, 1.0), SHANGHAI), [candidate("pick", 3.0)], config("week: {budget: 50}"), NOWHERE
    )
    assert found.rule == Rule.BUDGET
