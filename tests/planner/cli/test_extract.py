"""The readers on files and texts: extract, when."""

from __future__ import annotations

import json
import re

from tests.support.cli import CALENDAR, NOW, run


def test_extract_prints_one_object_a_line(home):
    result = run(home, "extract", "club.ics", "--now", NOW, "--json")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["uid"] for row in rows] == ["speech", "storage"]
    assert rows[0]["start"] == "2026-11-24T19:30:00+08:00"
    assert rows[0]["sure"] == "stated"
    assert {"title", "end", "all_day", "timezone", "location", "mode", "url", "organizer", "price", "status"} <= set(
        rows[0]
    )
    narrow = run(home, "extract", "club.ics", "--now", NOW, "--json", "--window", "2026-11-25T00:00Z/2026-11-30T00:00Z")
    assert len(narrow.stdout.splitlines()) == 1
    piped = run(home, "extract", "-", "--now", NOW, "--json", stdin=CALENDAR)
    assert piped.stdout == result.stdout
    assert "19:30–21:30" in run(home, "extract", "club.ics", "--now", NOW).stdout


RUNNING = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:fair
SUMMARY:Tide fair
DTSTART;VALUE=DATE:20261123
DTEND;VALUE=DATE:20261129
END:VEVENT
BEGIN:VEVENT
UID:over
SUMMARY:Tide talk
DTSTART:20261123T110000Z
DTEND:20261124T130000Z
END:VEVENT
BEGIN:VEVENT
UID:camp
SUMMARY:Tide camp
DTSTART:20261106T010000Z
DTEND:20261108T010000Z
RRULE:FREQ=DAILY;INTERVAL=9
END:VEVENT
END:VCALENDAR
"""


def test_extract_shows_what_runs_when_the_window_begins(home):
    window = "2026-11-25T00:00:00+08:00/2026-11-30T00:00:00+08:00"
    result = run(home, "extract", "-", "--now", NOW, "--json", "--window", window, stdin=RUNNING)
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(row["uid"], row["start"]) for row in rows] == [
        ("fair", "2026-11-23"),
        ("camp", "2026-11-24T09:00:00+08:00"),
    ]


def test_extract_finding_nothing_prints_nothing_and_says_why(home):
    result = run(home, "extract", "-", "--kind", "ical", "--now", NOW, "--json", stdin="<html><body>hi</body></html>")
    assert (result.returncode, result.stdout) == (0, "")
    assert "not a calendar" in result.stderr


def test_when_tells_limits_apart_from_sessions(home):
    result = run(home, "when", "请在10月8日之前报名", "--now", "2026-10-01T00:00:00+08:00", "--json")
    found = json.loads(result.stdout)
    assert found["sessions"] == []
    assert found["periods"] == [{"start": None, "end": "2026-10-08T00:00:00+08:00", "words": "10月8日之前"}]


def test_when_reads_a_text_or_many_lines(home):
    one = json.loads(run(home, "when", "本周六下午2点", "--now", NOW, "--json").stdout)
    assert one["sessions"][0]["start"] == "2026-11-21T14:00:00+08:00"
    many = run(home, "when", "-", "--json", stdin="2026-11-23T09:00:00+08:00\t本周六下午2点\n没有时间\n")
    rows = [json.loads(line) for line in many.stdout.splitlines()]
    assert rows[0]["sessions"][0]["start"] == "2026-11-28T14:00:00+08:00"
    assert rows[1] == {"sessions": [], "recurrence": None, "conflicts": [], "periods": []}


ANNOUNCED = "纸灯读书会\n\n时间：12月5日 19:30\n地点：旧仓\n报名截止12月1日，欢迎报名\n"


def test_extract_tells_on_request_what_decided(home):
    result = run(home, "extract", "-", "--now", NOW, "--json", "-v", stdin=ANNOUNCED)
    assert json.loads(result.stdout)["start"] == "2026-12-05T19:30:00+08:00"
    told = [line.strip() for line in result.stderr.splitlines() if line.startswith("  ")]
    assert re.fullmatch(r"time 12月5日 19:30: 0\.\d\d \(.*\bfield\.time [+]\d\.\d\b.*\)", told[0])
    assert re.fullmatch(r"announcement 纸灯读书会: [01]\.\d\d \(.*\btitle\.noun [+]\d\.\d\b.*\)", told[1])
    assert re.fullmatch(r"name 纸灯读书会: 0\.\d\d \(.*\bfrom\.title\b.*\)", told[2])
    assert len(told) == 3
    quiet = run(home, "extract", "-", "--now", NOW, "--json", stdin=ANNOUNCED)
    assert (quiet.stdout, quiet.stderr) == (result.stdout, "")


def test_extract_tells_what_decided_against_and_nothing_of_a_calendar(home):
    none = run(home, "extract", "-", "--now", NOW, "-v", stdin="旧城快讯\n\n12月12日，旧城的灯亮了。\n")
    assert none.stdout == ""
    assert re.search(r"announcement 旧城快讯: 0\.[0-4]\d \(.*title\.news -\d", none.stderr)
    assert "announcement" not in run(home, "extract", "club.ics", "--now", NOW, "-v").stderr
