"""A backup is another evening than its pick, also where identity left two copies of one evening apart."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.plan.also_good import also_good
from spiders.items import Place
from tests.support.copies import figures, world
from tests.support.events import make_event
from tests.support.planning import at, plan, rated

ONE = "week: {at_most: {per_day: 1, per_week: 1}}"
WHOLE_DAY = "week: {free: {weekdays: '09:00-22:00'}, at_most: {per_day: 1, per_week: 1}}"
HOUSE = Place(name="橘座猫咖", address="柳营巷22号")


def evening(title: str, score: float, hour: int = 19, minute: int = 0, place: Place | None = HOUSE):
    event = make_event(title, uid=title, start=at(1, hour, minute), end=at(1, 21, 30), place=place)
    return rated(event, score=score)


@pytest.mark.parametrize(("one", "other"), [
    ("橘座俱乐部年末交换礼物", "年末了，来橘座换一份礼物"),
    ("Moonrise Improv Jam", "Moonrise 即兴戏剧夜"),
    ("Night of Short Plays", "短剧之夜"),
    ("储能出海分论坛", "储能出海沙龙：分论坛之二"),
])  # fmt: skip
def test_what_may_be_the_pick_told_otherwise_is_neither_backup_nor_also_good(one, other):
    events = [evening(one, 3.0), evening(other, 2.9), evening("木工夜", 1.5, place=Place(name="榫卯工坊"))]
    week = plan(events, ONE)
    (pick,) = week.picks
    assert pick.candidate.id == one
    assert pick.runner_up is not None
    assert pick.runner_up.id == "木工夜"
    assert other not in {each.id for each, _ in also_good(week)}


def test_where_nothing_else_is_left_there_is_no_backup():
    (pick,) = plan([evening("橘座年末换礼物", 3.0), evening("换礼物 橘座年末", 2.9)], ONE).picks
    assert (pick.runner_up, pick.margin) == (None, None)


@pytest.mark.parametrize("other", [
    evening("流浪猫领养夜", 2.9),
    evening("橘座俱乐部年末交换礼物", 2.9, hour=9),
    evening("橘座俱乐部年末交换礼物", 2.9, place=Place(name="另一家", address="杭州市余杭区渡口路2号")),
], ids=["another evening of the house", "another hour", "another city"])  # fmt: skip
def test_what_is_certainly_something_else_may_be_a_backup(other):
    elsewhere = Place(name="橘座猫咖", address="上海市虹口区柳营巷22号")
    first = evening("橘座俱乐部年末交换的礼物", 3.0, place=elsewhere)
    (pick,) = plan([first, other], WHOLE_DAY).picks
    assert pick.runner_up is not None


@pytest.mark.parametrize("name", ["first", "second"])
def test_no_pick_of_a_world_has_its_copy_as_backup(name):
    """Every pair of copies that identity leaves apart is put before a plan alone: the better one has no backup."""
    missed = figures(world(name)).missed
    assert missed, "nothing left to try this with"
    for pair in missed:
        one, other = (told.record.event for told in pair)
        shift = at(1, 0) - one.start.replace(hour=0, minute=0)
        both = [
            rated(replace(event, uid=f"{turn}", start=event.start + shift, end=None), 3.0 - turn)
            for turn, event in enumerate((one, other))
        ]
        (pick,) = plan(both, WHOLE_DAY).picks
        assert pick.runner_up is None, [one.title, other.title]
