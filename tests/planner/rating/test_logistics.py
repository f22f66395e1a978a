"""What going there takes and how sure it is."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from planner.rating.logistics import circumstances
from planner.types import Label, Travel
from spiders.items import Evidence, Place, Price
from tests.support.events import SHANGHAI, make_event

EVENING = datetime(2026, 11, 24, 19, 30, tzinfo=SHANGHAI)
SOMEWHERE = {"place": Place(name="Sample Hall"), "start": EVENING}
NEAR = Travel(20, True)


def points(event, *, travel: Travel = NEAR, budget: float | None = None, label: Label = Label(track="practice")):  # noqa: B008
    return {term.name: term.points for term in circumstances(event, label, travel, budget, SHANGHAI)}


@pytest.mark.parametrize(
    ("travel", "name", "expected"),
    [
        (Travel(5, True), "travel", 0.0),
        (Travel(20, True), "travel", 0.0),
        (Travel(40, True), "travel", -0.5),
        (Travel(40, False), "travel_unknown", -0.5),
        (Travel(300, True), "travel", -1.5),
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
    ("known", "people", "expected"),
    [
        ({"evidence": Evidence(sure="inferred")}, (), {"inferred": -0.2}),
        ({"evidence": Evidence(sure="doubtful")}, (), {"doubtful": -1.0}),
        ({"status": "tentative"}, (), {"tentative": -0.3}),
        ({"place": None}, (), {"no_place": -0.6}),
        ({}, (("full", "满员"),), {"sold_out": -1.5}),
        ({"title": "桌游夜 限20人"}, (), {"size_small": 0.2}),
        ({"title": "千人大会"}, (), {"size_large": -0.2}),
        ({"title": "万人大会 限20人"}, (), {"size_large": -0.2}),
    ],
)
def test_certainty_and_size(known, people, expected):
    event = make_event(**{"title": "x", **SOMEWHERE, **known})
    assert points(event, label=Label(track="practice", people=people)) == {"travel": 0.0, **expected}
