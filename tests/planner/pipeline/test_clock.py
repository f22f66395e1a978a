"""Which moments can follow the last run."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.pipeline.clock import (
    Clock,
    believed,
    can_follow,
    doubted,
    keep_clock,
    known_clock,
    slept_long,
)  # fmt: skip
from planner.store import SourceState, Store
from tests.support.events import NOW

DAY = timedelta(days=1)


@pytest.mark.parametrize(("days", "can"), [
    (0, True), (1, True), (-7, True), (-9, False), (90, True), (399, True), (401, False), (5 * 365, False),
    (-56 * 365, False),
])  # fmt: skip
def test_so_far_a_moment_can_follow(days, can):
    assert can_follow(None, NOW + days * DAY)
    assert can_follow(Clock(last=NOW), NOW + days * DAY) is can


def test_a_jump_ahead_is_believed_on_a_later_day():
    later = NOW + 1900 * DAY
    clock, is_told = doubted(Clock(last=NOW), later)
    assert is_told
    again, is_told = doubted(clock, later + timedelta(hours=2))
    assert not is_told
    assert not can_follow(again, later + timedelta(hours=2))
    assert can_follow(again, later + DAY)
    assert believed(again, later + DAY) == Clock(last=later + DAY, left=NOW, jumped=later + DAY)


def test_a_jump_back_is_not():
    before = NOW - 20000 * DAY
    clock, _ = doubted(Clock(last=NOW), before)
    assert not can_follow(clock, before + 3 * DAY)
    told = []
    for day in range(1, 16):
        clock, is_told = doubted(clock, before + day * DAY)
        told.append(is_told)
    assert [day for day, each in enumerate(told, 1) if each] == [7, 14]
    assert can_follow(clock, NOW + DAY), "the clock is right again"


def test_a_clock_that_jumped_may_go_back_within_a_week():
    away = believed(Clock(last=NOW), NOW + 40 * DAY)
    assert can_follow(away, NOW + DAY)
    assert believed(away, NOW + DAY) == Clock(last=NOW + DAY)
    for day in range(41, 50):
        away = believed(away, NOW + day * DAY)
    assert not can_follow(away, NOW + 2 * DAY)


def test_a_step_back_is_no_step():
    assert believed(Clock(last=NOW), NOW - 3 * DAY) == Clock(last=NOW)


def test_after_a_long_sleep_nothing_is_forgotten_at_once():
    assert not slept_long(None, NOW)
    assert not slept_long(Clock(last=NOW), NOW + 30 * DAY)
    assert slept_long(Clock(last=NOW), NOW + 40 * DAY)


def test_it_is_remembered(place):
    with Store(place) as store, store.transaction():
        assert known_clock(store) is None
        store.put_source(SourceState(id="a", address="a", tried=NOW, outcome="ok"))
        assert known_clock(store) == Clock(last=NOW), "a store of before"
        kept = Clock(last=NOW, left=NOW - DAY, jumped=NOW, doubted=None, told=NOW)
        keep_clock(store, kept)
        assert known_clock(store) == kept
