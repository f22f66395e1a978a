"""``quanzi communities``: people with their rhythm, next evening and how to join; a newly found one is news."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from tests.support.cli import run

CONFIG = """city: 上海
timezone: Asia/Shanghai
language: {language}
interests: {{practice: [toastmasters]}}
sources: [{{id: club, kind: ical, file: club.ics}}]
output: {{folder: out}}
"""
TUESDAY = datetime(2026, 11, 3, 19, 30)


def calendar(*weeks: int) -> str:
    events = "".join(
        f"BEGIN:VEVENT\nUID:{week}@club.example\nSUMMARY:Toastmasters meeting {100 + week}\n"
        f"DTSTART;TZID=Asia/Shanghai:{TUESDAY + timedelta(weeks=week):%Y%m%dT%H%M%S}\n"
        f"ORGANIZER;CN=Sample Speakers:mailto:club@club.example\nURL:https://club.example/speakers/{week}\n"
        "LOCATION:South Studio\nEND:VEVENT\n"
        for week in weeks
    )
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{events}END:VCALENDAR\n"


@pytest.fixture
def home(tmp_path):
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), "utf-8")
    return tmp_path


def at(home, day: str, *weeks: int, command: str = "week"):
    """A run on a day, of a calendar that tells of these weeks."""
    (home / "club.ics").write_text(calendar(*weeks), "utf-8")
    told = run(home, command, "--now", f"{day}T12:00:00+08:00")
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_a_club_with_its_rhythm_and_next_evening(home):
    at(home, "2026-11-02", 0)
    at(home, "2026-11-09", 1)
    at(home, "2026-11-16", 2)
    at(home, "2026-11-23", 3)
    told = run(home, "communities", "--now", "2026-11-23T12:00:00+08:00").stdout
    assert "Sample Speakers" in told
    assert "every Tue at 19:30" in told
    assert "South Studio" in told
    assert "next: Tue 24 Nov 19:30" in told
    assert "sign up: https://club.example/speakers/3" in told
    assert "mailto" not in told
    body = json.loads(run(home, "communities", "--json", "--now", "2026-11-26T12:00:00+08:00").stdout)
    assert (body["name"], body["steady"], body["next"], body["expected"]) == (
        "Sample Speakers",
        True,
        None,
        "2026-12-01",
    )
    assert body["cadence"]["weekdays"] == [1]
    assert body["join"] == {"sign_up": None, "account": None, "group": "https://club.example/speakers/"}


def test_a_rhythm_that_shows_is_news_once_and_no_event(home):
    told = []
    for day, week in (("02", 0), ("09", 1), ("16", 2), ("23", 3), ("30", 4)):
        at(home, f"2026-11-{day}", week)
        told.append("meets every Tue at 19:30" in (home / "out" / "digest.txt").read_text("utf-8"))
    assert told == [False, False, True, False, False]
    at(home, "2026-12-07")
    assert "20261208" not in (home / "out" / "plan.ics").read_text("utf-8"), "what is expected is no event"
    assert "perhaps on Tue 8 Dec" in (home / "out" / "digest.txt").read_text("utf-8")


def test_without_any_it_says_so(home):
    (home / "club.ics").write_text(calendar(), "utf-8")
    assert "No community is known yet" in run(home, "communities").stdout


def test_a_track_can_be_asked_for(home):
    at(home, "2026-11-02", 0)
    assert (
        "Sample Speakers"
        in run(home, "communities", "--track", "practice", "--now", "2026-11-02T12:00:00+08:00").stdout
    )
    assert run(home, "communities", "--track", "industry", "--json").stdout == ""
