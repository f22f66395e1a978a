"""Runs that are skipped, doubled, late, on the days of summer time, or at a moment that cannot be: the same result."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.support.cli import outputs, run
from tests.support.histories import History, calendar, vevent

CLUB = "{id: club, kind: ical, file: club.ics}"
NAMES = ("Storage", "Speech", "Debate", "Battery", "Board games")
EVENINGS = {name: f"202612{day:02d}T190000" for day, name in enumerate(NAMES, 1)}


def told(evenings: dict[str, str], zone: str = "Asia/Shanghai") -> str:
    return calendar(*(vevent(name.lower(), start, f"{name} evening", zone=zone) for name, start in evenings.items()))


def followed(folder: Path, days: tuple[tuple[int, int, str], ...]) -> tuple[list[tuple[str, str, bool]], list[str]]:
    """The runs of one way through ten days in which one evening moves, one is withdrawn, one is new -> what
    subscribers hold then, and the picks."""
    history = History(folder, CLUB)
    plan: dict[str, object] = {}
    for day, hour, command in days:
        evenings = dict(EVENINGS)
        if day >= 25:
            evenings["Debate"] = "20261203T200000"
        if day >= 26:
            del evenings["Speech"]
        if day >= 27:
            evenings["Pitch"] = "20261204T190000"
        history.says("club.ics", told(evenings) + "\r\n" * (day % 3))
        plan = history.run(day, command, hour=hour)
    held = [(each.title, f"{each.start:%d %H:%M}", each.takes_place) for each in history.held()]
    picks = plan["picks"]
    assert isinstance(picks, list)
    return held, [each["title"] for each in picks]


REGULAR = (*((day, 7, "refresh") for day in range(24, 29)), (29, 20, "week"), (30, 7, "refresh"), (31, 7, "refresh"))


@pytest.fixture(scope="module")
def regular(tmp_path_factory):
    return followed(tmp_path_factory.mktemp("regular"), ((22, 20, "week"), *REGULAR))


@pytest.mark.parametrize("days", [
    tuple(each for each in REGULAR if each[0] not in {25, 27}),
    tuple(each for each in REGULAR for _ in range(2)),
    tuple((day, min(hour + 11, 23), command) for day, hour, command in REGULAR),
    (*REGULAR[:5], (30, 9, "week"), (31, 7, "refresh")),
], ids=["skipped", "doubled", "late", "Sunday's on Monday"])  # fmt: skip
def test_the_same_comes_of_it(tmp_path, regular, days):
    assert followed(tmp_path, ((22, 20, "week"), *days)) == regular
    assert ("Cancelled: Speech evening", "02 19:00", False) in regular[0]


def test_a_week_keeps_its_picks_however_often_it_is_planned_until_one_dies(tmp_path):
    history = History(tmp_path, CLUB, "week: {at_most: {per_week: 3}}\n")
    history.says("club.ics", told(EVENINGS))
    first = [each["id"] for each in history.run(29, "week", hour=20)["picks"]]
    more = EVENINGS | {f"Storage salon {day}": f"202612{day:02d}T183000" for day in range(1, 6)}
    history.says("club.ics", told(more))
    for day, hour in ((29, 22), (30, 8), (30, 9)):
        picks = history.run(day, "week", "--week", "2026-W49", hour=hour)["picks"]
        assert [each["id"] for each in picks] == first, "what came later takes nobody's place"
    name = next(each["title"].split()[0] for each in picks)
    off = told(more).replace(f"SUMMARY:{name} evening", f"STATUS:CANCELLED\r\nSUMMARY:{name} evening")
    history.says("club.ics", off)
    now = [each["id"] for each in history.run(30, "week", "--week", "2026-W49", hour=10)["picks"]]
    assert first[0] not in now
    assert set(first[1:]) < set(now)


@pytest.mark.parametrize(("day", "hours"), [("2026-03-29", (1, 2, 3)), ("2026-10-25", (1, 2, 3))])
def test_the_days_on_which_clocks_are_changed(tmp_path, day, hours):
    """Runs before, in and after the hour that is left out or repeated; evenings stay at their hour by the clocks."""
    monday = datetime.fromisoformat(day) + timedelta(days=1)
    evenings = {name: f"{monday + timedelta(days=number):%Y%m%d}T190000" for number, name in enumerate(NAMES)}
    evenings["Sunday"] = f"{datetime.fromisoformat(day):%Y%m%d}T190000"
    history = History(tmp_path, CLUB, zone="Europe/Berlin")
    history.says("club.ics", told(evenings, "Europe/Berlin"))
    seen = []
    for moment in (f"{day}T{hour:02d}:30:00" for hour in hours):
        for command in ("week", "refresh"):
            done = run(tmp_path, command, "--now", moment, "--json", "--week", "next")
            assert done.returncode == 0, done.stderr
            picks = json.loads(done.stdout)["picks"]
            assert {each["start"][10:16] for each in picks} == {"T19:00"}
            seen.append([each["id"] for each in picks])
    assert all(each == seen[0] for each in seen)
    assert {f"{each.start.astimezone(ZoneInfo('Europe/Berlin')):%H:%M}" for each in history.held()} == {"19:00"}


def test_a_week_without_a_sunday(tmp_path):
    """The weekly run comes on a Saturday, and the next on a Monday: no week is left out, none is planned twice."""
    history = History(tmp_path, CLUB)
    history.says("club.ics", told(EVENINGS | {"Later": "20261209T190000"}))
    told_of = history.run(28, "week", hour=20)
    assert told_of["week"] == "2026-W49"
    first = [each["id"] for each in told_of["picks"]]
    assert history.run(29)["week"] == "2026-W49"
    told_of = history.run(30, "week", hour=20)
    assert told_of["week"] == "2026-W49"
    assert [each["id"] for each in told_of["picks"]] == first
    assert history.run(37, "week")["week"] == "2026-W50"


@pytest.fixture
def club(tmp_path):
    history = History(tmp_path, CLUB)
    history.says("club.ics", told(EVENINGS))
    history.run(23, "week")
    return history


IMPOSSIBLE = ("1970-01-01T08:00:00+08:00", "2026-11-10T08:00:00+08:00", "2031-11-23T08:00:00+08:00")


@pytest.mark.parametrize("now", IMPOSSIBLE)
@pytest.mark.parametrize("command", ["week", "refresh", "gather"])
def test_a_clock_that_is_wrong_changes_nothing_and_is_told_once(club, now, command):
    before = outputs(club.folder)
    said = run(club.folder, command, "--now", now, "--quiet")
    assert said.returncode == 0
    (line,) = said.stderr.splitlines()
    assert now[:10] in line
    assert "2026-11-23" in line
    again = run(club.folder, command, "--now", now, "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    body = json.loads(run(club.folder, command, "--now", now, "--json").stdout)
    assert [each["outcome"] for each in body["sources"]] == ["ok"]
    assert outputs(club.folder) == before
    assert club.run(24)["sources"][0]["outcome"] == "ok", "the clock is right again"
    assert outputs(club.folder)["out/public/all.ics"] == before["out/public/all.ics"]


def test_who_knows_that_the_clock_is_right_says_so(club):
    assert run(club.folder, "refresh", "--now", IMPOSSIBLE[-1], "--force", "--quiet").stderr == ""
    assert run(club.folder, "refresh", "--now", "2031-11-24T08:00:00+08:00", "--quiet").stderr == ""


def test_a_machine_that_slept_for_months_forgets_nothing_at_once(club):
    name = "out/public/all.ics"
    before = {line for line in outputs(club.folder)[name].splitlines() if line.startswith(b"UID")}
    assert run(club.folder, "week", "--now", "2027-05-01T08:00:00+08:00", "--quiet").returncode == 0
    assert run(club.folder, "week", "--now", "2026-11-24T08:00:00+08:00", "--quiet").returncode == 0
    assert {line for line in outputs(club.folder)[name].splitlines() if line.startswith(b"UID")} == before
