"""A planned week: no clash, caps, budget, balance, pins, and what it says of itself."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.plan.codes import Note
from spiders.items import Place
from spiders.reasons import Reason
from tests.support.events import make_event
from tests.support.planning import at, choose, picked, plan, rated


def test_the_way_between_two_events_counts():
    first = rated(make_event("a", start=at(5, 14), end=at(5, 16), place=Place(name="甲")))
    soon = rated(make_event("b", start=at(5, 16, 30), end=at(5, 18), place=Place(name="乙")))
    week = plan([first, soon])
    assert len(week.picks) == 1
    same_place = replace(soon.event, place=Place(name="甲"))
    assert len(plan([first, rated(same_place)]).picks) == 2


def test_a_lacking_track_is_balanced():
    industry = [rated(make_event(f"i{day}", start=at(day, 19), end=at(day, 21)), 2.2) for day in range(5)]
    practice = [rated(make_event(f"p{day}", start=at(day, 19), end=at(day, 21)), 2.0, "practice") for day in range(5)]
    week = plan([*industry, *practice], "week: {at_most: {per_day: 1, per_week: 5}}")
    tracks = [pick.candidate.rated.score.track for pick in week.picks]
    assert (tracks.count("industry"), tracks.count("practice")) == (3, 2)


def test_a_published_pick_stays_unless_something_is_clearly_better():
    old = rated(make_event("old", start=at(1, 19), end=at(1, 21)), 2.0)
    slightly = rated(make_event("slightly better", start=at(1, 19), end=at(1, 21)), 2.3)
    clearly = rated(make_event("clearly better", start=at(1, 19), end=at(1, 21)), 4.0)
    assert picked(plan([old, slightly])) == {"slightly better"}
    assert picked(plan([old, slightly], published={"old"})) == {"old"}
    assert picked(plan([old, clearly], published={"old"})) == {"clearly better"}


def test_a_kept_plan_is_worth_what_it_was_worth():
    events = [rated(make_event(f"e{day}", start=at(day, 19), end=at(day, 21))) for day in range(5)]
    first = plan(events)
    again = plan(events, published=picked(first))
    assert (again.value, again.bound, picked(again)) == (first.value, first.bound, picked(first))
    assert [pick.margin for pick in again.picks] == [pick.margin for pick in first.picks]


def test_each_pick_names_the_best_of_its_day_that_it_beat():
    win = rated(make_event("win", start=at(1, 19), end=at(1, 21)), 3.0)
    lose = rated(make_event("lose", start=at(1, 19, 30), end=at(1, 21)), 2.5)
    (pick,) = plan([win, lose]).picks
    assert pick.runner_up is not None
    assert (pick.candidate.id, pick.runner_up.id, pick.margin) == ("win", "lose", pytest.approx(0.5))


def test_a_pinned_event_stands_outside_hours_and_interests_but_not_when_it_is_called_off():
    odd = rated(make_event("odd", start=at(1, 14), end=at(1, 16)), -3.0, "other")
    off = rated(make_event("off", start=at(2, 19), status="cancelled"))
    week = choose([odd, off], pinned=lambda each: True)
    assert picked(week) == {"odd"}
    assert [each.reason.code for each in week.exclusions] == ["cancelled"]
    assert abs(week.value) < 10, "the price of a pin is no part of the week's worth"


def test_pins_that_cannot_stand_together_are_named():
    events = [
        rated(make_event(name, start=at(1, 19), end=at(1, 21)), score) for name, score in (("one", 1), ("two", 2))
    ]
    week = choose(events, pinned=lambda each: True)
    assert picked(week) == {"two"}
    assert Reason(Note.PIN_DROPPED, about="one") in week.notes


def test_at_most_so_many_of_one_community_and_so_many_days():
    club = [
        rated(make_event(f"club {day}", start=at(day, 19), end=at(day, 21), organizer="样板社")) for day in range(5)
    ]
    assert len(plan(club, "week: {at_most: {per_community: 2}}").picks) == 2
    mixed = [rated(make_event(f"m {day}", start=at(day, 19), end=at(day, 21))) for day in range(5)]
    assert len(plan(mixed, "week: {at_most: {days: 3}}").picks) == 3


def test_a_track_that_the_week_does_not_offer_is_named():
    week = plan([rated(make_event(f"i{day}", start=at(day, 19), end=at(day, 21))) for day in range(5)])
    assert week.notes == (Reason(Note.FEW_OF, about="practice"),)


def test_a_track_that_offers_only_evenings_at_one_hour_is_named_too():
    events = [rated(make_event(f"i{day}", start=at(day, 19), end=at(day, 21))) for day in range(1, 5)]
    events += [rated(make_event(f"p{n}", start=at(0, 19), end=at(0, 21)), track="practice") for n in range(3)]
    assert plan(events).notes == (Reason(Note.FEW_OF, about="practice"),)
