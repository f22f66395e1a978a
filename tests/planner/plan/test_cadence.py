"""A rhythm is what explains the days on which people met; two days of one name are a guess, and chance is none."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.plan.circles.cadence import STEADY, Meeting, _between, cadence_of, name_of, steadiness

MONDAY = date(2026, 11, 2)


def meetings(*days: date, title: str = "Sample Speakers", at: time = time(19, 30)) -> list[Meeting]:
    return [Meeting(start=datetime.combine(day, at), title=title) for day in days]


def weeks(count: int, step: int = 1, weekday: int = 1, first: date = MONDAY) -> list[date]:
    return [first + timedelta(weeks=step * number, days=weekday) for number in range(count)]


def test_every_week():
    cadence = cadence_of(meetings(*weeks(4)))
    assert (cadence.weekdays, cadence.interval, cadence.nth, cadence.at) == ((1,), 1, None, time(19, 30))
    assert (cadence.meetings, cadence.fit, cadence.is_steady) == (4, 1.0, True)
    assert cadence.next_after(date(2026, 11, 24)) == date(2026, 12, 1)


def test_two_days_of_each_week():
    cadence = cadence_of(meetings(*weeks(3), *weeks(3, weekday=3)))
    assert cadence.weekdays == (1, 3)
    assert cadence.next_after(date(2026, 11, 17)) == date(2026, 11, 19)


def test_every_second_week_keeps_its_weeks():
    cadence = cadence_of(meetings(*weeks(4, step=2)))
    assert cadence.interval == 2
    assert cadence.next_after(date(2026, 12, 15)) == date(2026, 12, 29)
    assert not cadence.meets(date(2026, 12, 22))


def test_the_first_tuesday_of_each_month():
    days = [date(2026, 9, 1), date(2026, 10, 6), date(2026, 11, 3), date(2026, 12, 1)]
    cadence = cadence_of(meetings(*days))
    assert (cadence.nth, cadence.weekdays) == (1, (1,))
    assert cadence.next_after(date(2026, 12, 1)) == date(2027, 1, 5)


def test_the_last_friday_of_each_month():
    days = [date(2026, 8, 28), date(2026, 9, 25), date(2026, 10, 30), date(2026, 11, 27)]
    cadence = cadence_of(meetings(*days))
    assert cadence.nth == -1
    assert cadence.next_after(date(2026, 11, 27)) == date(2026, 12, 25)


def test_what_is_only_announced_is_no_weekly_rhythm_because_the_weeks_between_are_not_announced_yet():
    monthly = cadence_of(meetings(date(2026, 12, 5), date(2027, 1, 2), date(2027, 2, 6)), MONDAY)
    assert (monthly.nth, monthly.weekdays) == (1, (5,))
    second = cadence_of(meetings(*weeks(3, step=2, first=date(2026, 12, 7))), MONDAY)
    assert second.interval == 2
    assert cadence_of(meetings(date(2026, 12, 1), date(2026, 12, 29)), MONDAY) is None


def test_an_evening_announced_far_ahead_does_not_end_a_rhythm():
    today = date(2026, 11, 25)
    assert cadence_of(meetings(*weeks(4), date(2027, 1, 26)), today).interval == 1


def test_a_week_that_fell_out_does_not_end_a_rhythm():
    days = weeks(6)
    cadence = cadence_of(meetings(*days[:2], *days[3:]))
    assert cadence.interval == 1
    assert 0.8 <= cadence.fit < 1


def test_two_meetings_are_a_guess_and_one_is_nothing():
    cadence = cadence_of(meetings(*weeks(2)))
    assert not cadence.is_steady
    assert cadence.next_after(date(2026, 11, 10)) == date(2026, 11, 17)
    assert cadence_of(meetings(MONDAY)) is None
    assert cadence_of([]) is None


def test_two_evenings_of_a_weekday_under_different_names_are_chance():
    first, second = weeks(2)
    assert cadence_of([*meetings(first, title="Jazz"), *meetings(second, title="Blues")]) is None


def test_a_club_whose_evenings_are_called_otherwise_each_time():
    told = [
        each
        for day, theme in zip(weeks(4), ["Rain", "Snow", "Wind", "Sun"], strict=True)
        for each in meetings(day, title=theme)
    ]
    assert cadence_of(told).weekdays == (1,)


def test_numbers_do_not_part_the_evenings_of_a_series():
    assert name_of("Meeting 333: open") == name_of("Meeting 334: open")
    assert name_of("第三百期读书会") == name_of("第301期读书会")


def test_the_steadiest_strand_is_the_one_that_counts():
    club, talks = meetings(*weeks(5)), meetings(MONDAY, MONDAY + timedelta(days=16), title="Talk", at=time(15))
    cadence = cadence_of([*club, *talks])
    assert (cadence.name, cadence.meetings) == (name_of("Sample Speakers"), 5)


def test_who_is_open_every_day_has_no_rhythm_of_a_circle():
    assert cadence_of(meetings(*(MONDAY + timedelta(days=number) for number in range(21)))) is None


def test_hours_that_differ_are_no_hour():
    days = weeks(4)
    told = [*meetings(*days[:2]), *meetings(*days[2:], at=time(14))]
    assert cadence_of(told).at is None


@given(st.lists(st.integers(0, 120), min_size=2, max_size=30, unique=True))
def test_whatever_the_days_what_is_said_of_them_holds(numbers):
    cadence = cadence_of(meetings(*(MONDAY + timedelta(days=number) for number in numbers)))
    if cadence is None:
        return
    assert 0.8 <= cadence.fit <= 1
    assert cadence.meetings >= 2
    assert 0 <= steadiness(cadence) < 1
    following = cadence.next_after(MONDAY + timedelta(days=120))
    assert cadence.meets(following)
    assert following > MONDAY + timedelta(days=120)


@pytest.mark.parametrize("step", [1, 2, 3, 4])
@pytest.mark.parametrize("weekday", range(7))
def test_every_interval_is_found_again(step, weekday):
    cadence = cadence_of(meetings(*weeks(STEADY + 1, step=step, weekday=weekday)))
    assert cadence.next_after(weeks(STEADY + 1, step=step, weekday=weekday)[-1]) >= weeks(2)[0]
    assert cadence.weekdays == (weekday,)
    assert cadence.interval == step or cadence.nth is not None


@given(st.sets(st.integers(0, 6), min_size=1), st.integers(0, 40), st.integers(-3, 90))
def test_the_days_of_some_weekdays_are_those_of_the_calendar(weekdays, since, length):
    first = MONDAY + timedelta(days=since)
    passed = [first + timedelta(days=number) for number in range(max(0, length + 1))]
    found = sorted(_between(weekdays, first, first + timedelta(days=length)))
    assert found == [day for day in passed if day.weekday() in weekdays]
