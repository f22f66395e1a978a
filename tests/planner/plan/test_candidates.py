"""What may be planned at all, when, and why the rest may not."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from planner.i18n.catalog import Catalog
from planner.plan.busy import Busy
from planner.plan.candidates import candidate_of, select
from planner.plan.codes import Why
from planner.types import Travel
from spiders.items import Evidence
from spiders.reasons import Code, Reason
from tests.support.events import NOW, make_event
from tests.support.planning import WEEK, at, choose, config, fair, picked, plan, rated


def test_hours_outside_the_free_ones_are_never_planned():
    evening = rated(make_event("evening", start=at(1, 19), end=at(1, 21)))
    afternoon = rated(make_event("afternoon", start=at(1, 15), end=at(1, 17)))
    late = rated(make_event("late", start=at(2, 21), end=at(2, 23, 30)))
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
    week = choose(events, busy=Busy(((at(1, 20), at(1, 20, 30)),)))
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


SOFT = (
    "week: {soft: 30, least: modest, free: {weekdays: ['11:30-13:00', '18:30-22:00'], wed: [], weekend: '09:00-18:00'}}"
)


def chosen_from(events, settings_="", **wishes):
    return select(events, config(settings_), WEEK, NOW, **wishes)


@pytest.mark.parametrize(
    ("day", "start", "end", "points"),
    [
        (1, (18, 30), (22, 0), None),  # inside: no price
        (1, (18, 0), (20, 0), -0.2),
        (1, (19, 0), (23, 0), -0.4),
        (1, (18, 0), (23, 0), -0.6),
        (1, (17, 55), (20, 0), "outside_free_hours"),
        (1, (20, 0), (23, 5), "outside_free_hours"),
        (1, (22, 0), (23, 0), "outside_free_hours"),  # begins where the free hours end
        (1, (17, 0), (18, 30), "outside_free_hours"),
        (1, (11, 15), (12, 30), "outside_free_hours"),  # a lunch is not soft
        (1, (12, 0), (13, 30), "outside_free_hours"),
        (5, (16, 0), (19, 0), "outside_free_hours"),  # nor is an afternoon
        (2, (19, 0), (21, 0), "no_free_hours"),  # what is free of plans stays so
    ],
)
def test_an_evening_may_begin_a_little_early_and_end_later_at_a_price(day, start, end, points):
    event = rated(make_event("x", start=at(day, *start), end=at(day, *end)))
    candidates, exclusions = chosen_from([event], SOFT)
    if isinstance(points, str):
        assert [each.reason.code for each in exclusions] == [points]
        return
    (candidate,) = candidates
    told = {term.name: term.points for term in candidate.rated.score.terms}
    assert told.get("soft") == points
    assert candidate.rated.score.total == pytest.approx(2.0 + (points or 0))


def test_without_soft_minutes_free_hours_stay_whole():
    event = rated(make_event("x", start=at(1, 18, 25), end=at(1, 20)))
    assert chosen_from([event])[0]
    candidates, exclusions = chosen_from([event], "week: {soft: 0}")
    assert not candidates
    assert [each.reason.code for each in exclusions] == ["outside_free_hours"]


def test_the_price_of_soft_hours_may_make_an_evening_too_poor():
    event = rated(make_event("x", start=at(1, 19), end=at(1, 23)), score=1.2)
    _, exclusions = chosen_from([event])
    assert [each.reason.code for each in exclusions] == ["poor"]


def test_hours_of_the_users_own_calendar_are_never_soft():
    event = rated(make_event("x", start=at(1, 18, 0), end=at(1, 20)))
    _, exclusions = chosen_from([event], busy=Busy(((at(1, 17), at(1, 18, 15)),)))
    assert [each.reason.code for each in exclusions] == ["busy"]


def test_a_limit_of_the_way_refuses_what_is_known_to_be_far_and_nothing_else():
    far = replace(rated(make_event("far")), travel=Travel(70, True))
    candidates, exclusions = chosen_from([far, rated(make_event("unknown"))], "week: {travel_at_most: 30}")
    assert [each.id for each in candidates] == ["unknown"]
    assert [(each.rated.id, each.reason.code) for each in exclusions] == [("far", "too_far")]


def test_doubtful_hours_are_told_and_never_picked_not_even_when_pinned():
    doubt = Evidence(sure="doubtful", doubts=(Reason(Code.WEEKDAY_CONTRADICTS),))
    event = rated(make_event("x", start=at(1, 19), end=at(1, 21), evidence=doubt), score=9.0)
    candidates, exclusions = chosen_from([event], pinned=lambda _: True)
    assert not candidates
    assert [each.reason.code for each in exclusions] == ["doubtful"]


@pytest.mark.parametrize(
    ("least", "kept"),
    [("modest", {"modest", "good", "best"}), ("good", {"good", "best"}), ("only the best", {"best"})],
)
def test_an_evening_at_home_beats_a_poor_one(least, kept):
    scores = {"poor": 0.3, "modest": 0.7, "good": 1.4, "best": 2.2}
    events = [rated(make_event(name, uid=name), score=score) for name, score in scores.items()]
    candidates, exclusions = chosen_from(events, f"week: {{least: {least}}}")
    assert {each.id for each in candidates} == kept
    assert {each.reason.code for each in exclusions} <= {"poor"}


def test_what_people_know_stays_though_it_is_worth_a_little_less_now():
    event = rated(make_event("x"), score=0.6)
    assert chosen_from([event], published={event.id})[0]
    assert not chosen_from([event])[0]
    assert not chosen_from([rated(make_event("x"), score=0.3)], published={event.id})[0]


def test_what_is_pinned_is_worth_it():
    assert chosen_from([rated(make_event("x"), score=-1.0)], pinned=lambda _: True)[0]


@pytest.mark.parametrize("kind", ["children", "students", "partisan", "members", "worship", "officials", "in_need"])
def test_what_is_for_others_says_for_whom_in_both_languages(kind):
    event = rated(make_event("x"), track="other")
    event = replace(event, label=replace(event.label, unfit=(kind, "the word")))
    _, (exclusion,) = chosen_from([event])
    assert exclusion.reason == Reason(Why(kind), about="the word")
    for language in ("zh", "en"):
        assert "the word" in Catalog(language)(f"why.{kind}", about="the word")


def test_who_wants_that_very_word_may_have_it_all_the_same():
    event = rated(make_event("x"), track="practice")
    assert chosen_from([replace(event, label=replace(event.label, unfit=("worship", "choir")))])[0]
