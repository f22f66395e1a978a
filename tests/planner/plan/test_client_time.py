"""Hours kept for clients, and events to invite them to."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from planner.plan.busy import Busy
from planner.plan.candidates import candidate_of
from planner.plan.client_time import blocks_for_clients, to_invite_to
from planner.plan.proposal import Wanted, propose
from planner.plan.saved import blocks_from, to_saved
from planner.types import Label
from tests.support.events import NOW, make_event
from tests.support.planning import NOWHERE, WEEK, at, config, fair, picked, rated, solve_reduced

CLIENTS = "seller: key-account\nweek: {least: modest}"
WALK = Label(track="practice", topics=("outdoors_together",))


def evening(name: str, day: int, score: float = 2.0, track: str = "industry", hour: int = 19):
    return rated(make_event(name, start=at(day, hour), end=at(day, hour + 2)), score, track)


def proposed(events, settings_: str = CLIENTS, **known):
    wanted = Wanted(week=WEEK, rated=events, config=config(settings_), now=NOW, **known)
    return propose(wanted, NOWHERE, solver=solve_reduced)


def test_key_account_keeps_a_long_and_a_short_block_for_clients():
    loaded = config("seller: key-account")
    long, short = blocks_for_clients(loaded, WEEK, NOW)
    assert (long[0].weekday(), long[1] - long[0]) == (5, timedelta(hours=4))
    assert short[0].weekday() < 5
    assert short[1] - short[0] == timedelta(hours=2)
    assert blocks_for_clients(config(), WEEK, NOW) == []
    assert blocks_for_clients(loaded, WEEK, WEEK.end) == []
    assert proposed([], "seller: expansion").for_clients == ()


def test_blocks_stand_where_the_week_loses_nothing():
    week = [evening("mon", 0), evening("tue", 1, 3.0, "practice"), evening("wed", 2), evening("thu", 3)]
    plan = proposed(week)
    assert picked(plan) == {"mon", "tue", "wed", "thu"}
    assert plan.for_clients[1][0].date() == at(4, 0).date()
    assert plan.to_invite_to == ()


def test_the_best_practice_of_a_week_stays_whatever_else_is_lost():
    week = [evening(f"trade {day}", day, 5.0, hour=20) for day in (0, 1, 3, 4)]
    best = evening("club", 2, 1.0, "practice", hour=20)
    plan = proposed([*week, best], "seller: key-account\nweek: {least: modest, free: {weekdays: '20:00-22:00'}}")
    assert "club" in picked(plan)
    assert len(picked(plan)) == 4  # one evening of the trade was given to clients
    assert all(not (start < at(2, 22) and at(2, 20) < end) for start, end in plan.for_clients)


def test_where_the_only_free_evening_is_the_best_practice_no_block_is_kept():
    free = "free: {weekdays: [], tue: '19:00-21:00', weekend: []}"
    plan = proposed([evening("club", 1, track="practice")], f"seller: key-account\nweek: {{least: modest, {free}}}")
    assert picked(plan) == {"club"}
    assert plan.for_clients == ()


def test_a_block_takes_the_evening_that_costs_least_and_keeps_clear_of_the_own_calendar():
    week = [evening("mon", 0, 4.0, hour=20), evening("tue", 1, 1.5, hour=20), evening("wed", 2, 9.0, "practice", 20)]
    free = "week: {least: modest, free: {weekdays: '20:00-22:00', thu: [], fri: [], weekend: []}}"
    assert proposed(week, f"seller: key-account\n{free}").for_clients == ((at(1, 20), at(1, 22)),)
    busy = [(at(1, 20), at(1, 21))]
    found = proposed(week, f"seller: key-account\n{free}", busy=Busy(tuple(busy)))
    assert found.for_clients == ((at(0, 20), at(0, 22)),)


@pytest.mark.parametrize("seed", range(5))
def test_the_same_facts_give_the_same_blocks_and_the_same_week(seed):
    week = [
        evening(f"{day} {hour} {track}", day, 1.0 + day % 3, track, hour)
        for day in range(7)
        for hour in (18, 19)
        for track in ("industry", "practice")
    ]
    first = proposed(week)
    random.Random(seed).shuffle(week)
    again = proposed(week)
    assert (again.for_clients, picked(again)) == (first.for_clients, picked(first))
    # What was published keeps its place when it is planned again, and the hours for clients theirs.
    later = proposed(week, published=picked(first))
    assert (later.for_clients, picked(later)) == (first.for_clients, picked(first))
    assert blocks_from(to_saved(first, None, week), WEEK.zone) == list(first.for_clients)


def test_blocks_from_before_they_were_kept_are_unknown():
    assert blocks_from({"picks": []}, WEEK.zone) is None


def test_blocks_beside_given_picks_take_none_of_them():
    picks = [candidate_of(evening(str(day), day), WEEK.zone) for day in (0, 1, 2, 3)]
    blocks = blocks_for_clients(config(CLIENTS), WEEK, NOW, picks=picks, others=picks)
    assert not any(start < pick.end and pick.start < end for start, end in blocks for pick in picks)


def test_events_to_invite_a_client_to_are_fairs_talks_and_walks():
    walk = replace(rated(make_event("walk", start=at(6, 9), end=at(6, 12)), track="practice"), label=WALK)
    game = replace(rated(make_event("game", start=at(6, 19)), 9.0, "practice"), label=Label(track="practice"))
    assert [each.id for each in to_invite_to([game, walk, fair()], WEEK, NOW)] == ["fair", "walk"]


@pytest.mark.parametrize(
    ("title", "known", "fits"),
    [
        ("Sample hike", {}, True),
        ("Sample hike", {"mode": "online"}, False),
        ("Hike for teens", {}, False),
        ("Hike for ages 8-12", {}, False),
        ("Hike of the student union", {}, False),
        ("Grief support group: walk", {}, False),
        ("Walk with the Sample Democrats", {}, False),
        ("Members only: evening walk", {}, False),
        ("亲子徒步", {}, False),
        ("周末徒步", {}, True),
    ],
)
def test_what_one_takes_a_client_to_is_fit_for_a_client(title, known, fits):
    walk = replace(rated(make_event(title, start=at(6, 9), end=at(6, 12), **known), track="practice"), label=WALK)
    assert bool(to_invite_to([walk], WEEK, NOW)) is fits


def test_a_tasting_may_be_worth_little_to_oneself_but_not_less_than_staying_at_home():
    tasting = rated(make_event("Sample wine tasting", start=at(5, 18)), 0.6, "client")
    assert to_invite_to([tasting], WEEK, NOW)
    poor = rated(make_event("Sample wine tasting", start=at(5, 18)), 0.1, "client")
    assert not to_invite_to([poor], WEEK, NOW)
    unfit = replace(tasting, label=Label(track="client", form="salon", unfit=("children", "kids")))
    assert not to_invite_to([unfit], WEEK, NOW)
