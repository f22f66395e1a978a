"""The rules by which real clients live (docs/calendar.md), numbered, on every file of a history of runs."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from itertools import pairwise

import pytest

from tests.support.calendar_form import check_form, events, moment
from tests.support.worlds import FIRST, Feed, World, city, event

NAMES = ("plan.ics", "public/all.ics", "public/industry.ics", "public/practice.ics")


def history(world: World, days: int, happen) -> list[tuple[datetime, dict[str, bytes]]]:
    """Daily runs, weekly ones on the first of seven; ``happen`` changes the world before a day."""
    published = []
    for day in range(days):
        happen(world, day)
        published.append((world.now, world.run(weekly=day % 7 == 0)))
        world.now += timedelta(days=1)
    return published


def busy_world(world: World, day: int) -> None:
    club, hall = world.feeds["club"].events, world.feeds["hall"].events
    if day == 2:
        hall["talk-3"]["title"] = "Storage trade salon no 4; with guests, and more"
    if day == 4:
        for feed, uid in (("club", "games-2"), ("hall", "h2"), ("city", "c2")):
            world.feeds[feed].events[uid]["start"] = club["games-3"]["start"].replace("T19", "T20")
    if day == 8:
        hall["talk-2"]["status"] = "CANCELLED"
    if day == 10:
        hall["talk-4"]["place"] = "South Hall"
    if day == 12:
        world.feeds["city"].rubbish = True
    if day == 15:
        world.feeds = dict(reversed(world.feeds.items()))
        world.feeds["city"].rubbish = False
        del hall["talk-6"]


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    world = city(tmp_path_factory.mktemp("rules"))
    return history(world, 22, busy_world)


def pairs(published, name: str):
    """(when, before, after) of successive files."""
    files = [(when, events(calendars[name])) for when, calendars in published]
    return [(later[0], earlier[1], later[1]) for earlier, later in pairwise(files)]


@pytest.mark.parametrize("name", NAMES)
def test_c02_c11_to_c24_the_form_of_every_file(published, name):
    assert any(events(calendars[name]) for _, calendars in published)
    for _, calendars in published:
        check_form(calendars[name], public=name.startswith("public/"))


def test_c01_a_uid_depends_on_nothing_but_the_event(tmp_path):
    """Twenty runs in which titles, hours, places and the order of sources change."""
    world = city(tmp_path)
    chance = random.Random(1)
    before = set(events(world.run(weekly=True)["public/all.ics"]))
    for _ in range(20):
        world.now += timedelta(hours=3)
        names = list(world.feeds)
        chance.shuffle(names)
        world.feeds = {name: world.feeds[name] for name in names}
        hall = world.feeds["hall"].events
        talk = hall[f"talk-{chance.randrange(3, 12)}"]
        talk["title"] = f"Storage trade salon, edition {chance.randrange(100)}"
        talk["place"] = chance.choice(["North Hall", "South Hall"])
        talk["start"] = talk["start"][:9] + f"{chance.randrange(9, 20):02d}0000"
        assert set(events(world.run(weekly=False)["public/all.ics"])) == before


def test_c03_who_was_first_names_the_event_for_good(tmp_path):
    world = World(tmp_path, {"club": Feed()})
    day = (FIRST + timedelta(days=5)).date()
    world.feeds["club"].events["g"] = event(day, 19, "Board games evening")
    (uid,) = events(world.run(weekly=True)["public/all.ics"])
    world.feeds["hall"] = Feed({"h": event(day, 19, "Board games evening!")})
    world.now += timedelta(days=1)
    assert set(events(world.run(weekly=True)["public/all.ics"])) == {uid}, "a copy joins"
    world.feeds["hall"].events["h"] = event(day, 14, "Pottery for children")
    world.now += timedelta(days=1)
    assert uid in events(world.run(weekly=True)["plan.ics"]), "the copy leaves again"
    world.feeds["hall"].events["h"] = event(day, 19, "Board games evening")
    world.now += timedelta(days=1)
    assert uid in events(world.run(weekly=True)["public/all.ics"])


@pytest.mark.parametrize("name", NAMES)
def test_c04_nothing_changed_is_the_same_bytes(tmp_path, name):
    world = city(tmp_path)
    before = world.run(weekly=True)
    for _ in range(3):
        world.now += timedelta(hours=5)
        assert world.run(weekly=False)[name] == before[name]


@pytest.mark.parametrize("name", NAMES)
def test_c04_c05_the_sequence_rises_with_what_people_see_and_only_then(published, name):
    risen = 0
    for _, before, after in pairs(published, name):
        for uid in before.keys() & after.keys():
            old, new = before[uid], after[uid]
            snapshot = [each for each in ("SUMMARY", "DTSTART", "DTEND", "LOCATION") if old.get(each) != new.get(each)]
            old_sequence, new_sequence = int(old["SEQUENCE"].value), int(new["SEQUENCE"].value)
            if snapshot:
                assert new_sequence == old_sequence + 1, (uid, snapshot)
                assert new["DTSTAMP"].value > old["DTSTAMP"].value
                risen += 1
            else:
                assert (new_sequence, new["DTSTAMP"]) == (old_sequence, old["DTSTAMP"]), uid
    assert risen or name not in {"public/all.ics", "public/industry.ics"}


def test_c05_a_lost_store_does_not_start_the_sequence_again(tmp_path):
    world = city(tmp_path)
    world.run(weekly=True)
    world.feeds["hall"].events["talk-2"]["place"] = "South Hall"
    world.now += timedelta(days=1)
    before = events(world.run(weekly=True)["public/all.ics"])
    for path in tmp_path.glob("quanzi.db*"):
        path.unlink()
    after = events(world.run(weekly=True)["public/all.ics"])
    assert {uid: each["SEQUENCE"].value for uid, each in after.items()} == {
        uid: each["SEQUENCE"].value for uid, each in before.items()
    }
    assert "1" in {each["SEQUENCE"].value for each in after.values()}


def test_c06_a_move_keeps_the_uid(published):
    moved = {
        uid
        for _, before, after in pairs(published, "public/all.ics")
        for uid in before.keys() & after.keys()
        if before[uid]["DTSTART"] != after[uid]["DTSTART"]
    }
    assert len(moved) == 1


def test_c07_a_cancellation_is_marked_and_stays_after_its_day(published):
    shown = [
        (when, each)
        for when, calendars in published
        for each in events(calendars["public/all.ics"]).values()
        if "Storage trade salon no 3" in each["SUMMARY"].value
    ]
    cancelled = [(when, each) for when, each in shown if each["SUMMARY"].value.startswith("Cancelled: ")]
    assert len(shown) == len(published)
    assert len(cancelled) == 22 - 8
    for _, each in cancelled:
        assert (each["STATUS"].value, each["TRANSP"].value) == ("CONFIRMED", "TRANSPARENT")
    off = moment(cancelled[0][1]["DTSTART"])
    assert cancelled[-1][0] - off > timedelta(days=2)


def test_c08_what_vanished_is_doubted_then_cancelled_and_an_error_changes_nothing(published):
    told = [
        next(
            (
                each["SUMMARY"].value
                for each in events(calendars["public/all.ics"]).values()
                if "no 7" in each["SUMMARY"].value
            ),
            None,
        )
        for _, calendars in published
    ]
    assert set(told[:15]) == {"Storage trade salon no 7"}
    assert not (told[15] or "").startswith("Cancelled")
    assert (told[-1] or "").startswith("Cancelled: ")
    for when, before, after in pairs(published, "public/all.ics"):
        if FIRST + timedelta(days=12) < when < FIRST + timedelta(days=15):
            assert before == after, "the aggregator answers rubbish"


@pytest.mark.parametrize("name", ["public/all.ics", "plan.ics"])
def test_c09_nothing_that_is_past_disappears_within_a_month(published, name):
    for when, before, after in pairs(published, name):
        for uid in before.keys() - after.keys():
            start = moment(before[uid]["DTSTART"])
            assert start < when - timedelta(days=30) or (name == "plan.ics" and start > when), before[uid]["SUMMARY"]


def test_c10_a_catastrophe_publishes_nothing_new(tmp_path):
    world = city(tmp_path)
    before = world.run(weekly=True)["public/all.ics"]
    for feed in world.feeds.values():
        feed.events = dict(list(feed.events.items())[:1])
    world.now += timedelta(days=1)
    assert world.run(weekly=False)["public/all.ics"] == before
    assert sum("gone at once" in alarm for alarm in world.alarms) == 3


def test_c10_nothing_before_and_nothing_now_is_no_alarm(tmp_path):
    world = city(tmp_path)
    for feed in world.feeds.values():
        feed.events = {}
    for _ in range(2):
        world.run(weekly=True)
        world.now += timedelta(days=1)
    assert not world.alarms


def test_the_check_itself_finds_breaches(published):
    content = next(calendars["public/all.ics"] for _, calendars in reversed(published))
    for good, bad in (
        (b"METHOD:PUBLISH", b"METHOD:REQUEST"),
        (b"REFRESH-INTERVAL;VALUE", b"REFRESH-INTERVAL:VALUE"),
        (b"STATUS:CONFIRMED", b"STATUS:CONFIRMED\r\nSTATUS:CONFIRMED"),
        (b"TRANSP:OPAQUE", b"TRANSP:OPAQUE\r\nRRULE:FREQ=DAILY"),
        (b"TRANSP:OPAQUE", b"TRANSP:OPAQUE\r\nATTENDEE:mailto:a@mail.example"),
        (b"DTSTART;TZID=Asia/Shanghai:", b"DTSTART:"),
        (b"DTSTART;TZID=Asia/Shanghai:", b"DTSTART;TZID=Mars/Base:"),
        (b"SUMMARY:", b"SUMMARY:a;b"),
        (b"SUMMARY:", b"SUMMARY:" + b"x" * 80),
        (b"\r\nEND:VCALENDAR\r\n", b"\nEND:VCALENDAR\r\n"),
        (b"X-PUBLISHED-TTL", b"X-published-TTL"),
    ):
        assert good in content
        with pytest.raises(AssertionError):
            check_form(content.replace(good, bad, 1), public=True)
