"""The rules by which real clients live (docs/calendar.md), numbered, on every file of a history of runs.

``check_form`` knows nothing of iCalendar libraries: it reads lines as a careless client would.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.calendar import write_fitting
from planner.words import Words
from spiders.items import Place
from spiders.workers import ReaderPool, read_document
from tests.conftest import NOW, make_event
from tests.planner.test_calendar import entry
from tests.planner.test_history import FIRST, Feed, World, city, event

NAMES = ("plan.ics", "public/all.ics", "public/industry.ics", "public/practice.ics")
ONCE = ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "LAST-MODIFIED", "STATUS", "TRANSP")
KNOWN = {*ONCE, "LOCATION", "GEO", "DESCRIPTION", "URL", "CATEGORIES"}
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029]")
EN = Words("en")


@dataclass(frozen=True)
class Line:
    """One unfolded property: ``DTSTART;TZID=x:value``."""

    name: str
    parameters: str
    value: str


def unfolded(content: bytes) -> list[str]:
    return content.decode("utf-8").replace("\r\n ", "").split("\r\n")[:-1]


def parted(text: str) -> Line:
    head, _, value = text.partition(":")
    name, _, parameters = head.partition(";")
    return Line(name, parameters, value)


def components(content: bytes, name: str) -> list[list[Line]]:
    found: list[list[Line]] = []
    inside = False
    for text in unfolded(content):
        if text == f"BEGIN:{name}":
            found.append([])
            inside = True
        elif text == f"END:{name}":
            inside = False
        elif inside:
            found[-1].append(parted(text))
    return found


def events(content: bytes) -> dict[str, dict[str, Line]]:
    return {
        next(line.value for line in lines if line.name == "UID"): {line.name: line for line in lines}
        for lines in components(content, "VEVENT")
    }


def moment(line: Line) -> datetime:
    if line.parameters == "VALUE=DATE":
        return datetime.strptime(line.value, "%Y%m%d").replace(tzinfo=UTC)
    if line.value.endswith("Z"):
        return datetime.strptime(line.value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    return datetime.strptime(line.value, "%Y%m%dT%H%M%S").replace(
        tzinfo=ZoneInfo(line.parameters.removeprefix("TZID="))
    )


def check_form(content: bytes, *, public: bool) -> None:
    """C2 and C11 to C24, on one file."""
    check_lines(content)
    check_head(content)
    zones = {line.value for lines in components(content, "VTIMEZONE") for line in lines if line.name == "TZID"}
    written = components(content, "VEVENT")
    uids = [line.value for lines in written for line in lines if line.name == "UID"]
    assert len(uids) == len(set(uids)) == len(written), "C2"
    assert all(uid.isascii() and len(uid) <= 128 for uid in uids), "C2"
    for lines in written:
        check_event(lines, zones, public=public)
    assert len(content) <= 700_000, "C23"
    assert len(written) <= 800, "C23"


def check_lines(content: bytes) -> None:
    assert content.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:"), "C11, C12"
    assert content.endswith(b"END:VCALENDAR\r\n"), "C11"
    for line in content[:-2].split(b"\r\n"):
        assert line, "C11: no blank line"
        assert b"\r" not in line, "C11"
        assert b"\n" not in line, "C11"
        assert len(line) <= 75, "C11"
        line.decode("utf-8")  # C11: no character is cut
    assert not any(CONTROLS.search(text) for text in unfolded(content)), "C21"


def check_head(content: bytes) -> None:
    head = Counter(unfolded(content)[: next((n for n, t in enumerate(unfolded(content)) if t == "BEGIN:VEVENT"), None)])
    for needed in ("CALSCALE:GREGORIAN", "METHOD:PUBLISH"):
        assert head[needed] == 1, "C12"
    for needed in ("REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"):
        assert head[needed] == 1, "C14"
    named = {parted(text).name for text in head}
    assert {"NAME", "X-WR-CALNAME", "X-WR-TIMEZONE"} <= named, "C15"
    assert "UID" not in named, "a calendar-level UID loses events in vdirsyncer"
    assert all(re.fullmatch(r"X-[A-Z0-9-]+", name) for name in named if name.startswith("X-")), "C24"
    for lines in components(content, "VTIMEZONE"):
        assert {line.name for line in lines} <= {
            "TZID", "BEGIN", "END", "DTSTART", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "RDATE", "RRULE",
        }, "C16"  # fmt: skip


def check_event(lines: list[Line], zones: set[str], *, public: bool) -> None:
    counted = Counter(line.name for line in lines)
    assert all(counted[name] == 1 for name in ONCE), "C13"
    assert max(counted.values()) == 1, "C13"
    assert set(counted) <= KNOWN, "C12, C19, C20: no people, no rules, no alarms"
    by_name = {line.name: line for line in lines}
    start, end = by_name["DTSTART"], by_name["DTEND"]
    for line in (start, end):
        if line.parameters == "VALUE=DATE":
            assert re.fullmatch(r"\d{8}", line.value), "C17"
        elif line.parameters:
            assert re.fullmatch(r"\d{8}T\d{6}", line.value), "C16"
            assert line.parameters.removeprefix("TZID=") in zones, "C16: its zone is in the file"
        else:
            assert re.fullmatch(r"\d{8}T\d{6}Z", line.value), "C16: no floating time"
    assert (start.parameters == "VALUE=DATE") == (end.parameters == "VALUE=DATE"), "C17"
    assert moment(end) > moment(start), "C18"
    assert by_name["SEQUENCE"].value.isdecimal(), "C5"
    assert by_name["DTSTAMP"].value == by_name["LAST-MODIFIED"].value, "C4"
    assert by_name["STATUS"].value in {"CONFIRMED", "TENTATIVE"}, "C7"
    for name in ("SUMMARY", "LOCATION", "DESCRIPTION", "CATEGORIES"):
        if name in by_name:
            assert not re.search(r"(?<!\\)(?:\\\\)*(?:;|\\[^\\;,nN])", by_name[name].value), "C21: escaped"
    description = re.sub(r"\\(.)", lambda match: "\n" if match[1] in "nN" else match[1], value(by_name, "DESCRIPTION"))
    assert len(description) <= (300 if public else 4_000), "C21"
    assert re.match(r"https?://|$", value(by_name, "URL")), "C21"


def value(lines: dict[str, Line], name: str) -> str:
    return lines[name].value if name in lines else ""


@pytest.fixture(autouse=True)
def read_here(monkeypatch):
    """The histories are about the files: reading happens here, without starting processes for each run."""
    monkeypatch.setattr(
        ReaderPool, "read", lambda self, document, context, kind: read_document(document, context, kind)
    )


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
    patch = pytest.MonkeyPatch()
    patch.setattr(ReaderPool, "read", lambda self, document, context, kind: read_document(document, context, kind))
    world = city(tmp_path_factory.mktemp("rules"))
    yield history(world, 22, busy_world)
    patch.undo()


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
            face = [each for each in ("SUMMARY", "DTSTART", "DTEND", "LOCATION") if old.get(each) != new.get(each)]
            old_sequence, new_sequence = int(old["SEQUENCE"].value), int(new["SEQUENCE"].value)
            if face:
                assert new_sequence == old_sequence + 1, (uid, face)
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


def test_c07_a_cancellation_is_seen_for_a_week_after_its_day(published):
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


TEXTS = st.one_of(
    st.text(max_size=80),
    st.text("中文字👩‍👩‍👧‍👦é\n\r\\;,: \u202e\u2066\x00\x85\u2028", max_size=60),
    st.integers(1, 10_000).map(lambda length: "长" * length),
)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe")


@st.composite
def random_entries(draw):
    """Events with any texts, around the days on which clocks change as well."""
    zone = ZoneInfo(draw(st.sampled_from(ZONES)))
    days = st.integers(-40, 200) | st.sampled_from([-26, -19, 113, 128, 135])
    made = []
    for number in range(draw(st.integers(0, 6))):
        start = (NOW + timedelta(days=draw(days), minutes=draw(st.integers(0, 24 * 60)))).astimezone(zone)
        all_day = draw(st.booleans())
        if all_day:
            start = start.replace(hour=0, minute=0)
        end = start + timedelta(minutes=draw(st.integers(-60, 5000))) if draw(st.booleans()) else None
        text = draw(TEXTS)
        made.append(
            entry(
                make_event(
                    draw(TEXTS) or "x",
                    uid=f"{number:08x}",
                    start=start,
                    end=end,
                    all_day=all_day,
                    place=Place(name=text, address=draw(TEXTS)),
                    url=draw(st.one_of(st.none(), TEXTS, st.just("https://ok.example/a?b=1"))),
                    status=draw(st.sampled_from(["confirmed", "tentative", "cancelled", "postponed"])),
                ),
                sequence=draw(st.integers(0, 9)),
                description=text,
            )
        )
    return made, str(zone)


def check_random(drawn) -> None:
    entries, zone = drawn
    content, left_out = write_fitting("圈子", entries, zone, EN, NOW)
    check_form(content, public=False)
    assert len(events(content)) + left_out == len(entries)
    assert write_fitting("圈子", list(reversed(entries)), zone, EN, NOW) == (content, left_out)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_entries())
def test_c30_any_events_keep_the_rules(drawn):
    check_random(drawn)


@pytest.mark.long
@settings(max_examples=2_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(random_entries())
def test_c30_any_events_keep_the_rules_at_length(drawn):
    check_random(drawn)
