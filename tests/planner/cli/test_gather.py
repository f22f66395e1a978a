"""``quanzi gather``: one source read anew by name, and when a source that failed is asked again."""

from __future__ import annotations

import json

import pytest

from tests.support.cli import NOW, run
from tests.support.servers import Web

SOON = "2026-11-20T20:10:00+08:00"


def on_the_web(home, web: Web):
    (home / "config.yaml").write_text(
        "language: en\nnetwork: {allow: [127.0.0.1], delay: 0}\nsources:\n"
        f"  - {{id: hall, kind: ical, url: 'http://127.0.0.1:{web.port}/a.ics'}}\n"
        "  - {id: club, kind: ical, file: club.ics}\n",
        encoding="utf-8",
    )


def told(result) -> dict[str, dict[str, object]]:
    assert result.returncode == 0, result.stderr
    return {each["source"]: each for each in json.loads(result.stdout)}


def test_one_source_is_read_anew_by_name(home):
    assert "ok 2" in run(home, "gather", "--now", NOW).stderr
    (home / "club.ics").write_bytes((home / "club.ics").read_bytes().replace(b"speech", b"talk"))
    (home / "gone.ics").write_bytes((home / "club.ics").read_bytes())
    reports = told(run(home, "gather", "--now", NOW, "--json", "--fresh", "gone"))
    assert (reports["gone"]["outcome"], reports["gone"]["count"]) == ("ok", 2)
    assert reports["club"]["count"] == 2
    both = told(run(home, "gather", "--now", NOW, "--json", "--fresh", "gone", "--fresh", "club"))
    assert {each["outcome"] for each in both.values()} == {"ok"}


def test_a_name_that_nobody_has_is_told_with_those_that_are_known(home):
    result = run(home, "gather", "--now", NOW, "--fresh", "clubb")
    assert result.returncode == 2
    assert "clubb: no such source (known are: club, gone)" in result.stderr


@pytest.mark.long
def test_a_source_that_failed_is_left_alone_and_json_says_until_when(home, web):
    on_the_web(home, web)
    web.pages = {"/a.ics": (500, {}, b"")}
    first = told(run(home, "gather", "--now", NOW, "--json"))
    asked = len(web.asked)
    assert first["hall"]["asked_next"] == "2026-11-20T12:54:00+00:00"
    assert "asked_next" not in first["club"]
    assert told(run(home, "gather", "--now", SOON, "--json")) == first
    assert len(web.asked) == asked
    web.pages["/a.ics"] = (200, {}, (home / "club.ics").read_bytes())
    assert told(run(home, "gather", "--now", SOON, "--json", "--fresh", "hall"))["hall"]["outcome"] == "ok"
    assert web.paths()[asked:] == ["/a.ics"], "robots.txt is known"


def test_the_weekly_job_asks_all_the_same(home, web):
    on_the_web(home, web)
    web.pages = {"/a.ics": (500, {}, b"")}
    run(home, "gather", "--now", NOW)
    asked = len(web.asked)
    assert run(home, "refresh", "--now", SOON, "--quiet").returncode == 0
    assert len(web.asked) == asked
    web.pages["/a.ics"] = (200, {}, (home / "club.ics").read_bytes())
    result = run(home, "week", "--now", SOON, "--json")
    sources = {each["source"]: each for each in json.loads(result.stdout)["sources"]}
    assert sources["hall"]["outcome"] == "ok"
