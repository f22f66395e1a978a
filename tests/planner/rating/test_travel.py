"""How long the way is."""

from __future__ import annotations

import pytest

from planner.rating.travel import SAME_PLACE_MINUTES, UNKNOWN_MINUTES, TravelTimes
from planner.types import Travel
from spiders.items import Place
from tests.support.events import make_event

HOME = "31.20, 121.40"


def at(**known: object):
    return make_event("x", place=Place(**known))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("home", "place", "expected"),
    [
        (HOME, {"latitude": 31.2, "longitude": 121.4}, Travel(10, True)),
        (HOME, {"latitude": 31.2, "longitude": 121.5}, Travel(39, True)),
        ("31.20，121.40", {"latitude": 31.2, "longitude": 121.4}, Travel(10, True)),
        (None, {"latitude": 31.2, "longitude": 121.4}, Travel(UNKNOWN_MINUTES, False)),
        (HOME, {"name": "Sample Hall"}, Travel(UNKNOWN_MINUTES, False)),
        (HOME, {"city": "上海"}, Travel(UNKNOWN_MINUTES, False)),  # a city alone is no place
        ("Baker Street", {"latitude": 31.2, "longitude": 121.4}, Travel(UNKNOWN_MINUTES, False)),
    ],
)
def test_from_home(home, place, expected):
    assert TravelTimes.of(home, "上海").from_home(at(**place)) == expected


def test_a_district_is_a_place():
    there = TravelTimes.of("徐汇区", "上海").from_home(at(district="浦东新区", city="上海"))
    assert there.known
    assert 15 < there.minutes < 90
    assert TravelTimes.of("徐汇区", "上海").from_home(at(district="徐汇区")) == Travel(10, True)


def test_no_place_is_unknown_and_nothing_is_far_that_is_online():
    times = TravelTimes.of(HOME, "上海")
    assert times.from_home(make_event("x")) == Travel(UNKNOWN_MINUTES, False)
    assert times.from_home(make_event("x", mode="online")) == Travel(0, True)


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        (at(name="甲"), at(name="甲"), SAME_PLACE_MINUTES),
        (at(name="甲"), at(name="甲", address="示例路 1 号"), UNKNOWN_MINUTES),
        (at(), at(), UNKNOWN_MINUTES),  # two that say nothing are not one place
        (at(name="甲"), make_event("x", mode="online"), 0),
        (make_event("x"), at(name="甲"), UNKNOWN_MINUTES),
        (at(latitude=31.2, longitude=121.4), at(latitude=31.2, longitude=121.5), 39),
    ],
)
def test_between_two_events(one, other, minutes):
    assert TravelTimes.of(None, None).between(one, other) == TravelTimes.of(None, None).between(other, one) == minutes
