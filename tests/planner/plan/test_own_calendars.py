"""The user's own calendars: free is free, days and trips are taken whole, what is declined leaves the time."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import run, run_apart
from tests.support.histories import History, calendar, vevent

THURSDAY, FRIDAY = "Storage debate night", "Speech games night"
TRANSPARENT = "TRANSP:TRANSPARENT"
ME = "ATTENDEE;CN=Me;PARTSTAT={}:mailto:Me@mail.example"


def day(start: str, end: str, *more: str) -> str:
    lines = (
        "BEGIN:VEVENT", "UID:own", "DTSTAMP:20261101T000000Z", f"DTSTART;VALUE=DATE:{start}", f"DTEND;VALUE=DATE:{end}",
        "SUMMARY:Own", *more, "END:VEVENT",
    )  # fmt: skip
    return "\r\n".join(lines) + "\r\n"


def hours(start: str, end: str, *more: str) -> str:
    return vevent("own", start, "Own", *more).replace("DURATION:PT2H", f"DTEND;TZID=Asia/Shanghai:{end}")


EVENING = ("20261126T180000", "20261126T220000")


@pytest.mark.parametrize(("own", "picked"), [
    (hours(*EVENING), {FRIDAY}),
    (hours(*EVENING, TRANSPARENT), {THURSDAY, FRIDAY}),
    (hours(*EVENING, TRANSPARENT, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), {THURSDAY, FRIDAY}),
    (hours(*EVENING, "X-MICROSOFT-CDO-BUSYSTATUS:FREE"), {THURSDAY, FRIDAY}),
    (hours(*EVENING, "STATUS:CANCELLED"), {THURSDAY, FRIDAY}),
    (day("20261126", "20261127", "TRANSP:OPAQUE"), {FRIDAY}),
    (day("20261126", "20261127", TRANSPARENT), {THURSDAY, FRIDAY}),
    (hours("20261122T090000", "20261128T200000"), set()),
    (day("20261120", "20261129"), set()),
    (hours("20261125T220000", "20261126T200000"), {FRIDAY}),
    (hours(*EVENING, ME.format("DECLINED")), {THURSDAY, FRIDAY}),
    (hours(*EVENING, ME.format("ACCEPTED")), {FRIDAY}),
    (hours(*EVENING, ME.format("TENTATIVE")), {FRIDAY}),
    (hours("20260903T180000", "20260903T220000", "RRULE:FREQ=WEEKLY"), {FRIDAY}),
])  # fmt: skip
def test_what_the_own_calendar_leaves_time_for(tmp_path, own, picked):
    history = History(
        tmp_path, "{id: club, kind: ical, file: club.ics}", "week: {busy: [{file: own.ics, me: me@mail.example}]}\n"
    )
    club = (vevent("t", "20261126T190000", THURSDAY), vevent("f", "20261127T190000", FRIDAY, place="Harbour House"))
    history.says("club.ics", calendar(*club))
    history.says("own.ics", calendar(own))
    told = history.run(23, "week")
    assert {pick["title"] for pick in told["picks"]} == picked


def test_why_names_what_is_not_settled_and_the_days_of_a_trip(tmp_path):
    history = History(tmp_path, "{id: club, kind: ical, file: club.ics}", "week: {busy: [own.ics]}\n")
    history.says("club.ics", calendar(vevent("t", "20261126T190000", THURSDAY)))
    now = ("--now", "2026-11-23T08:00:00+08:00")
    for own, said in (
        (hours(*EVENING, "STATUS:TENTATIVE"), "not settled"),
        (hours("20261122T090000", "20261128T200000"), "2026-11-22 – 2026-11-28"),
        (day("20261126", "20261127"), "busy then (2026-11-26)"),
    ):
        history.says("own.ics", calendar(own))
        history.run(23, "gather")
        assert said in run(tmp_path, "why", THURSDAY, *now).stdout


def test_s9_json_alone(tmp_path):
    """Where all is well `week --quiet` prints nothing at all and `plan --json` prints JSON and nothing else, no line of
    a solver either."""
    history = History(tmp_path, "{id: club, kind: ical, file: club.ics}", "week: {busy: [own.ics]}\n")
    club = (vevent("t", "20261126T190000", THURSDAY), vevent("f", "20261127T190000", FRIDAY, place="Harbour House"))
    history.says("club.ics", calendar(*club))
    history.says("own.ics", calendar(hours(*EVENING)))
    now = ("--now", "2026-11-23T08:00:00+08:00")
    week = run_apart(tmp_path, "week", "--quiet", *now)
    assert (week.returncode, week.stdout, week.stderr) == (0, "", "")
    plan = run_apart(tmp_path, "plan", "--json", *now)
    assert (plan.returncode, plan.stderr) == (0, "")
    assert [pick["title"] for pick in json.loads(plan.stdout)["picks"]] == [FRIDAY]
