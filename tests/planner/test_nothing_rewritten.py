"""Refreshing without news rewrites nothing: calendars stay the same to the byte, and entries of the feed too."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.cli import run
from tests.support.histories import History, calendar, vevent

CALENDARS = ("plan.ics", "public/all.ics", "public/industry.ics", "public/practice.ics")
PEOPLE = "ORGANIZER;CN=Linden Storage Club:mailto:post@linden.example"
OTHERS = "ORGANIZER;CN=Juniper Debaters:mailto:post@juniper.example"
WEEKLY = "RRULE:FREQ=WEEKLY"


@pytest.fixture
def club(tmp_path):
    """Evenings in series, single ones, one that lasts for days; an own calendar; three weeks that were planned before,
    and one evening where the user was."""
    history = History(tmp_path, "{id: club, kind: ical, file: club.ics}", "week: {busy: [own.ics], budget: 200}\n")
    expo = vevent("expo", "20261123T100000", "Storage and battery expo").replace(
        "DURATION:PT2H", "DTEND;TZID=Asia/Shanghai:20261128T170000"
    )
    history.says("club.ics", calendar(
        vevent("w", "20261007T190000", "Storage speech night", WEEKLY, PEOPLE),
        vevent("d", "20261008T190000", "Debate round", WEEKLY, OTHERS, place="Juniper House"),
        vevent("sat", "20261128T190000", "Board games Saturday"),
        vevent("sun", "20261129T140000", "Speech Sunday"),
        expo,
    ))  # fmt: skip
    history.says("own.ics", calendar(vevent("own", "20261126T180000", "Own", "SEQUENCE:1")))
    for day in (2, 9, 16):
        history.run(day, "week")
    done = run(tmp_path, "went", "Storage speech night", "--now", "2026-11-19T09:00:00+08:00")
    assert done.returncode == 0, done.stderr
    return history


def calendars(folder: Path) -> dict[str, bytes]:
    return {name: (folder / "out" / name).read_bytes() for name in CALENDARS}


def entries(folder: Path) -> set[str]:
    """The entries of the feed that are there to stay."""
    text = (folder / "out/public/atom.xml").read_text("utf-8")
    return set(re.findall(r"<entry>.*?</entry>", text, re.DOTALL))


@pytest.mark.parametrize(("first", "refreshes"), [
    ((23, 8), ((23, 13), (24, 8), (25, 8))),
    ((25, 8), ((25, 22), (26, 8), (27, 8))),
    ((27, 20), ((27, 22), (28, 8), (29, 8))),
    ((29, 21), ((29, 23), (30, 8), (31, 8))),
])  # fmt: skip
def test_three_refreshes_after_a_week(club, first, refreshes):
    """On the same day, the next morning and the day after: over a Friday evening, when the next week is planned beside
    what is left of this one, and over the end of a week."""
    day, hour = first
    club.run(day, "week", hour=hour)
    before, told = calendars(club.folder), entries(club.folder)
    assert b"fourth time with this group" in before["plan.ics"].replace(b"\r\n ", b""), (
        "what only the plan knows stands there too"
    )
    for day, hour in refreshes:
        club.run(day, hour=hour)
        assert calendars(club.folder) == before
        assert entries(club.folder) <= told, "what is over leaves the feed, and nothing else changes"


def test_what_changes_is_raised(club):
    """The one evening that moved has a higher SEQUENCE and a later stamp; no other entry is touched."""
    club.run(23, "week")
    before = _entries_of(club.folder)
    text = (club.folder / "club.ics").read_text("utf-8")
    club.says("club.ics", text.replace("20261128T190000", "20261128T193000"))
    club.run(24)
    now = _entries_of(club.folder)
    assert now.keys() >= before.keys(), "the series go on by some weeks"
    (changed,) = [uid for uid in before if now[uid] != before[uid]]
    assert "Board games Saturday" in now[changed]
    assert _stamps(now[changed]) > _stamps(before[changed])


def _entries_of(folder: Path) -> dict[str, str]:
    text = (folder / "out/public/all.ics").read_text("utf-8")
    found = re.findall(r"BEGIN:VEVENT.*?END:VEVENT", text, re.DOTALL)
    return {re.search(r"UID:(\S+)", each)[1]: each for each in found}  # type: ignore[index]


def _stamps(entry: str) -> tuple[int, str]:
    sequence, stamp = (re.search(rf"{name}:(\S+)", entry) for name in ("SEQUENCE", "DTSTAMP"))
    assert sequence
    assert stamp
    return int(sequence[1]), stamp[1]
