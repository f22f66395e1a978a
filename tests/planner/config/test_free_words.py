"""Free hours in words, as people answer when they are asked for them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.config.free_words import LONGEST, WEEKEND, WORKING_DAYS, as_config, read_free
from planner.config.hours import parse_hours

EVENING = ((18 * 60 + 30, 22 * 60),)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("every evening", range(7)),
        ("每天晚上", range(7)),
        ("周一到周五晚上", range(5)),
        ("weekday evenings", range(5)),
        ("evenings", range(5)),
        ("周一三五晚上", (0, 2, 4)),
        ("Tuesday and Thursday evenings", (1, 3)),
        ("evenings, but not on Wednesday", (0, 1, 3, 4)),
        ("周三除外，每天晚上", (0, 1, 3, 4, 5, 6)),
        ("晚上都行，周三没空", (0, 1, 3, 4)),
    ],
)
def test_days_that_are_named_and_days_that_are_not(text, days):
    free = read_free(text, WORKING_DAYS)
    assert free is not None
    assert {day for day, hours in free.items() if hours} == set(days)
    assert {hours for hours in free.values() if hours} == {EVENING}


@pytest.mark.parametrize("text", ["", "  ", "blah", "no evenings", "19-22, 5", "25:00-26:00", "7点到6点半到8点", "?"])
def test_what_is_not_wholly_understood_is_nothing(text):
    assert read_free(text, WORKING_DAYS) is None


def test_the_configuration_names_a_day_only_where_it_differs():
    free = {**dict.fromkeys(range(5), EVENING), 2: (), 5: ((600, 1080),), 6: ((600, 1080),)}
    assert as_config(free) == {"weekdays": ("18:30-22:00",), "wed": (), "weekend": ("10:00-18:00",)}
    assert as_config({1: EVENING}) == {"weekdays": (), "tue": ("18:30-22:00",), "weekend": ()}
    assert as_config({}) == {"weekdays": (), "weekend": ()}


@given(st.text(st.sampled_from("0123456789 :-,至到点半晚上周一三五末除外不pm after evening"), max_size=40))
def test_whatever_is_typed_gives_sound_hours_or_none(text):
    for asked in (WORKING_DAYS, WEEKEND):
        free = read_free(text, asked)
        for hours in (free or {}).values():
            assert parse_hours([f"{a // 60}:{a % 60:02d}-{b // 60}:{b % 60:02d}" for a, b in hours]) == hours


def test_a_long_answer_is_read_in_no_time():
    assert read_free("evenings " * 10_000, WORKING_DAYS) is not None
    assert LONGEST < 1_000
