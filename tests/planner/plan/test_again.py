"""Meeting people again as a term of the plan: whom one really met goes before a plan that stood there."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.people.acquaintance import acquaintances_of
from planner.people.person import Meeting, People, Person
from planner.plan.again import with_meetings
from planner.plan.candidates import candidate_of, select
from planner.plan.circles import Cadence
from planner.plan.history import NO_PAST, history_of
from planner.plan.saved import picks_from, refreshed, restored, to_saved
from planner.plan.week import plan_week
from planner.plan.whatif import what_if
from planner.types import Term
from tests.support.acquaintances import NAMES
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.planning import NOWHERE, WEEK, at, config, picked, rated, solve_reduced

TUESDAY = at(1, 19).date()
CLUB = "Sample Speakers"


def met(*ago: int, name: str = "Ana Bell", circle: str = CLUB) -> Person:
    """Somebody met so many days before the Tuesday of the week."""
    return Person(name=name, met=tuple(Meeting(on=TUESDAY - timedelta(days=each), circle=circle) for each in ago))


def past_of(*people: Person, planned: int = 0, rhythms: dict[str, Cadence] | None = None):
    """A past with these people, and with the club in the plans of so many weeks."""
    plans = {WEEK.shifted(-back).name: {"picks": [{"community": "sample speakers"}]} for back in range(1, planned + 1)}
    history = history_of(plans, WEEK, acquaintances_of(People(people=people)))
    return replace(history, rhythms=rhythms or {})


def evening(name: str = "Open evening", points: float = 2.0, organizer: str | None = CLUB, day: int = 1):
    return rated(make_event(name, start=at(day, 19), end=at(day, 21), organizer=organizer), points)


def term_of(past, each=None) -> Term | None:
    known = with_meetings(candidate_of(each or evening(), SHANGHAI), past).rated.score
    assert known.total == pytest.approx(sum(term.points for term in known.terms), abs=0.001)
    return known.terms[1] if len(known.terms) > 1 else None


def planned(past, *events):
    candidates, exclusions = select(events, config(), WEEK, NOW)
    return plan_week(WEEK, candidates, exclusions, config(), NOWHERE, past=past, solver=solve_reduced)


def test_whom_one_met_goes_before_a_plan_that_stood_there():
    assert term_of(past_of(planned=1)) == Term(name="streak", points=0.8, about="2")
    assert term_of(past_of(met(7), planned=1)) == Term(name="acquaintances", points=1.333, about="1")
    assert term_of(past_of(met(7), met(7, name="Bo"), planned=1)) == Term(name="acquaintances", points=2.267, about="2")
    assert term_of(past_of(met(30), planned=1)) == Term(name="streak", points=0.8, about="2"), "too long ago"
    assert term_of(past_of(met(7), planned=1), evening(organizer="Others")) is None


def test_a_circle_whose_three_weeks_end_goes_before_one_just_visited():
    just, ending = evening("just", organizer=CLUB), evening("ending", organizer="Others")
    past = past_of(met(4), met(20, name="Bo", circle="Others"))
    assert picked(planned(past, just, ending)) == {"ending"}
    past = past_of(met(20), met(4, name="Bo", circle="Others"))
    assert picked(planned(past, just, ending)) == {"just"}


WEEKLY = Cadence(weekdays=(1,), anchor=TUESDAY, meetings=6, fit=1.0)
RHYTHMS = {"sample speakers": WEEKLY}


def test_a_new_circle_that_meets_again_counts_for_whoever_enters_people():
    elsewhere = met(7, circle="Others")
    assert term_of(past_of(elsewhere, rhythms=RHYTHMS)) == Term(name="returning", points=1.0, about="3")
    second = {"sample speakers": replace(WEEKLY, interval=2)}
    assert term_of(past_of(elsewhere, rhythms=second)) == Term(name="returning", points=0.333, about="1")
    monthly = {"sample speakers": replace(WEEKLY, interval=4)}
    assert term_of(past_of(elsewhere, rhythms=monthly)) is None
    assert term_of(past_of(rhythms=RHYTHMS)) is None, "nobody is entered"
    assert term_of(past_of(met(40, circle="Others"), rhythms=RHYTHMS)) is None, "nobody was for long"
    known = term_of(past_of(elsewhere, met(7, 8, 9, 10, name="Bo"), rhythms=RHYTHMS))
    assert known is None, "one knows them, and nobody is due"


@given(st.lists(st.tuples(st.integers(1, 21), st.booleans()), max_size=5), st.integers(1, 21), st.integers(0, 6))
def test_one_more_person_met_lately_never_makes_an_evening_worth_less(people, ago, weeks):
    crowd = [met(each, circle=CLUB if here else "Others", name=str(at)) for at, (each, here) in enumerate(people)]
    fewer, more = (past_of(*of, planned=weeks, rhythms=RHYTHMS) for of in (crowd, [*crowd, met(ago, name="Bo")]))
    before, after = (term_of(past) for past in (fewer, more))
    assert (after.points if after else 0) >= (before.points if before else 0)


def test_what_is_counted_once_is_not_counted_again():
    past = past_of(met(7), planned=2)
    once = with_meetings(candidate_of(evening(), SHANGHAI), past)
    assert with_meetings(once, past) is once


def test_why_compares_weeks_that_count_people_once(monkeypatch):
    monkeypatch.setattr("planner.plan.whatif.solve_apart", solve_reduced)
    past = past_of(met(7))
    week = planned(past, evening("friends"), evening("strangers", 2.333, None))
    assert picked(week) == {"friends"}
    (lost,) = week.left_out
    candidates = [*(pick.candidate for pick in week.picks), lost]
    assert what_if(lost, candidates, config(), NOWHERE, past=past).lacking == pytest.approx(1.0)


def test_why_compares_weeks_that_count_plans_once(monkeypatch):
    """The streak of a pick used to be added a second time."""
    monkeypatch.setattr("planner.plan.whatif.solve_apart", solve_reduced)
    past = past_of(planned=1)
    week = planned(past, evening("friends"), evening("strangers", 2.5, None))
    (lost,) = week.left_out
    candidates = [*(pick.candidate for pick in week.picks), lost]
    assert what_if(lost, candidates, config(), NOWHERE, past=past).lacking == pytest.approx(0.3)


@given(st.lists(NAMES.filter(lambda name: len(name) > 3), min_size=1, max_size=4), st.integers(1, 21))
def test_a_kept_plan_names_nobody(names, ago):
    secret = [replace(met(ago, name=f"quillfeather {name}"), notes=("marzipan",), cares=(name,)) for name in names]
    each = evening()
    kept = to_saved(planned(past_of(*secret), each), None, [each])
    assert [term[2] for term in kept["picks"][0]["terms"] if term[0] == "acquaintances"] == [str(len(names))]
    body = json.dumps(kept, ensure_ascii=False)
    assert "quillfeather" not in body
    assert "marzipan" not in body


def test_a_kept_plan_says_the_same_after_a_refresh():
    each, past = evening(), past_of(met(7), met(7, name="Bo"))
    plan = planned(past, each)
    body = json.loads(json.dumps(to_saved(plan, None, [each])))
    for later in (body, refreshed(body, [each])):
        (pick,) = restored(later, WEEK, [each], [], ()).picks
        assert pick.candidate.rated.score == plan.picks[0].candidate.rated.score


@pytest.mark.parametrize("terms", [[["interest", 2.0, "x"], ["streak", 0.8, "2"]], None, []])
def test_plans_of_older_versions_are_read(terms):
    each = evening()
    body = to_saved(planned(NO_PAST, each), None, [each])
    for pick in body["picks"]:
        del pick["terms"]
        if terms is not None:
            pick["terms"] = terms
    (pick,) = picks_from(body, [each], SHANGHAI)
    told = [term.name for term in pick.candidate.rated.score.terms]
    assert told == (["interest", "streak"] if terms else ["interest"])


def test_the_day_of_the_event_decides_not_that_of_the_run():
    past = past_of(met(21))
    assert term_of(past, evening(day=1)) is not None
    assert term_of(past, evening(day=2)) is None
    assert term_of(past_of(met(0)), evening(day=1)) is None, "met on that very day"
