"""What going there takes and how sure it is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.rating.evidence import Evidence
from planner.rating.logistics import anyhow, circumstances, minutes_saved_by, points_of_way
from planner.types import Label, Travel
from spiders.items import Evidence as EvidenceOfTime
from spiders.items import Place, Price
from tests.support.events import SHANGHAI, make_event

EVENING = datetime(2026, 11, 24, 19, 30, tzinfo=SHANGHAI)
SOMEWHERE = {"place": Place(name="Sample Hall"), "start": EVENING}
NEAR = Travel(0, True)
PRACTICE = Label(track="practice")


def points(event, *, travel: Travel = NEAR, budget: float | None = None, label: Label = PRACTICE, size: int = 0):
    said = Evidence(signs={}, label=label, size=size)
    told = (*circumstances(event, travel, budget), *anyhow(event, said, SHANGHAI))
    return {term.name: term.points for term in told}


@pytest.mark.parametrize(
    ("travel", "name", "expected"),
    [
        (Travel(0, True), "travel", 0.0),
        (Travel(20, True), "travel", -0.05),
        (Travel(40, True), "travel", -0.1),
        (Travel(40, False), "travel_unknown", -0.1),
        (Travel(60, True), "travel", -1.1),
        (Travel(120, True), "travel", -4.1),
        (Travel(300, True), "travel", -5.0),
    ],
)
def test_the_way(travel, name, expected):
    assert points(make_event("x", **SOMEWHERE), travel=travel) == {name: expected}


def test_no_way_is_gone_to_what_is_online():
    assert points(make_event("x", start=EVENING, mode="online"), travel=Travel(300, True)) == {"online": -0.5}


@pytest.mark.parametrize(
    ("price", "budget", "expected"),
    [
        (None, None, {}),
        (Price(), 100, {}),
        (Price(min=0, max=0), None, {"free": 0.3}),
        (Price(min=50), None, {"price": -0.25}),
        (Price(min=50), 100, {"price": -0.5}),
        (Price(min=5000), 100, {"price": -1.5}),
        (Price(min=50), 0, {"price": -0.25}),
    ],
)
def test_the_price(price, budget, expected):
    assert points(make_event("x", price=price, **SOMEWHERE), budget=budget) == {"travel": 0.0, **expected}


@pytest.mark.parametrize(
    ("start", "hours", "all_day", "expected"),
    [
        ("08:59", 2, False, {"early": -0.3}),
        ("00:00", 2, False, {}),
        ("00:01", 2, False, {"early": -0.3}),
        ("09:00", 2, False, {}),
        ("20:00", 2, False, {}),
        ("20:01", 2, False, {"late": -0.3}),
        ("23:00", 2, False, {"late": -0.3}),  # beyond midnight
        ("00:00", 24, True, {}),
        ("21:30", None, False, {}),
    ],
)
def test_the_hour(start, hours, all_day, expected):
    begin = datetime.fromisoformat(f"2026-11-24T{start}").replace(tzinfo=SHANGHAI)
    end = begin + timedelta(hours=hours) if hours else None
    event = make_event("x", place=SOMEWHERE["place"], start=begin, end=end, all_day=all_day)
    assert points(event) == {"travel": 0.0, **expected}


@pytest.mark.parametrize(
    ("known", "people", "size", "expected"),
    [
        ({"evidence": EvidenceOfTime(sure="inferred")}, (), 0, {"inferred": -0.2}),
        ({"evidence": EvidenceOfTime(sure="doubtful")}, (), 0, {"doubtful": -1.0}),
        ({"status": "tentative"}, (), 0, {"tentative": -0.3}),
        ({"place": None}, (), 0, {}),
        ({}, (("full", "满员"),), 0, {"sold_out": -1.5}),
        ({}, (), 20, {"size_small": 0.2}),
        ({}, (), 1000, {"size_large": -0.2}),
        ({}, (), 100, {}),
    ],
)
def test_certainty_and_size(known, people, size, expected):
    event = make_event(**{"title": "x", **SOMEWHERE, **known})
    label = Label(track="practice", people=people)
    assert points(event, label=label, size=size) == {"travel": 0.0, **expected}


@given(st.integers(0, 600), st.integers(0, 600))
def test_a_longer_way_never_costs_less(one, other):
    assert points_of_way(max(one, other)) <= points_of_way(min(one, other))


@given(st.integers(0, 300), st.floats(0.01, 4))
def test_so_many_minutes_nearer_would_do_and_one_less_would_not(minutes, wanted):
    saved = minutes_saved_by(wanted, minutes)
    if saved <= minutes:
        assert points_of_way(minutes - saved) - points_of_way(minutes) >= wanted - 0.001
        assert saved == 0 or points_of_way(minutes - saved + 1) - points_of_way(minutes) < wanted + 0.001
    else:
        assert points_of_way(0) - points_of_way(minutes) < wanted + 0.001
