"""The published calendar: the rules that real clients need, read back by an independent parse of its lines."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from planner.i18n.catalog import Catalog
from planner.identity.lifecycle import snapshot_of
from planner.identity.recovery import published_states
from planner.render.calendar import write, write_fitting
from spiders.items import Place
from tests.support.calendars import entry, events, lines
from tests.support.events import NOW, make_event

ZH = Catalog("zh")


def test_the_head_of_a_calendar():
    head = lines(write("圈子", [entry(make_event("a"))], "Asia/Shanghai", ZH))
    assert head[:5] == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Quanzi//Quanzi//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
    ]
    assert {"NAME:圈子", "X-WR-CALNAME:圈子", "X-WR-TIMEZONE:Asia/Shanghai"} <= set(head)
    assert {"REFRESH-INTERVAL;VALUE=DURATION:PT6H", "X-PUBLISHED-TTL:PT6H"} <= set(head)
    before_events = head[: head.index("BEGIN:VEVENT")]
    assert not any(line.startswith("UID") for line in before_events), "a calendar-level UID loses events in vdirsyncer"
    assert head.index("BEGIN:VTIMEZONE") < head.index("BEGIN:VEVENT")


def test_every_event_has_what_clients_need_once():
    (found,) = events(
        write("x", [entry(make_event("a", end=NOW + timedelta(days=4, hours=1)), sequence=3)], "Asia/Shanghai", ZH)
    )
    assert {"UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "SUMMARY", "STATUS", "TRANSP"} <= set(found)
    assert found["SEQUENCE"] == "3"
    assert found["DTSTAMP"] == found["LAST-MODIFIED"] == "20261120T120000Z"
    assert found["DTSTART;TZID=Asia/Shanghai"] == "20261124T193000"
    assert "ORGANIZER" not in found
    assert "ATTENDEE" not in found


def test_bytes_crlf_folds_and_the_end():
    content = write("x", [entry(make_event("标" * 200), description="述" * 3000)], "Asia/Shanghai", ZH)
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert b"\r\n\r\n" not in content


@pytest.mark.parametrize("sign", ["é", "中", "🎲", "👨‍👩‍👧", "\n", "\\", ";", ","])
def test_a_fold_never_breaks_a_character(sign):
    texts = ["a" * offset + sign * 30 for offset in range(81)]
    each_offset = [entry(make_event("t", uid=f"{number:02d}"), description=text) for number, text in enumerate(texts)]
    content = write("x", each_offset, "Asia/Shanghai", ZH)
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
        line.decode()
    found = {str(each["UID"])[:2]: str(each["DESCRIPTION"]) for each in Calendar.from_ical(content).walk("VEVENT")}
    assert all(found[f"{number:02d}"].endswith(text.strip()) for number, text in enumerate(texts))


def test_an_all_day_event_is_dates_with_an_exclusive_end():
    start = NOW.replace(hour=0, minute=0)
    one = entry(make_event("一天", start=start, all_day=True))
    three = entry(make_event("三天", start=start, end=start + timedelta(days=3), all_day=True))
    found = events(write("x", [one, three], "Asia/Shanghai", ZH))
    assert [(each["DTSTART;VALUE=DATE"], each["DTEND;VALUE=DATE"]) for each in found] == [
        ("20261120", "20261121"),
        ("20261120", "20261123"),
    ]
    assert all(each["TRANSP"] == "TRANSPARENT" for each in found)


def test_an_unknown_or_impossible_end_is_two_hours_and_said():
    backwards = make_event("b", end=NOW)
    for event in (make_event("a"), backwards):
        (found,) = events(write("x", [entry(event)], "Asia/Shanghai", ZH))
        assert found["DTEND;TZID=Asia/Shanghai"] == "20261124T213000"
        assert "两小时" in found["DESCRIPTION"]


def test_a_cancelled_event_says_so_in_its_title_and_stays_visible():
    (found,) = events(write("x", [entry(make_event("沙龙", status="cancelled"), sequence=1)], "Asia/Shanghai", ZH))
    assert found["SUMMARY"] == "【取消】沙龙"
    assert (found["STATUS"], found["TRANSP"]) == ("CONFIRMED", "TRANSPARENT")


def test_only_web_links_become_urls():
    for address in (
        "javascript:alert(1)",
        "file:///etc/passwd",
        "https://x.example/\r\nX-EVIL:1",
        "mailto:a@b.example",
    ):
        (found,) = events(write("x", [entry(make_event("a", url=address))], "Asia/Shanghai", ZH))
        assert "URL" not in found
        assert "X-EVIL" not in found


def test_backslashes_before_any_letter_stay_what_they_are():
    for title in ("C:\\NEW", "C:\\new", "a\\\\N", "\\N", "x\\;y"):
        content = write("x", [entry(make_event(title), description=title)], "Asia/Shanghai", ZH)
        (line,) = [line for line in lines(content) if line.startswith("SUMMARY:")]
        value = line.removeprefix("SUMMARY:").replace("\\\\", "\0").replace("\\;", ";").replace("\0", "\\")
        assert value == title


def test_control_signs_never_reach_the_file():
    nasty = "a\x00b\x1bc\x85d\u2028e\u202ef\rg\nBEGIN:VEVENT"
    content = write("x", [entry(make_event(nasty, uid="a", url=nasty), description=nasty)], "Asia/Shanghai", ZH)
    assert len(events(content)) == 1
    assert not any(sign in content.decode() for sign in "\x00\x1b\x85\u2028\u202e")


def test_a_file_stays_within_what_google_reads():
    """The far past goes first, then the far future; what is near stays (C23)."""
    long = "很长的说明。" * 400
    spread = [
        entry(make_event(f"e{day}", uid=f"e{day:04d}", start=NOW + timedelta(days=day)), description=long)
        for day in range(-200, 200)
    ]
    content, left_out = write_fitting("x", spread, "Asia/Shanghai", ZH, NOW)
    days = sorted(int(each["UID"].partition("@")[0][1:]) for each in events(content))
    assert len(content) <= 700_000
    assert len(days) + left_out == len(spread)
    assert days == list(range(len(days)))
    assert 50 < len(days) < 200
    small = [entry(make_event("x", uid=f"f{number}", start=NOW + timedelta(hours=number))) for number in range(-900, 5)]
    content, left_out = write_fitting("x", small, "Asia/Shanghai", ZH, NOW)
    assert (len(events(content)), left_out) == (800, 105)
    assert {"f4@quanzi", "f-795@quanzi"} <= {each["UID"] for each in events(content)}
    assert "f-796@quanzi" not in {each["UID"] for each in events(content)}
    fitting = write_fitting("x", small[:50], "Asia/Shanghai", ZH, NOW)
    assert fitting == (write("x", small[:50], "Asia/Shanghai", ZH), 0)


def test_what_still_runs_stays_while_what_is_over_makes_room():
    fair = make_event("fair", uid="fair", start=NOW - timedelta(days=60), end=NOW + timedelta(days=3))
    over = [make_event("x", uid=f"o{number}", start=NOW - timedelta(days=30, hours=number)) for number in range(1, 900)]
    content, left_out = write_fitting("x", [entry(each) for each in (fair, *over)], "Asia/Shanghai", ZH, NOW)
    assert left_out == 100
    assert {"fair@quanzi", "o1@quanzi"} <= {each["UID"] for each in events(content)}


def test_a_cancellation_may_be_said_by_its_status_as_well():
    off = entry(make_event("会", status="cancelled"))
    (shown,) = events(write("x", [off], "Asia/Shanghai", ZH, cancelled="status"))
    assert shown["STATUS"] == "CANCELLED"
    assert shown["SUMMARY"] == "【取消】会"


def test_the_same_events_give_the_same_bytes_in_any_order():
    many = [entry(make_event(f"e{number}", start=NOW + timedelta(hours=number % 5))) for number in range(9)]
    assert write("x", many, "Asia/Shanghai", ZH) == write("x", many[::-1], "Asia/Shanghai", ZH)


@pytest.mark.parametrize(("zone", "day"), [("Europe/London", "2027-03-28"), ("America/Los_Angeles", "2026-11-01")])
def test_instants_are_right_on_the_days_of_summer_time(zone, day):
    info = ZoneInfo(zone)
    starts = [datetime.fromisoformat(f"{day}T{hour:02d}:30").replace(tzinfo=info) for hour in (0, 4, 12, 23)]
    content = write("x", [entry(make_event(f"e{n}", start=start)) for n, start in enumerate(starts)], zone, ZH)
    read = [component["DTSTART"].dt for component in Calendar.from_ical(content).walk("VEVENT")]
    assert sorted(moment.timestamp() for moment in read) == [start.timestamp() for start in starts]


def test_no_pass_of_a_repeated_hour_can_be_taken_for_the_other():
    twice = datetime(2026, 11, 1, 1, 30, tzinfo=ZoneInfo("America/New_York"))
    early, late = make_event("1st", start=twice), make_event("2nd", start=twice.replace(fold=1))
    before = make_event("end", start=twice.replace(hour=0), end=twice.replace(fold=1, minute=45))
    first, second, ending = (events(write("x", [entry(each)], "UTC", ZH))[0] for each in (early, late, before))
    assert (first["DTSTART"], first["DTEND"]) == ("20261101T053000Z", "20261101T073000Z")
    assert (second["DTSTART"], second["DTEND"]) == ("20261101T063000Z", "20261101T083000Z")
    assert (ending["DTSTART"], ending["DTEND"]) == ("20261101T043000Z", "20261101T064500Z")


def test_a_lost_store_finds_events_of_a_repeated_hour_again(tmp_path):
    zone = ZoneInfo("America/New_York")
    twice = datetime(2026, 11, 1, 1, 30, tzinfo=zone)
    starts = {"1st": twice, "2nd": twice.replace(fold=1), "later": twice.replace(hour=12)}
    known = [make_event(name, start=start, end=start.replace(hour=20)) for name, start in starts.items()]
    (tmp_path / "plan.ics").write_bytes(write("x", [entry(each) for each in known], "America/New_York", ZH))
    states = published_states(tmp_path, zone)
    assert {name: (state.snapshot["start"], state.snapshot["end"]) for name, state in states.items()} == {
        each.uid: (snapshot_of(each)["start"], snapshot_of(each)["end"]) for each in known
    }


def test_an_hour_that_the_clocks_leave_out_is_written_as_the_one_they_show():
    left_out = datetime(2026, 3, 8, 2, 30, tzinfo=ZoneInfo("America/New_York"))
    (found,) = events(write("x", [entry(make_event("a", start=left_out))], "UTC", ZH))
    assert found["DTSTART;TZID=America/New_York"] == "20260308T033000"
    assert found["DTEND;TZID=America/New_York"] == "20260308T053000"


def test_an_assumed_end_is_two_hours_later_also_when_the_clocks_change():
    start = datetime(2026, 3, 8, 1, 0, tzinfo=ZoneInfo("America/New_York"))
    (found,) = events(write("x", [entry(make_event("a", start=start))], "UTC", ZH))
    assert found["DTEND;TZID=America/New_York"] == "20260308T040000"


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(min_size=1, max_size=80), st.text(max_size=300), st.integers(0, 60_000)),
        min_size=1,
        max_size=6,
    )
)
def test_whatever_the_texts_an_independent_reader_finds_the_same_events(drawn):
    entries = [
        entry(
            make_event(str(number), start=NOW + timedelta(minutes=minutes), place=Place(name=title), url=text[:50]),
            description=text,
        )
        for number, (title, text, minutes) in enumerate(drawn)
    ]
    content = write("x", entries, "Asia/Shanghai", ZH)
    found = Calendar.from_ical(content).walk("VEVENT")
    assert {str(component["UID"]) for component in found} == {f"{number}@quanzi" for number in range(len(drawn))}
    starts = {str(component["UID"]): component["DTSTART"].dt for component in found}
    for number, (_, _, minutes) in enumerate(drawn):
        assert starts[f"{number}@quanzi"] == NOW + timedelta(minutes=minutes)
