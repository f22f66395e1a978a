"""Whom one may meet again where, and how strongly that pulls."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.people.acquaintance import NOBODY_MET, acquaintances_of, met_at, together
from planner.people.person import Meeting, People, Person
from tests.support.acquaintances import NAMES

DAY = date(2026, 11, 25)
CLUB = "Sample Speakers"


def person(name: str, *ago: int, circle: str | None = CLUB, at: str | None = None) -> Person:
    """Somebody met so many days before DAY."""
    return Person(name=name, met=tuple(Meeting(on=DAY - timedelta(days=each), circle=circle, at=at) for each in ago))


def pull(*people: Person, organizer: str | None = CLUB, title: str = "Open evening", on: date = DAY) -> float:
    return together(acquaintances_of(People(people=people)).at(organizer, title, on))


AGO = st.lists(st.integers(-3, 60), max_size=6).map(tuple)
CROWD = st.lists(st.tuples(NAMES, AGO, st.sampled_from([CLUB, "Others"])), max_size=8).map(
    lambda drawn: [person(name, *ago, circle=circle) for name, ago, circle in drawn]
)


@given(CROWD)
def test_nobody_beyond_three_weeks_nor_met_four_times_pulls(crowd):
    found = acquaintances_of(People(people=tuple(crowd))).at(CLUB, "Open evening", DAY)
    due = set()
    for place, each in enumerate(crowd):
        times = len({meeting.on for meeting in each.met if meeting.on < DAY})
        lately = [m for m in each.met if m.circle == CLUB and DAY - timedelta(days=21) <= m.on < DAY]
        if lately and times < 4:
            due.add(place)
    assert {each.position for each in found} == due
    assert all(each.pull > 0 for each in found)


@given(CROWD, st.tuples(NAMES, AGO), st.integers(0, 8))
def test_one_more_person_never_pulls_less(crowd, more, place):
    joined = [*crowd[:place], person(more[0], *more[1]), *crowd[place:]]
    assert pull(*joined) >= pull(*crowd) - 1e-9


@given(CROWD, st.randoms())
def test_the_order_in_the_file_does_not_matter(crowd, random):
    shuffled = random.sample(crowd, len(crowd))
    assert pull(*shuffled) == pytest.approx(pull(*crowd))


@given(st.integers(1, 3), st.integers(1, 20))
def test_whose_time_runs_out_goes_first(times, ago):
    sooner = person("A", *(ago + each for each in range(times)))
    later = person("B", *(ago + 1 + each for each in range(times)))
    assert pull(later) > pull(sooner) > 0


def test_the_second_to_fourth_meeting_count_and_no_other():
    worth = [pull(person("A", *range(7, 7 + times))) for times in range(6)]
    assert worth == [0, pytest.approx(4 / 3), worth[1], worth[1], 0, 0]


def test_two_meetings_on_one_day_are_one():
    assert pull(person("A", 7, 7)) == pull(person("A", 7))


@pytest.mark.parametrize(
    ("circle", "at", "organizer", "title", "is_there"),
    [
        ("Sample Speakers", "Evening 3", "sample speakers ", "Evening 9", True),
        ("ＳＡＭＰＬＥ Speakers", None, "Sample speakers", "Evening 9", True),
        ("Sample Speakers", "Open evening", "Others", "Open evening", False),  # a title that many have
        ("Sample Speakers", "Open evening", None, "open Evening", True),  # the source names no host this time
        (None, "Open evening", "Others", "Open evening", True),
        (None, "Others", "Others", "Open evening", True),  # one writes a circle's name for the evening
        ("Open evening", None, None, "Open evening", True),  # a series without a host goes by its title
        (None, None, None, "", False),
        (None, None, "Others", "Open evening", False),
    ],
)
def test_where_one_may_meet_again(circle, at, organizer, title, is_there):
    met = person("A", 7, circle=circle, at=at)
    assert bool(pull(met, organizer=organizer, title=title)) == is_there
    assert acquaintances_of(People(people=(met,))).knows(organizer, title) == is_there


def test_who_was_met_elsewhere_since_is_due_later_but_still_there():
    moved = replace(person("A", 14), met=(*person("A", 14).met, *person("A", 3, circle="Others").met))
    assert 0 < pull(moved) < pull(person("A", 14, 13))
    gone = replace(person("A", 30), met=(*person("A", 30).met, *person("A", 3, circle="Others").met))
    assert pull(gone) == 0, "for a month nobody saw them there"


@given(CROWD)
def test_no_name_stands_in_what_a_plan_is_given(crowd):
    named = [replace(each, name=f"Quillfeather {place}") for place, each in enumerate(crowd)]
    known = acquaintances_of(People(people=tuple(named)))
    assert "Quillfeather" not in repr((known, known.at(CLUB, "Open evening", DAY)))
    told = met_at(People(people=tuple(named)), CLUB, "Open evening", DAY)
    assert {each.name for each in told} <= {each.name for each in named}
    assert len(told) == len(known.at(CLUB, "Open evening", DAY))


@given(CROWD, st.integers(-40, 40))
def test_whether_people_are_entered_at_all(crowd, ahead):
    on = DAY + timedelta(days=ahead)
    days = [meeting.on for each in crowd for meeting in each.met]
    kept = acquaintances_of(People(people=tuple(crowd))).is_kept(on)
    assert kept == any(timedelta() < on - day <= timedelta(days=21) for day in days)


def test_days_at_the_ends_of_time_are_only_far_away():
    far = Person(name="A", met=(Meeting(on=date.min, circle=CLUB), Meeting(on=date.max, circle=CLUB)))
    assert pull(far) == 0
    assert pull(far, on=date.max) == 0
    assert not acquaintances_of(People(people=(far,))).is_kept(DAY)
    assert NOBODY_MET.at(None, "", DAY) == ()
