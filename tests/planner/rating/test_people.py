"""Whether one can come again, and whether they are new people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.rating.people import KnownPeople, company, regulars
from tests.support.events import NOW, make_event


@pytest.mark.parametrize(
    ("known", "track", "history", "expected"),
    [
        ({}, "practice", KnownPeople(), set()),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(), set()),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(regulars=frozenset({"dice club"})), {"community"}),
        ({"organizer": "Dice Club", "recurrence": "FREQ=WEEKLY"}, "practice", KnownPeople(), {"community"}),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(met=frozenset({"others"})), {"novelty"}),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(met=frozenset({"dice club"})), set()),
        ({"organizer": "Dice Club"}, "other", KnownPeople(regulars=frozenset({"dice club"})), set()),
        ({"organizer": "Dice Club"}, None, KnownPeople(regulars=frozenset({"dice club"})), set()),
    ],
)
def test_what_is_said_of_an_organiser(known, track, history, expected):
    terms = list(company(make_event("x", **known), track, history))
    assert {term.name for term in terms} == expected
    assert all(0 < term.points < 0.5 and term.about == "Dice Club" for term in terms)


def test_a_regular_holds_three_on_different_days():
    def of(organizer, *days):
        return [make_event(f"{organizer} {day}", organizer=organizer, start=NOW + timedelta(days=day)) for day in days]

    events = [*of("Dice Club", 1, 2, 3), *of("DICE CLUB", 3), *of("Others", 1, 1, 2), *of(None, 1, 2, 3)]
    assert regulars(events) == frozenset({"dice club"})
