"""Who will be there, and whether one can come again."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.rating import vocabulary
from planner.rating.people import MAX_OF_PEOPLE, KnownPeople, company, regulars
from planner.types import Label
from tests.support.events import NOW, make_event

PRACTICE = Label(track="practice")


def points(event, label: Label = PRACTICE, history: KnownPeople = KnownPeople()) -> dict[str, float]:  # noqa: B008
    return {term.name: term.points for term in company(event, label, history)}


@pytest.mark.parametrize(
    ("known", "track", "history", "expected"),
    [
        ({}, "practice", KnownPeople(), {}),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(), {}),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(regulars=frozenset({"dice club"})), {"community": 0.3}),
        ({"organizer": "Dice Club", "recurrence": "FREQ=WEEKLY"}, "practice", KnownPeople(), {"community": 0.3}),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(met=frozenset({"others"})), {"novelty": 0.2}),
        ({"organizer": "Dice Club"}, "practice", KnownPeople(met=frozenset({"dice club"})), {}),
        ({"organizer": "样板市新能源行业协会"}, "industry", KnownPeople(), {"organiser": 0.3}),
        ({"organizer": "样板市新能源行业协会"}, "other", KnownPeople(), {}),
        ({"organizer": "样板市新能源行业协会"}, None, KnownPeople(), {}),
    ],
)
def test_what_an_organiser_is_worth(known, track, history, expected):
    assert points(make_event("x", **known), Label(track=track), history) == expected


def test_a_regular_holds_three_on_different_days():
    def of(organizer, *days):
        return [make_event(f"{organizer} {day}", organizer=organizer, start=NOW + timedelta(days=day)) for day in days]

    events = [*of("Dice Club", 1, 2, 3), *of("DICE CLUB", 3), *of("Others", 1, 1, 2), *of(None, 1, 2, 3)]
    assert regulars(events) == frozenset({"dice club"})


def test_kinds_of_people_count_once_each_and_are_bounded():
    groups = {group: float(lists["points"]) for group, lists in vocabulary.load("people").items()}
    good = [group for group, worth in groups.items() if worth > 0]
    bad = [group for group, worth in groups.items() if worth < 0]
    one = points(make_event("x"), Label(track="practice", people=((good[0], "a"), (good[0], "b"))))
    assert one == {"people": round(min(groups[good[0]], MAX_OF_PEOPLE), 3)}
    everybody = points(make_event("x"), Label(track="practice", people=tuple((group, "a") for group in good)))
    assert everybody == {"people": MAX_OF_PEOPLE}
    if bad:
        nobody = points(make_event("x"), Label(track="practice", people=tuple((group, "a") for group in bad)))
        assert -MAX_OF_PEOPLE <= nobody["people"] < 0
    assert points(make_event("x"), Label(track="practice", people=(("no such group", "a"),))) == {}
