"""The plan: no clash, caps, budget, free hours; proven against exhaustive search; the order of input is irrelevant."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import combinations
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.config import Config, parse
from planner.i18n.catalog import Catalog
from planner.plan.candidates import candidate_of, select
from planner.plan.client_time import blocks_for_clients, to_invite_to
from planner.plan.codes import Note
from planner.plan.feasible import Feasibility
from planner.plan.history import history_of
from planner.plan.model import Item, Problem, cliques, solve, value_of
from planner.plan.reduce import enlarged, reduced
from planner.plan.solve import GRACE, solve_apart
from planner.plan.week import build, clash, plan_week
from planner.rating.travel import TravelTimes
from planner.types import EventState, Label, Merged, Rated, Score, Term, TrackedEvent, Travel
from planner.weeks import week_of
from spiders.items import Event, Evidence, Place, Price
from spiders.reasons import Code, Reason
from tests.conftest import NOW, SHANGHAI, make_event

WEEK = week_of("2026-W48", NOW, SHANGHAI)
NOWHERE = TravelTimes(None, None)


def config(text: str = "") -> Config:
    return parse(text.encode(), "config.yaml", Catalog("en"))


def rated(event: Event, score: float = 2.0, track: str | None = "industry", minutes: int = 40) -> Rated:
    name = event.uid
    life = EventState(id=name, snapshot={}, sequence=0, first_seen=NOW, changed=NOW)
    return Rated(
        tracked=TrackedEvent(merged=Merged(id=name, event=event, records=()), state=life),
        label=Label(track=track),
        travel=Travel(minutes, False),
        score=Score(total=score, terms=(Term(name="interest", points=score),), track=track),
    )


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return WEEK.start + timedelta(days=day, hours=hour, minutes=minute)


def plan(events: list[Rated], settings_: str = "", published=()):
    loaded = config(settings_)
    candidates, exclusions = select(events, loaded, WEEK, NOW)
    return plan_week(WEEK, candidates, exclusions, loaded, NOWHERE, published=published, solver=solve_reduced)


def solve_reduced(problem: Problem):
    """As the program solves, but in this process: starting one for each of hundreds of weeks would only cost time."""
    smaller, kept = reduced(problem)
    return enlarged(solve(smaller), kept)


def picked(week) -> set[str]:
    return {pick.candidate.id for pick in week.picks}


@st.composite
def weeks(draw):
    """Random weeks: crowded evenings, prices, tracks, repeated scores."""
    count = draw(st.integers(0, 14))
    events = []
    for number in range(count):
        day, hour = draw(st.integers(0, 6)), draw(st.integers(9, 21))
        length = draw(st.sampled_from([45, 60, 90, 120, 180]))
        price = draw(st.sampled_from([None, 0, 30, 80, 200]))
        event = make_event(
            f"event {number}",
            start=at(day, hour, draw(st.sampled_from([0, 30]))),
            end=at(day, hour) + timedelta(minutes=length + 30),
            price=None if price is None else Price(min=price, max=price, currency="CNY"),
            place=Place(name=draw(st.sampled_from(["甲", "乙", "丙"]))),
            organizer=draw(st.sampled_from([None, "甲社", "乙社"])),
        )
        score = draw(st.sampled_from([0.5, 1.0, 1.0, 2.0, 3.5]))
        events.append(rated(event, score, draw(st.sampled_from(["industry", "practice", "client"]))))
    per_day, per_week = draw(st.integers(0, 3)), draw(st.integers(0, 5))
    budget = draw(st.sampled_from(["null", "0", "100", "250"]))
    text = (
        "week: {free: {weekdays: '09:00-23:00', weekend: '09:00-23:00'}, "
        f"at_most: {{per_day: {per_day}, per_week: {per_week}, per_community: {draw(st.integers(1, 3))}, "
        f"days: {draw(st.sampled_from(['null', '2', '4']))}}}, budget: {budget}}}"
    )
    return events, text


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(weeks(), st.randoms(use_true_random=False))
def test_every_plan_keeps_the_rules_and_the_order_of_input_is_irrelevant(drawn, shuffler):
    events, text = drawn
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


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(weeks())
def test_the_plan_is_worth_as_much_as_exhaustive_search_finds(drawn):
    events, text = drawn
    loaded = config(text)
    candidates, _ = select(events, loaded, WEEK, NOW)
    ordered = sorted(candidates, key=lambda candidate: candidate.id)
    problem = build(ordered, loaded, NOWHERE)
    best = best_by_search(problem)
    assert solve(problem).value == pytest.approx(best, abs=1e-6)
    assert solve_reduced(problem).value == pytest.approx(best, abs=1e-6)


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


def test_the_way_between_two_events_counts():
    first = rated(make_event("a", start=at(5, 14), end=at(5, 16), place=Place(name="甲")))
    soon = rated(make_event("b", start=at(5, 16, 30), end=at(5, 18), place=Place(name="乙")))
    week = plan([first, soon])
    assert len(week.picks) == 1
    same_place = replace(soon.event, place=Place(name="甲"))
    assert len(plan([first, rated(same_place)]).picks) == 2


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


def choose(events, settings_="", **wishes):
    loaded = config(settings_)
    candidates, exclusions = select(events, loaded, WEEK, NOW, **wishes)
    return plan_week(WEEK, candidates, exclusions, loaded, NOWHERE, solver=solve_reduced)


def test_hours_of_the_users_own_calendar_are_kept_free():
    events = [
        rated(make_event("a", start=at(1, 19), end=at(1, 21))),
        rated(make_event("b", start=at(2, 19), end=at(2, 21))),
    ]
    week = choose(events, busy=[(at(1, 20), at(1, 20, 30))])
    assert picked(week) == {"b"}
    assert [(each.reason.code, each.reason.about) for each in week.exclusions] == [("busy", "20:00-20:30")]


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


def test_a_refused_event_is_not_planned_however_good_it_is():
    week = choose([rated(make_event("x", start=at(1, 19), end=at(1, 21)), 99.0)], refused=lambda each: True)
    assert [each.reason.code for each in week.exclusions] == ["refused"]


def test_at_most_so_many_of_one_community_and_so_many_days():
    club = [
        rated(make_event(f"club {day}", start=at(day, 19), end=at(day, 21), organizer="样板社")) for day in range(5)
    ]
    assert len(plan(club, "week: {at_most: {per_community: 2}}").picks) == 2
    mixed = [rated(make_event(f"m {day}", start=at(day, 19), end=at(day, 21))) for day in range(5)]
    assert len(plan(mixed, "week: {at_most: {days: 3}}").picks) == 3


def past(weeks: dict[int, list[tuple[str, str | None]]]):
    """A past: how many weeks back -> picks as (track, community)."""
    return history_of(
        {
            WEEK.shifted(-back).name: {"picks": [{"track": track, "community": people} for track, people in picks]}
            for back, picks in weeks.items()
        },
        WEEK,
    )


def test_a_track_that_came_short_is_made_up_for():
    industry = [rated(make_event(f"i{day}", start=at(day, 19), end=at(day, 21)), 2.2) for day in range(5)]
    practice = [rated(make_event(f"p{day}", start=at(day, 19), end=at(day, 21)), 2.0, "practice") for day in range(5)]
    lacking = past({back: [("industry", None)] * 5 for back in (1, 2)})
    loaded = config("week: {at_most: {per_day: 1, per_week: 5}}")
    candidates, _ = select([*industry, *practice], loaded, WEEK, NOW)
    week = plan_week(WEEK, candidates, (), loaded, NOWHERE, past=lacking, solver=solve_reduced)
    assert [pick.candidate.rated.score.track for pick in week.picks].count("practice") == 5


def test_meeting_the_same_people_again_counts_and_fades():
    meetings = {times: past({back: [("practice", "样板社")] for back in range(1, times + 1)}) for times in range(8)}
    worth = [meetings[times].streak("样板社")[0] for times in range(8)]
    assert worth[0] == 0
    assert worth[1] < worth[2] < worth[3]
    assert worth[3] > worth[4] > worth[5] > worth[6] == 0
    assert past({5: [("practice", "样板社")]}).streak("样板社") == (0.0, 0), "four weeks ago is no streak"


def test_a_streak_decides_between_equals_and_is_told():
    friends = rated(make_event("friends", start=at(1, 19), end=at(1, 21), organizer="样板社"))
    strangers = rated(make_event("strangers", start=at(1, 19), end=at(1, 21), organizer="别的社"), 2.3)
    loaded = config()
    candidates, _ = select([friends, strangers], loaded, WEEK, NOW)
    met = past({1: [("practice", "样板社")]})
    week = plan_week(WEEK, candidates, (), loaded, NOWHERE, past=met, solver=solve_reduced)
    assert picked(week) == {"friends"}
    assert week.picks[0].candidate.rated.score.terms[-1] == Term(name="streak", points=0.8, about="2")


def test_a_solver_that_does_not_end_gives_a_fair_plan_called_unproven():
    items = [Item(id=str(n), worth=1.0 + n % 7, track="industry", day=n % 7, cost=0.0) for n in range(200)]
    conflicts = [(a, b) for a in range(200) for b in range(a + 1, 200) if (a * b) % 11 == 3]
    problem = Problem(items=items, conflicts=conflicts, per_day=3, per_week=9, budget=None)
    hasty = solve_apart(problem, seconds=-GRACE)
    assert hasty.status == "unproven"
    assert Feasibility(problem).allows(hasty.chosen)
    proven = solve_apart(problem)
    assert proven.status == "optimal"
    assert hasty.value <= proven.value <= hasty.bound


def fair(days: int = 3, **known):
    """An exhibition from Friday on, told by the day."""
    start = at(4, 0)
    event = make_event("fair", start=start, end=start + timedelta(days=days), all_day=True, **known)
    return replace(rated(event), label=Label(track="industry", form="expo"))


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


def test_a_track_that_the_week_does_not_offer_is_named():
    week = plan([rated(make_event(f"i{day}", start=at(day, 19), end=at(day, 21))) for day in range(5)])
    assert week.notes == (Reason(Note.FEW_OF, about="practice"),)


def test_a_track_that_offers_only_evenings_at_one_hour_is_named_too():
    events = [rated(make_event(f"i{day}", start=at(day, 19), end=at(day, 21))) for day in range(1, 5)]
    events += [rated(make_event(f"p{n}", start=at(0, 19), end=at(0, 21)), track="practice") for n in range(3)]
    assert plan(events).notes == (Reason(Note.FEW_OF, about="practice"),)


def test_key_account_keeps_a_long_and_a_short_block_for_clients():
    loaded = config("seller: key-account")
    long, short = blocks_for_clients(loaded, WEEK, NOW)
    assert (long[0].weekday(), long[1] - long[0]) == (5, timedelta(hours=4))
    assert short[0].weekday() < 5
    assert short[1] - short[0] == timedelta(hours=2)
    assert blocks_for_clients(config(), WEEK, NOW) == []
    assert blocks_for_clients(loaded, WEEK, WEEK.end) == []


def test_events_to_invite_a_client_to_are_fairs_talks_and_walks():
    walk = replace(
        rated(make_event("walk", start=at(6, 9), end=at(6, 12)), track="practice"),
        label=Label(track="practice", topics=("outdoors_together",)),
    )
    game = replace(rated(make_event("game", start=at(6, 19)), 9.0, "practice"), label=Label(track="practice"))
    assert [each.id for each in to_invite_to([game, walk, fair()], WEEK, NOW)] == ["fair", "walk"]


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


def test_a_holiday_counts_as_weekend_and_a_worked_saturday_as_working_day():
    national_day = week_of("2026-W40", datetime(2026, 9, 25, 20, tzinfo=SHANGHAI), SHANGHAI)
    noon = national_day.start + timedelta(days=3, hours=12)  # Thursday, 1 October 2026
    events = [rated(make_event("noon", start=noon, end=noon + timedelta(hours=2)))]
    candidates, _ = select(events, config(), national_day, national_day.start)
    assert [each.id for each in candidates] == ["noon"]
    worked = week_of("2026-W41", datetime(2026, 10, 2, 20, tzinfo=SHANGHAI), SHANGHAI)
    noon = worked.start + timedelta(days=5, hours=12)  # Saturday, 10 October 2026, is worked
    events = [rated(make_event("noon", start=noon, end=noon + timedelta(hours=2)))]
    _, exclusions = select(events, config(), worked, worked.start)
    assert [each.reason.code for each in exclusions] == ["outside_free_hours"]


def test_the_model_alone_prefers_more_worth():
    items = [Item(id=str(number), worth=float(number), track="industry", day=1, cost=0.0) for number in range(4)]
    problem = Problem(items=items, conflicts=[(2, 3)], per_day=2, per_week=2, budget=None)
    assert solve(problem).chosen == (1, 3)
