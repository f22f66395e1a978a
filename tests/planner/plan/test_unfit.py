"""Picks that moves and new places made unfit."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.plan.candidates import Exclusion, candidate_of
from planner.plan.codes import Why
from planner.plan.unfit import unfit_picks
from planner.plan.week import Pick
from planner.rating.travel import TravelTimes
from spiders.items import Place
from spiders.reasons import Reason
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.planning import NOWHERE, WEEK, at, rated


def pick(name: str, day: int, hour: int, length: int = 2, **known: object) -> Pick:
    event = make_event(name, start=at(day, hour), end=at(day, hour + length), **known)
    return Pick(candidate=candidate_of(rated(event), SHANGHAI), runner_up=None, margin=None)


def told(picks, exclusions=(), places: TravelTimes = NOWHERE, now=NOW) -> dict[str, tuple[str, str]]:
    found = unfit_picks(picks, WEEK, exclusions, places, now)
    return {each.pick.candidate.id: (each.reason.code, each.reason.about) for each in found}


@pytest.mark.parametrize(
    ("picks", "expected"),
    [
        ([pick("a", 1, 19)], {}),
        ([pick("a", 1, 19), pick("b", 2, 19)], {}),
        ([pick("a", 1, 19), pick("b", 1, 20)], {"b": ("clash", "a")}),
        ([pick("a", 8, 19)], {"a": ("other_week", "")}),
        ([pick("a", -1, 19)], {"a": ("other_week", "")}),
        ([pick("a", 8, 19, status="cancelled")], {}),
        ([pick("a", 1, 19), pick("b", 1, 20, status="postponed")], {}),
        ([pick("a", 8, 19), pick("b", 8, 19)], {"a": ("other_week", ""), "b": ("other_week", "")}),
    ],
)
def test_what_does_not_fit_any_more(picks, expected):
    assert told(picks) == expected


def test_the_way_between_two_counts():
    one = pick("a", 5, 14, place=Place(name="甲", latitude=31.2, longitude=121.4))
    far = pick("b", 5, 17, place=Place(latitude=31.2, longitude=121.9))
    assert told([one, far]) == {"b": ("clash", "a")}
    assert told([one, pick("b", 5, 17, place=one.candidate.rated.event.place)]) == {}


@pytest.mark.parametrize(("why", "is_told"), [(Why.TOO_FAR, True), (Why.DOUBTFUL, True), (Why.OTHER, False)])
def test_what_could_not_be_planned_now_is_told_where_it_is_of_time_or_way(why, is_told):
    one = pick("a", 1, 19)
    exclusion = Exclusion(rated=one.candidate.rated, reason=Reason(why))
    assert told([one], [exclusion]) == ({"a": (why, "")} if is_told else {})
    visit = replace(one, candidate=replace(one.candidate, flexible=True))
    assert told([visit], [exclusion]) == {}, "a visit may be paid at another hour"


def test_what_is_over_is_not_mourned():
    assert told([pick("a", 1, 19), pick("b", 1, 20)], now=at(1, 19, 30)) == {}
