"""The sample city: the real job over real HTTP, many sources, the same bytes for the same moment."""

from __future__ import annotations

import functools
import json
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from planner.config import load
from planner.demo.city import City
from planner.i18n.catalog import Catalog
from planner.weeks import week_of
from tests.support.cli import run, run_apart
from tests.support.events import SHANGHAI

NOW = "2026-11-20T20:00:00+08:00"


Made = tuple[str, Path, subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def cities(tmp_path_factory) -> Callable[[str], Made]:
    @functools.cache
    def made(language: str) -> Made:
        folder = tmp_path_factory.mktemp(f"demo-{language}")
        result = run_apart(folder, "demo", "--language", language, "--now", NOW)
        assert result.returncode == 0, result.stderr
        return language, folder / "out-demo", result

    return made


@pytest.fixture(params=["zh", "en"])
def demo(request, cities) -> Made:
    return cities(request.param)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".db" not in path.name
    }


def records(folder: Path) -> list[dict]:
    (store,) = folder.glob("demo-*.db")
    database = sqlite3.connect(store)
    rows = [json.loads(body) for (body,) in database.execute("SELECT body FROM records")]
    database.close()
    return rows


def test_at_least_twelve_sources_of_every_kind(demo):
    language, _, _ = demo
    config = load(City.folder_of(language) / "config.yaml", Catalog("en"))
    assert len(config.sources) >= 12
    assert {entry.kind for entry in config.sources} >= {"feed", "ical", "page", "listing", "recurrence"}


def test_at_least_sixty_events_in_the_week(demo):
    _, folder, _ = demo
    week = week_of("2026-W48", datetime.fromisoformat(NOW), SHANGHAI)
    inside = [row for row in records(folder) if row["start"] and row["start"][:10] in {str(day) for day in week.days}]
    assert len(inside) >= 60


def test_the_report_names_every_outcome(demo):
    language, folder, result = demo
    report = json.loads((folder / "report.json").read_text("utf-8"))
    outcomes = Counter(entry["outcome"] for entry in report["sources"])
    assert outcomes["failed"] == 2
    assert outcomes["quiet"] == 1
    assert outcomes["ok"] >= 10
    reasons = " ".join(entry["reason"] or "" for entry in report["sources"])
    assert "(502)" in reasons
    assert "sign-in" in reasons
    assert any("recap" in note for entry in report["sources"] for note in entry["notes"])
    assert ("读到 12 场" if language == "zh" else "ok 12") in result.stderr


def test_one_event_of_several_sources_is_one_event(demo):
    language, folder, _ = demo
    (store,) = folder.glob("demo-*.db")
    database = sqlite3.connect(store)
    word = "供应链对接沙龙" if language == "zh" else "supply chain salon"
    rows = database.execute("SELECT event, source FROM records WHERE body LIKE ?", (f"%{word}%",)).fetchall()
    database.close()
    assert len({source for _, source in rows}) >= 3
    assert len({event for event, _ in rows}) == 1


def test_a_moved_instance_a_foreign_zone_and_a_cancellation(demo):
    _, folder, _ = demo
    rows = records(folder)
    moved = [row for row in rows if row["uid"] == "saturday@speakers.example" and row["start"].startswith("2026-11-28")]
    assert [row["start"][11:16] for row in moved] == ["10:00"]
    (foreign,) = [row for row in rows if row["uid"] == "tokyo@speakers.example"]
    assert foreign["start"].endswith("+09:00")
    assert [row["status"] for row in rows].count("cancelled") == 1
    thursday = [row["start"][:10] for row in rows if row["uid"] == "thursday@speakers.example"]
    assert "2026-12-03" not in thursday
    assert "2026-11-26" in thursday


def test_the_plan_has_both_tracks_and_is_marked_as_a_sample(demo):
    _, folder, _ = demo
    plan = (folder / "plan.ics").read_text("utf-8")
    assert "SAMPLE" in plan.partition("BEGIN:VEVENT")[0]
    assert plan.count("BEGIN:VEVENT") >= 4
    report = json.loads((folder / "report.json").read_text("utf-8"))
    assert report["status"] == "optimal"
    assert "SAMPLE" in (folder / "digest.html").read_text("utf-8")


def test_no_port_and_no_loopback_appears_in_any_output(demo):
    _, folder, _ = demo
    for name, content in contents(folder).items():
        assert b"127.0.0.1" not in content, name
        assert b".example:" not in content, name


@pytest.mark.parametrize("demo", ["zh", pytest.param("en", marks=pytest.mark.long)], indirect=True)
def test_the_same_moment_gives_the_same_bytes(demo, tmp_path):
    language, folder, _ = demo
    first = contents(folder)
    assert run(folder.parent, "demo", "--language", language, "--now", NOW, "--quiet").returncode == 0
    assert contents(folder) == first, "a second run over the same store"
    assert run(tmp_path, "demo", "--language", language, "--now", NOW, "--quiet").returncode == 0
    assert contents(tmp_path / "out-demo") == first, "a run from nothing"


def test_the_dates_follow_the_moment(tmp_path):
    result = run(tmp_path, "demo", "--language", "en", "--now", "2027-03-02T09:00:00+00:00")
    assert result.returncode == 0, result.stderr
    assert "Week 10, 2027" in result.stdout
    assert result.stderr.count(": failed: ") == 2, "which are meant to fail"
    assert "picks" in result.stdout
