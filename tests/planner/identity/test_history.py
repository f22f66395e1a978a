"""Twelve weeks of runs, replayed into a subscriber that keeps by UID: nothing doubled, nothing lost."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests.support.worlds import FIRST, Feed, World, city, event


def happen(world: World, week: int) -> None:
    """What the weeks bring: renamed, moved, cancelled, vanished and new events, a feed that dies, one with rubbish."""
    club, hall, city_ = (world.feeds[name].events for name in ("club", "hall", "city"))
    if week == 1:
        hall["talk-3"]["title"] = "Storage trade salon no 4, with guests"
    if week == 2:
        for feed, uid in ((club, "games-4"), (hall, "h4"), (city_, "c4")):
            feed[uid]["start"] = feed[uid]["start"].replace("T190000", "T200000")
    if week == 3:
        hall["talk-6"]["status"] = "CANCELLED"
    if week == 4:
        world.feeds["city"].rubbish = True
    if week == 5:
        hall["talk-7"]["place"] = "South Hall"
    if week == 6:
        world.feeds["city"].rubbish = False
        del hall["talk-8"]
    if week == 7:
        club["extra"] = event((world.now + timedelta(days=20)).date(), 15, "Board games marathon")
        kept = dict(list(hall.items())[:2])
        world.feeds["hall"] = Feed(kept)  # the hall's site breaks and lists almost nothing
        world.lost_hall = hall  # type: ignore[attr-defined]
    if week == 8:
        world.feeds["hall"] = Feed(world.lost_hall)  # type: ignore[attr-defined]
    if week == 9:
        city_["c11"]["title"] = "Something else entirely"


@pytest.mark.long
def test_twelve_weeks(tmp_path):
    world = city(tmp_path)
    complaints: list[str] = []
    for week in range(12):
        happen(world, week)
        for day in range(7):
            calendars = world.run(weekly=day == 0)
            complaints += [f"week {week} day {day}: {wrong}" for wrong in world.subscribe(calendars["public/all.ics"])]
            if day == 0:
                again = world.run(weekly=True)
                assert again == calendars, f"week {week}: an unchanged run changed a calendar"
            world.now += timedelta(days=1)
    assert not complaints
    summaries = {summary: start for _, start, summary in world.held.values()}
    titles = [summary for _, _, summary in world.held.values()]
    assert len(titles) == len(set(titles)), "every evening stands once, whatever number of feeds tell it"
    assert not any(
        "salon no 8" in title and "Cancelled" not in title for title in titles if summaries[title] > world.now
    )
    assert any("maintenance" in alarm or "HTML" in alarm for alarm in world.alarms)
    assert any("perhaps a fault" in alarm for alarm in world.alarms), "a collapse is shouted"


def test_a_move_is_the_same_event_with_a_higher_sequence(tmp_path):
    world = city(tmp_path)
    world.subscribe(world.run(weekly=True)["public/all.ics"])
    (uid,) = [uid for uid, held in world.held.items() if held[2].casefold().startswith("board games evening 3")]
    before = world.held[uid]
    for feed, name in (("club", "games-2"), ("hall", "h2"), ("city", "c2")):
        world.feeds[feed].events[name]["start"] = world.feeds[feed].events[name]["start"].replace("T19", "T17")
    world.now += timedelta(days=1)
    world.subscribe(world.run(weekly=False)["public/all.ics"])
    sequence, start, _ = world.held[uid]
    assert sequence == before[0] + 1
    assert start == before[1] - timedelta(hours=2)


def test_a_cancellation_reaches_the_plan_before_its_evening(tmp_path):
    world = city(tmp_path)
    first = Calendar.from_ical(world.run(weekly=True)["plan.ics"]).walk("VEVENT")
    (talk,) = [part for part in first if "salon no 1" in str(part["SUMMARY"])]
    world.feeds["hall"].events["talk-0"]["status"] = "CANCELLED"
    world.now += timedelta(days=3)
    plan = Calendar.from_ical(world.run(weekly=False)["plan.ics"]).walk("VEVENT")
    (now,) = [part for part in plan if part["UID"] == talk["UID"]]
    assert str(now["SUMMARY"]).startswith("Cancelled: ")
    assert int(now["SEQUENCE"]) == int(talk["SEQUENCE"]) + 1
    assert {part["UID"] for part in plan} == {part["UID"] for part in first}, "no new picks"
    assert b"Cancelled: Storage trade salon no 1" in (tmp_path / "out/digest.txt").read_bytes()


def test_what_vanishes_is_doubted_first_and_gone_after_three_good_days(tmp_path):
    world = city(tmp_path)
    world.run(weekly=True)
    del world.feeds["hall"].events["talk-1"]
    stages = []
    for _ in range(4):
        world.now += timedelta(days=1)
        text = world.run(weekly=False)["public/all.ics"].decode()
        stages.append("Cancelled: Storage trade salon no 2" in text)
    assert stages == [False, False, True, True]
    world.feeds["hall"].events["talk-1"] = event((FIRST + timedelta(days=12)).date(), 18, "Storage trade salon no 2")
    world.now += timedelta(days=1)
    assert "Cancelled" not in world.run(weekly=False)["public/all.ics"].decode()


def test_a_loss_that_the_user_knows_to_be_true_is_believed_at_once_and_for_good(tmp_path):
    world = city(tmp_path)
    world.run(weekly=True)
    hall = world.feeds["hall"].events
    for name in list(hall)[1:]:
        del hall[name]
    world.now += timedelta(days=1)
    assert "Cancelled" not in world.run(weekly=False)["public/all.ics"].decode()
    assert "gone at once" in world.alarms[-1]
    world.alarms.clear()
    cancelled = world.run(weekly=False, accept_losses=True)["public/all.ics"].decode().count("SUMMARY:Cancelled")
    assert cancelled > 1
    world.now += timedelta(days=1)
    assert world.run(weekly=False)["public/all.ics"].decode().count("SUMMARY:Cancelled") == cancelled
    assert not world.alarms, "what was believed once is not shouted again"


def test_a_source_in_error_changes_nothing(tmp_path):
    world = city(tmp_path)
    before = world.run(weekly=True)
    for feed in world.feeds.values():
        feed.rubbish = True
    for _ in range(4):
        world.now += timedelta(hours=1)
        assert world.run(weekly=False) == before


def test_a_lost_store_is_recovered_from_the_published_calendars(tmp_path):
    world = city(tmp_path)
    world.run(weekly=True)
    world.feeds["hall"].events["talk-2"]["title"] = "Storage trade salon no 3, with a supply chain table"
    world.now += timedelta(days=1)
    world.subscribe(world.run(weekly=True)["public/all.ics"])
    held = dict(world.held)
    assert max(sequence for sequence, _, _ in held.values()) == 1
    for path in tmp_path.glob("quanzi.db*"):
        path.unlink()
    # The founding listing is gone: without the published calendars another id would be drawn.
    world.feeds["city"].events.clear()
    complaints = world.subscribe(world.run(weekly=True)["public/all.ics"])
    assert not complaints
    assert set(world.held) == set(held)
    assert all(world.held[uid][0] >= sequence for uid, (sequence, _, _) in held.items())
    (renamed,) = [sequence for sequence, _, title in world.held.values() if "supply chain table" in title]
    assert renamed == 1


ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["rename", "move", "cancel", "vanish", "return", "break", "mend", "nothing"]),
        st.sampled_from(["club", "hall", "city"]),
        st.integers(0, 40),
    ),
    min_size=1,
    max_size=8,
)


@settings(
    max_examples=4, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
def test_random_histories_never_double_or_lose(tmp_path_factory, actions):
    check_random_history(tmp_path_factory.mktemp("history"), actions)


@pytest.mark.long
@settings(
    max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
@given(actions=ACTIONS)
def test_many_random_histories_never_double_or_lose(tmp_path_factory, actions):
    check_random_history(tmp_path_factory.mktemp("history"), actions)


def check_random_history(folder: Path, actions: list[tuple[str, str, int]]) -> None:
    world = city(folder)
    world.subscribe(world.run(weekly=True)["public/all.ics"])
    gone: dict[tuple[str, str], Any] = {}
    for action, name, number in actions:
        feed = world.feeds[name]
        uids = sorted(feed.events)
        uid = uids[number % len(uids)] if uids else ""
        if action == "rename" and uid:
            feed.events[uid]["title"] += " (new)"
        elif action == "move" and uid:
            feed.events[uid]["start"] = feed.events[uid]["start"][:9] + "140000"
        elif action == "cancel" and uid:
            feed.events[uid]["status"] = "CANCELLED"
        elif action == "vanish" and uid:
            gone[name, uid] = feed.events.pop(uid)
        elif action == "return" and gone:
            (back, key), value = gone.popitem()
            world.feeds[back].events[key] = value
        elif action in {"break", "mend"}:
            feed.rubbish = action == "break"
        world.now += timedelta(days=1)
        calendars = world.run(weekly=False)
        assert not world.subscribe(calendars["public/all.ics"])
        assert world.run(weekly=False) == calendars
