"""Sources that move, split, rename and forget over days: an evening stays itself, and stands once."""

from __future__ import annotations

from datetime import datetime

import pytest

from tests.support.events import SHANGHAI
from tests.support.histories import Held, History, calendar, vevent

CLUB = "{id: club, kind: ical, file: club.ics}, {id: many, kind: ical, file: many.ics}"
TITLE = "Storage speech night"
WEEKLY = "RRULE:FREQ=WEEKLY"


@pytest.fixture
def world(tmp_path):
    history = History(tmp_path, CLUB)
    many = [vevent(f"m{day}", f"202612{day:02d}T150000", f"Board games no {day}") for day in range(1, 25)]
    history.says("many.ics", calendar(*many))
    return history


def evenings(held: list[Held], title: str = TITLE) -> list[Held]:
    return [each for each in held if title in each.title]


def moments(held: list[Held]) -> list[str]:
    return [f"{each.start.astimezone(SHANGHAI):%d %H:%M}" for each in held]


def coming(held: list[Held], since: str = "2026-11-25") -> list[Held]:
    return [each for each in evenings(held) if each.start >= datetime.fromisoformat(f"{since}T00:00+08:00")]


@pytest.mark.parametrize("force", [False, True])
def test_a_series_at_another_hour_is_moved(world, force):
    world.says("club.ics", calendar(vevent("w", "20261104T190000", TITLE, WEEKLY)))
    world.run(23, "week")
    before = coming(world.held())
    assert len(before) > 10
    world.says("club.ics", calendar(vevent("w", "20261104T193000", TITLE, WEEKLY)))
    for day in (24, 25, 26, 27):
        more = ("--force",) if force and day >= 25 else ()
        told = world.run(day, "refresh", *more)
        assert world.outcome(told, "club") == "ok"
        now = coming(world.held(), f"2026-11-{max(day, 25)}")
        known = [each for each in before if each.start >= now[0].start.replace(hour=0)]
        assert [each.uid for each in now] == [each.uid for each in known]
        assert {f"{each.start:%H:%M}" for each in now} == {"19:30"}
        assert all(each.takes_place for each in now)
        assert all(one.sequence > two.sequence for one, two in zip(now, known, strict=True))
    planned = evenings(world.held("plan.ics"))
    assert moments(planned) == ["25 19:30"]


@pytest.mark.parametrize(
    ("hour", "place"), [("190000", "Harbour House, 2 Quay"), ("200000", "Linden Hall, 5 Juniper Road")]
)
def test_this_and_following_under_a_new_id_is_no_loss(world, hour, place):
    world.says("club.ics", calendar(vevent("w@g", "20261104T190000", TITLE, WEEKLY)))
    world.run(23, "week")
    before = coming(world.held())
    first = vevent("w@g", "20261104T190000", TITLE, "RRULE:FREQ=WEEKLY;UNTIL=20261208T155959Z")
    then = vevent("w_R20261209T110000@g", f"20261209T{hour}", TITLE, WEEKLY, place=place)
    world.says("club.ics", calendar(first, then))
    told = world.run(24)
    assert world.outcome(told, "club") == "ok"
    now = coming(world.held())
    assert [each.uid for each in now] == [each.uid for each in before]
    assert all(each.takes_place for each in now)
    assert moments(now)[:3] == ["25 19:00", "02 19:00", f"09 {hour[:2]}:00"]
    assert now[1].place.startswith("Linden Hall")
    assert now[2].place == place


def test_a_series_on_another_weekday_is_moved(world):
    world.says("club.ics", calendar(vevent("w", "20261104T190000", TITLE, WEEKLY)))
    world.run(23, "week")
    before = coming(world.held())
    world.says("club.ics", calendar(vevent("w", "20261105T190000", TITLE, WEEKLY)))
    told = world.run(24)
    now = coming(world.held())
    assert world.outcome(told, "club") == "ok"
    assert {each.start.weekday() for each in now if each.takes_place} == {3}
    assert [each.uid for each in now][: len(before) - 1] == [each.uid for each in before][: len(before) - 1]
    assert all(one.sequence > two.sequence for one, two in zip(now, before[:-1], strict=False))
    assert len({each.start for each in now}) == len(now)


def test_one_evening_that_becomes_a_series_keeps_its_id(world):
    world.says("club.ics", calendar(vevent("o", "20261202T190000", TITLE)))
    world.run(23, "week")
    (before,) = evenings(world.held())
    world.says("club.ics", calendar(vevent("o", "20261202T190000", TITLE, "RRULE:FREQ=WEEKLY;COUNT=3")))
    world.run(24)
    now = evenings(world.held())
    assert moments(now) == ["02 19:00", "09 19:00", "16 19:00"]
    assert (now[0].uid, now[0].takes_place) == (before.uid, True)


def test_a_short_series_is_moved_too(world):
    rule = "RRULE:FREQ=WEEKLY;COUNT=3"
    world.says("club.ics", calendar(vevent("s", "20261202T190000", TITLE, rule)))
    world.run(23, "week")
    before = evenings(world.held())
    world.says("club.ics", calendar(vevent("s", "20261202T193000", TITLE, rule)))
    world.run(24)
    now = evenings(world.held())
    assert moments(now) == ["02 19:30", "09 19:30", "16 19:30"]
    assert [each.uid for each in now] == [each.uid for each in before]
    assert all(one.sequence > two.sequence for one, two in zip(now, before, strict=True))


def test_one_id_for_several_dates(world):
    days = ("20261202T190000", "20261209T190000", "20261216T190000")
    world.says("club.ics", calendar(*(vevent("same", day, TITLE) for day in days)))
    world.run(23, "week")
    before = evenings(world.held())
    world.says("club.ics", calendar(*(vevent("same", day.replace("09T19", "09T20"), TITLE) for day in days)))
    world.run(24)
    now = evenings(world.held())
    assert moments([each for each in now if each.takes_place]) == ["02 19:00", "09 20:00", "16 19:00"]
    assert {each.uid: each.sequence for each in before if each.start.day != 9}.items() <= {
        each.uid: each.sequence for each in now
    }.items()


NAMES = ("Storage", "Speech", "Debate", "Battery", "Board games")
FIVE = [(f"2026120{day}T190000", f"{name} evening") for day, name in enumerate(NAMES, 1)]


def with_new_ids(run: int, *evenings: tuple[str, str]) -> str:
    return calendar(*(vevent(f"{run}-{place}", start, title) for place, (start, title) in enumerate(evenings)))


def test_new_ids_at_every_answer(world):
    world.says("club.ics", with_new_ids(0, *FIVE))
    world.run(23, "week")
    before = [each for each in world.held() if each.title.endswith("evening")]
    assert len(before) == 5
    for day in (24, 25, 26, 27):
        world.says("club.ics", with_new_ids(day, *FIVE))
        told = world.run(day)
        assert world.outcome(told, "club") == "ok"
        assert [each for each in world.held() if each.title.endswith("evening")] == before


@pytest.mark.parametrize("count", [5, 3])
def test_new_ids_and_a_move(world, count):
    listed = FIVE[:count]
    world.says("club.ics", with_new_ids(0, *listed))
    world.run(23, "week")
    before = {each.title: each for each in world.held() if "evening" in each.title}
    moved = [(listed[0][0].replace("T19", "T20"), listed[0][1]), *listed[1:]]
    if count == 5:
        del moved[2]
    for day in (24, 25, 26):
        world.says("club.ics", with_new_ids(day, *moved))
        told = world.run(day)
    now = [each for each in world.held() if "evening" in each.title]
    assert world.outcome(told, "club") == "ok"
    (first,) = [each for each in now if "Storage" in each.title and each.takes_place]
    assert (first.uid, f"{first.start:%H:%M}") == (before["Storage evening"].uid, "20:00")
    assert len({each.uid for each in now}) == len(now) == count
    if count == 5:
        assert not any(each.takes_place for each in now if "Debate" in each.title)


def item(guid: str, hour: int) -> str:
    return (
        '<?xml version="1.0"?><rss version="2.0"><channel><title>Club</title><item>'
        f"<title>Debate evening</title><link>https://club.example/e/7</link><guid>{guid}</guid>"
        f"<description>When: 2 December 2026, {hour}:00. Where: Linden Hall, 5 Juniper Road</description>"
        "<pubDate>Fri, 20 Nov 2026 09:00:00 +0800</pubDate></item></channel></rss>"
    )


def test_a_feed_that_changes_its_guid(tmp_path):
    world = History(tmp_path, "{id: feed, kind: feed, file: feed.xml}")
    world.says("feed.xml", item("one", 19))
    world.run(23, "week")
    (before,) = world.held()
    for day in (24, 25):
        world.says("feed.xml", item(f"other-{day}", 20))
        world.run(day)
        (now,) = world.held()
        assert (now.uid, f"{now.start:%H:%M}", now.takes_place) == (before.uid, "20:00", True)


def test_an_empty_answer_is_believed_only_at_the_users_word(world):
    world.says("club.ics", with_new_ids(0, *FIVE))
    world.run(23, "week")
    before = world.held()
    world.says("club.ics", calendar())
    for day in (24, 25, 26, 27, 28):
        told = world.run(day)
        assert world.outcome(told, "club") == "failed"
        assert world.held() == before
    world.run(29, "refresh", "--force")
    assert not any(each.takes_place for each in world.held() if each.title.endswith("evening"))
    assert world.outcome(world.run(30), "club") == "quiet"


def test_an_old_copy_changes_nothing_and_what_it_alone_tells_is_doubted(world):
    world.says("club.ics", with_new_ids(0, *FIVE))
    world.run(23, "week")
    before = {each.uid: each for each in world.held()}
    old = [("20261210T190000", "Storage workshop"), ("20261201T200000", "Storage evening")]
    world.says("club.ics", with_new_ids(1, *old))
    told = world.run(24)
    assert world.outcome(told, "club") == "failed"
    now = world.held()
    assert before == {each.uid: each for each in now if each.uid in before}, "no change is believed yet"
    (new,) = [each for each in now if each.uid not in before]
    assert "Storage workshop" in new.title
    assert new.title != "Storage workshop", "the title says that it is doubtful"
    world.says("club.ics", with_new_ids(2, *FIVE))
    told = world.run(25)
    assert world.outcome(told, "club") == "ok"
    assert before == {each.uid: each for each in world.held() if each.uid in before}


def test_the_last_event_that_is_truly_withdrawn_is_told_within_two_weeks(tmp_path):
    world = History(tmp_path, "{id: page, kind: page, file: page.html}")

    def page(*rows: tuple[str, str]) -> str:
        body = "".join(f"<li>{when} {what}, Linden Hall, 5 Juniper Road</li>" for when, what in rows)
        return f"<html><body><h1>Evenings</h1><ul>{body}</ul></body></html>"

    salons = ((1, "Debate"), (8, "Speech"), (22, "Storage"))
    rows = [(f"{day} December 2026, 19:00", f"{name} salon") for day, name in salons]
    world.says("page.html", page(*rows))
    world.run(23, "week")
    assert len(evenings(world.held(), "salon")) == 3
    world.says("page.html", page(*rows[:2]))
    for day in range(24, 37):
        world.run(day)
        titles = [each.title for each in world.held() if "Storage salon" in each.title]
        if titles != ["Storage salon"]:
            break
    else:
        pytest.fail("nobody was told")


def test_what_runs_already_is_read_and_shown(tmp_path):
    world = History(tmp_path, "{id: fair, kind: ical, file: fair.ics}")
    expo = (
        "BEGIN:VEVENT\r\nUID:expo\r\nDTSTAMP:20261101T000000Z\r\nDTSTART;VALUE=DATE:20261123\r\n"
        "DTEND;VALUE=DATE:20261129\r\nSUMMARY:Storage and battery expo\r\nLOCATION:Linden Fair Halls\r\nEND:VEVENT\r\n"
    )
    festival = vevent("fest", "20261123T090000", "Speech festival").replace(
        "DURATION:PT2H", "DTEND;TZID=Asia/Shanghai:20261128T170000"
    )
    world.says("fair.ics", calendar(expo, festival, vevent("eve", "20261127T190000", "Debate evening")))
    told = world.run(25, "week")
    titles = {each.title for each in world.held()}
    assert titles == {"Storage and battery expo", "Speech festival", "Debate evening"}
    assert "Storage and battery expo" in {pick["title"] for pick in told["picks"]}, "planned as a visit"
