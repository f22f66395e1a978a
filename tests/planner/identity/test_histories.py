"""Some days of changing calendars: what forgets, what is cut off, what runs; and what subscribers then see."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from planner.config.postgres import Postgres
from tests.support.cli import run
from tests.support.events import SHANGHAI
from tests.support.worlds import Feed, World, event

Seen = dict[str, tuple[str, int]]
"""The entries of all.ics: SUMMARY by UID, with SEQUENCE."""
NIGHTS = [(2, "Board games one"), (4, "Storage salon two"), (6, "Board games three"), (8, "Storage salon four"),
          (10, "Board games five"), (12, "Storage salon six"), (14, "Board games seven"), (16, "Storage salon eight"),
          (18, "Board games nine"), (20, "Storage salon ten")]  # fmt: skip


@pytest.fixture
def world(tmp_path, place) -> World:
    server = place if isinstance(place, Postgres) else None
    return World(tmp_path, {"club": Feed()}, now=morning(23), place=server)


def morning(day: int) -> datetime:
    return datetime(2026, 11, day, 8, 0, tzinfo=SHANGHAI)


def evenings(count: int) -> dict[str, dict[str, str]]:
    return {f"e{number}": event(date(2026, 12, day), 19, title) for number, (day, title) in enumerate(NIGHTS[:count])}


def all_ics(world: World, day: int, *, weekly: bool = False) -> Seen:
    world.now = morning(day)
    calendar = Calendar.from_ical(world.run(weekly=weekly)["public/all.ics"])
    entries = calendar.walk("VEVENT")
    assert not any("confirmed" in str(entry.get("DESCRIPTION", "")) for entry in entries), "nothing is doubted"
    assert not world.alarms
    return {str(entry["UID"]): (str(entry["SUMMARY"]), int(entry["SEQUENCE"])) for entry in entries}


def test_s2_limited(world):
    """A calendar holds the next six events only. A new one pushes the last of them out, and when the first are over the
    last is shown again: what lies beyond the last event shown is not known to be gone. It stays as it was, confirmed
    and without a doubt, and is the same entry with the same SEQUENCE when it comes back. The new one is published."""
    known = evenings(6)
    known["e0"]["start"] = "20261125T190000"
    new = event(date(2026, 11, 26), 19, "Board games anew")
    world.feeds["club"].events = dict(known)
    first = all_ics(world, 23, weekly=True)
    assert len(first) == 6
    pushed = {"e0": known["e0"], "new": new} | {name: known[name] for name in ("e1", "e2", "e3", "e4")}
    for day in (24, 25):
        world.feeds["club"].events = dict(pushed)
        seen = all_ics(world, day)
        assert {uid: seen[uid] for uid in first} == first
        assert [summary for summary, _ in seen.values()].count("Board games anew") == 1
    del known["e0"]
    world.feeds["club"].events = dict(known)
    seen = all_ics(world, 27)
    assert {uid: seen[uid] for uid in first} == first
    assert len(seen) == 7


def cut_off(text: str) -> str:
    """Within the eighth event."""
    return text[: text.index("UID:e7") + 60]


def slip(text: str) -> str:
    return text.replace("DTSTART;TZID=Asia/Shanghai:20261210T", "DTSTART;TZID=Asia/Shanghai:2026121OT")


@pytest.mark.parametrize("damage", [cut_off, slip])
def test_s10_truncated(world, monkeypatch, damage: Callable[[str], str]):
    """Ten events, then the file ends within the eighth, or the date of the fifth has a slip and cannot be read (but its
    UID is still listed): neither shows an absence. All ten stay as they were, confirmed, on both days, and on
    the days after."""
    world.feeds["club"].events = evenings(10)
    first = all_ics(world, 23, weekly=True)
    assert len(first) == 10
    whole = Feed.text
    for day in (24, 25, 26, 27):
        monkeypatch.setattr(Feed, "text", lambda feed, day=day: damage(whole(feed)) + " " * day)
        assert all_ics(world, day) == first


EXPO = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//t//t//EN\r
BEGIN:VEVENT\r
UID:expo\r
SUMMARY:储能展会\r
DTSTART;VALUE=DATE:20261123\r
DTEND;VALUE=DATE:20261129\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:festival\r
SUMMARY:桌游节\r
DTSTART;TZID=Asia/Shanghai:20261123T090000\r
DTEND;TZID=Asia/Shanghai:20261128T170000\r
END:VEVENT\r
BEGIN:VEVENT\r
UID:evening\r
SUMMARY:桌游之夜\r
DTSTART;TZID=Asia/Shanghai:20261127T190000\r
END:VEVENT\r
END:VCALENDAR\r
"""


def ask(folder: Path, *arguments: str) -> str:
    told = run(folder, *arguments)
    assert told.returncode == 0, told.stderr
    return told.stdout


def uids_in(text: str) -> set[str]:
    return {copy["uid"] for line in text.splitlines() for copy in json.loads(line)["copies"]}


def test_s6_ongoing(tmp_path):
    """On Wednesday the 25th a calendar holds an expo of whole days from Monday to Saturday, a festival from Monday 9:00
    to Saturday 17:00, and an evening on Friday: all three are in `events --json` of the 25th to the 29th and in
    all.ics, though two of them began before they were first read; and they stay for 30 days after their end."""
    (tmp_path / "hall.ics").write_text(EXPO, newline="")
    (tmp_path / "config.yaml").write_text(
        "language: zh\ninterests: {industry: [储能], practice: [桌游]}\n"
        "sources: [{id: hall, kind: ical, file: hall.ics}]\n"
    )
    ask(tmp_path, "week", "--now", "2026-11-25T08:00:00+08:00", "--quiet")
    every = {"expo", "festival", "evening"}
    now = ("events", "--json", "--now", "2026-11-25T09:00:00+08:00")
    assert uids_in(ask(tmp_path, *now, "--from", "2026-11-25", "--to", "2026-11-29")) == every
    assert uids_in(ask(tmp_path, *now)) == every
    assert uids_in(ask(tmp_path, *now, "--from", "2026-11-29")) == set()
    assert titles_in(tmp_path) == {"储能展会", "桌游节", "桌游之夜"}
    (tmp_path / "hall.ics").write_text(EXPO[: EXPO.index("BEGIN:VEVENT")] + "END:VCALENDAR\r\n", newline="")
    for later, left in (("2026-12-26", {"储能展会", "桌游节", "桌游之夜"}), ("2026-12-30", set())):
        ask(tmp_path, "week", "--now", f"{later}T08:00:00+08:00", "--quiet")
        assert titles_in(tmp_path) == left


def titles_in(folder: Path) -> set[str]:
    calendar = Calendar.from_ical((folder / "out/public/all.ics").read_bytes())
    return {str(each["SUMMARY"]) for each in calendar.walk("VEVENT")}
