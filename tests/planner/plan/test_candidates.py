"""What may be planned at all, when, and why the rest may not."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.plan.candidates import candidate_of, select
from spiders.items import Evidence
from spiders.reasons import Code, Reason
from tests.support.events import make_event
from tests.support.planning import WEEK, at, choose, config, fair, picked, plan, rated


def test_hours_outside_the_free_ones_are_never_planned():
    evening = rated(make_event("evening", start=at(1, 19), end=at(1, 21)))
    afternoon = rated(make_event("afternoon", start=at(1, 15), end=at(1, 17)))
    late = rated(make_event("late", start=at(2, 21), end=at(2, 23)))
    week = plan([evening, afternoon, late])
    assert picked(week) == {"evening"}
    assert {each.rated.id: each.reason.code for each in week.exclusions} == {
        "afternoon": "outside_free_hours",
        "late": "outside_free_hours",
    }


def test_hours_already_past_are_never_planned():
    loaded = config()
    events = [rated(make_event("past", start=at(0, 19), end=at(0, 21)))]
    candidates, exclusions = select(events, loaded, WEEK, at(0, 19, 30))
    assert not candidates
    assert exclusions[0].reason.code == "past"


@pytest.mark.parametrize(
    ("known", "track", "reason"),
    [
        ({"status": "cancelled"}, "industry", "cancelled"),
        ({"status": "postponed"}, "industry", "postponed"),
        ({"evidence": Evidence(sure="doubtful", doubts=(Reason(Code.WEEKDAY_CONTRADICTS),))}, "industry", "doubtful"),
        ({"all_day": True}, "industry", "all_day"),
        ({}, None, "unsorted"),
        ({}, "other", "other"),
    ],
)
def test_what_may_not_be_planned_says_why(known, track, reason):
    week = plan([rated(make_event("x", start=at(1, 19), end=at(1, 21), **known), track=track)])
    assert not week.picks
    assert [each.reason.code for each in week.exclusions] == [reason]


def test_an_unknown_end_counts_two_hours():
    event = make_event("open end", start=at(1, 19), end=None)
    (pick,) = plan([rated(event)]).picks
    assert pick.candidate.end - pick.candidate.start == timedelta(hours=2)
    assert pick.candidate.end_assumed


def test_an_unknown_end_is_two_hours_later_also_when_the_clocks_change():
    berlin = ZoneInfo("Europe/Berlin")
    for start in (datetime(2026, 10, 25, 1, 30, tzinfo=berlin), datetime(2026, 3, 29, 1, 30, tzinfo=berlin)):
        candidate = candidate_of(rated(make_event("e", start=start)), berlin)
        assert candidate.end_assumed
        assert candidate.end.timestamp() - candidate.start.timestamp() == 2 * 3600


def test_too_far_is_left_out():
    far = rated(make_event("far", start=at(1, 19), end=at(1, 21)), minutes=70)
    assert not plan([far], "week: {travel_at_most: 60}").picks
    assert plan([far], "week: {travel_at_most: 80}").picks


def test_hours_of_the_users_own_calendar_are_kept_free():
    events = [
        rated(make_event("a", start=at(1, 19), end=at(1, 21))),
        rated(make_event("b", start=at(2, 19), end=at(2, 21))),
    ]
    week = choose(events, busy=[(at(1, 20), at(1, 20, 30))])
    assert picked(week) == {"b"}
    assert [(each.reason.code, each.reason.about) for each in week.exclusions] == [("busy", "20:00-20:30")]


def test_a_refused_event_is_not_planned_however_good_it_is():
    week = choose([rated(make_event("x", start=at(1, 19), end=at(1, 21)), 99.0)], refused=lambda each: True)
    assert [each.reason.code for each in week.exclusions] == ["refused"]


def test_what_is_open_for_days_is_visited_once_in_free_hours():
    week = plan([fair()], "week: {free: {weekend: '09:00-22:00'}}")
    (pick,) = week.picks
    assert pick.candidate.flexible
    assert (pick.candidate.start, pick.candidate.end) in {(at(5, 10), at(5, 12)), (at(6, 10), at(6, 12))}
    assert not week.left_out


def test_a_visit_goes_where_the_rest_of_the_week_leaves_room():
    saturday = rated(make_event("saturday", start=at(5, 9, 30), end=at(5, 13)), 5.0)
    week = plan([fair(), saturday])
    assert [(pick.candidate.id, pick.candidate.day.weekday()) for pick in week.picks] == [("saturday", 5), ("fair", 6)]


def test_a_fair_outside_free_hours_says_so():
    week = plan([fair(days=1)])
    assert [each.reason.code for each in week.exclusions] == ["all_day"]
