"""What a run by itself says: nothing when all is well, a line when trouble begins, ends, or lasts for a week; and the
report, whatever happens."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from unittest import mock

import pytest

from planner.errors import SolverError
from tests.support.cli import CALENDAR, NOW, outputs, run
from tests.support.servers import Web

EVENT = "BEGIN:VEVENT\nUID:{0}\nDTSTART:202612{0:02d}T110000Z\nSUMMARY:Talk {0}\nEND:VEVENT\n"


def talks(count: int) -> str:
    return (
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + "".join(map(EVENT.format, range(1, count + 1))) + "END:VCALENDAR\n"
    )


def on(day: int) -> str:
    return (datetime.fromisoformat(NOW) + timedelta(days=day)).isoformat()


@pytest.fixture
def club(home) -> Path:
    text = "language: en\nsources: [{id: club, kind: ical, file: club.ics}]\n"
    (home / "config.yaml").write_text(text, encoding="utf-8")
    (home / "club.ics").write_text(talks(8), encoding="utf-8")
    assert run(home, "week", "--now", NOW, "--quiet").stderr == ""
    return home


def said(folder: Path, day: int, command: str = "refresh") -> list[str]:
    done = run(folder, command, "--now", on(day), "--quiet")
    assert (done.returncode, done.stdout) == (0, "")
    return done.stderr.splitlines()


@pytest.mark.parametrize(("broken", "why"), [
    (talks(0), "no event any more, where there were 8"),
    ("<html><body><form><input type=password></form></body></html>", "not a calendar"),
    (talks(2), "6 of 8 coming events are gone at once"),
])  # fmt: skip
def test_one_line_when_it_begins_and_one_when_it_ends(club, broken, why):
    before = outputs(club)["out/public/all.ics"]
    (club / "club.ics").write_text(broken, encoding="utf-8")
    (line,) = said(club, 1)
    assert line.startswith(f"club: failed: {why}")
    assert outputs(club)["out/public/all.ics"] == before
    (club / "club.ics").write_text(talks(8) + "\n", encoding="utf-8")
    assert said(club, 2) == ["club: well again: ok 8"]
    assert said(club, 3) == []


def test_trouble_that_lasts_is_told_once_a_week_and_the_digest_tells_the_age_of_what_is_used(club):
    (club / "club.ics").write_text(talks(0), encoding="utf-8")
    told = {day: said(club, day, "week" if day == 2 else "refresh") for day in range(1, 10)}
    assert [day for day, lines in told.items() if lines] == [1, 8]
    assert told[8][0].startswith("still: club: failed: no event any more")
    digest = " ".join((club / "out/digest.txt").read_text("utf-8").split())
    assert "club: no event any more, where there were 8" in digest
    assert "still using what was read on Fri 20 Nov" in digest


def test_no_line_and_no_report_tells_a_secret(home, web: Web):
    path = "/private-k3ttle-Plum/club.ics?token=s3cret"
    text = "language: en\nnetwork: {allow: [127.0.0.1], delay: 0}\nsources:\n"
    text += f"  - {{id: club, kind: ical, url: 'http://127.0.0.1:{web.port}{path}'}}\n"
    (home / "config.yaml").write_text(text, encoding="utf-8")
    web.pages = {path: (200, {}, CALENDAR.encode())}
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    there = "/k3ttle/elsewhere?key=s3cret"
    empty = b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nEND:VCALENDAR\r\n"
    web.pages = {path: (302, {"Location": there}, b""), there: (200, {}, empty)}
    done = run(home, "refresh", "--now", on(1), "--quiet")
    report = (home / "out/report.json").read_text("utf-8")
    assert done.stderr.startswith("club: failed: led to another page (of 127.0.0.1)")
    for text in (done.stdout, done.stderr, report):
        assert "s3cret" not in text
        assert "k3ttle" not in text


def test_a_run_that_fails_after_gathering_reports_its_sources(club):
    (club / "club.ics").write_text(talks(9), encoding="utf-8")
    before = outputs(club)
    with mock.patch("planner.pipeline.run.propose", side_effect=SolverError("none")):
        done = run(club, "week", "--now", on(1), "--json")
    assert done.returncode == 1
    report = json.loads((club / "out/report.json").read_text("utf-8"))
    for body in (report, json.loads(done.stdout)):
        assert body["error"]
        assert [(each["source"], each["outcome"], each["count"]) for each in body["sources"]] == [("club", "ok", 9)]
    now = outputs(club)
    assert {name for name in now if now[name] != before[name]} == {"out/report.json"}


def test_who_has_no_plan_yet_gets_the_report_all_the_same(home):
    body = json.loads(run(home, "refresh", "--now", NOW, "--json").stdout)
    assert [each["source"] for each in body["sources"]] == ["club", "gone"]


def test_no_source_has_ever_succeeded_is_reported_too(home):
    (home / "club.ics").unlink()
    done = run(home, "week", "--now", NOW, "--json")
    assert done.returncode == 1
    body = json.loads(done.stdout)
    assert body["error"].startswith("no source has ever succeeded")
    assert {each["outcome"] for each in body["sources"]} == {"failed"}
    assert not (home / "out").exists()
