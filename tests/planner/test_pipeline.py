"""Trials and published plans are two things, and a run reads and rates once."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.pipeline import Run, gather_step
from planner.store import Store
from planner.weeks import week_of
from tests.support.cli import NOW, outputs, run

CONFIG = """
language: en
store: q.db
interests: {{practice: [{word}]}}
week: {{at_most: {{per_week: 1}}}}
sources:
  - {{id: frogs, kind: recurrence, title: Frog Pond Toastmasters, text: "every Tuesday 19:30", organizer: Frog Pond}}
  - {{id: mice, kind: recurrence, title: Dormouse Board Games, text: "every Wednesday 19:30", organizer: Dormouse}}
"""
AT = datetime.fromisoformat(NOW)


def write(folder: Path, word: str) -> None:
    (folder / "config.yaml").write_text(CONFIG.format(word=word), encoding="utf-8")


def picked(folder: Path, command: str) -> list[str]:
    told = run(folder, command, "--now", NOW, "--json")
    assert told.returncode == 0, told.stderr
    return [pick["title"] for pick in json.loads(told.stdout)["picks"]]


def test_a_trial_changes_nothing_of_what_counts_as_published(tmp_path):
    write(tmp_path, "toastmasters")
    assert picked(tmp_path, "week") == ["Frog Pond Toastmasters"]
    whole = outputs(tmp_path)
    write(tmp_path, "board games")
    assert picked(tmp_path, "plan") == ["Dormouse Board Games"]
    assert outputs(tmp_path) == whole
    write(tmp_path, "toastmasters")
    assert picked(tmp_path, "plan") == ["Frog Pond Toastmasters"], "the trial is not held against the next plan"
    assert picked(tmp_path, "week") == ["Frog Pond Toastmasters"]
    assert outputs(tmp_path) == whole


def test_publish_publishes_the_last_trial_and_says_so(tmp_path):
    write(tmp_path, "toastmasters")
    assert picked(tmp_path, "week") == ["Frog Pond Toastmasters"]
    write(tmp_path, "board games")
    assert picked(tmp_path, "plan") == ["Dormouse Board Games"]
    told = run(tmp_path, "publish", "--now", NOW)
    assert "This trial (Mon 23 Nov – Sun 29 Nov) is published now." in told.stdout
    assert b"Dormouse Board Games" in outputs(tmp_path)["out/digest.txt"]
    again = run(tmp_path, "publish", "--now", NOW)
    assert "This trial" not in again.stdout
    assert b"Dormouse Board Games" in outputs(tmp_path)["out/digest.txt"]


def test_a_trial_is_overtaken_by_the_weekly_job(tmp_path):
    write(tmp_path, "board games")
    run(tmp_path, "gather", "--now", NOW)
    picked(tmp_path, "plan")
    write(tmp_path, "toastmasters")
    assert picked(tmp_path, "week") == ["Frog Pond Toastmasters"]
    assert "This trial" not in run(tmp_path, "publish", "--now", NOW).stdout


def test_why_says_whether_a_week_is_published(tmp_path):
    write(tmp_path, "toastmasters")
    run(tmp_path, "gather", "--now", NOW)
    assert "It would be in the plan" in run(tmp_path, "why", "toastmasters", "--now", NOW).stdout
    run(tmp_path, "plan", "--now", NOW)
    assert "It would be in the plan" in run(tmp_path, "why", "toastmasters", "--now", NOW).stdout
    run(tmp_path, "week", "--now", NOW)
    assert "It is in the plan" in run(tmp_path, "why", "toastmasters", "--now", NOW).stdout


@pytest.fixture
def job(tmp_path, any_store, monkeypatch, processes_stay) -> Run:
    monkeypatch.chdir(tmp_path)
    config = parse(CONFIG.format(word="toastmasters").encode(), "config.yaml", Catalog("en"))
    gather_step(config, any_store, AT, offline=True)
    return Run(config=config, store=any_store, now=AT)


def test_a_run_rates_once_whatever_is_asked_of_it(job, monkeypatch):
    calls: Counter[tuple[datetime, datetime]] = Counter()
    loading = job.store.records

    def counted(since: datetime, until: datetime, **more: bool) -> list[object]:
        calls[since, until] += 1
        return loading(since, until, **more)

    monkeypatch.setattr(job.store, "records", counted)
    week = week_of("next", AT, job.config.zone)
    job.keep_published(job.plan(week), frozenset())
    assert job.keep_refreshed(None) is not None
    assert job.published(week) is not None
    assert sorted(calls.values()) == [1, 1], "what is known, and what was before it"


def test_what_names_no_time_is_known_for_two_weeks_and_then_forgotten(tmp_path):
    (tmp_path / "config.yaml").write_text(
        "language: en\nstore: q.db\nsources: [{id: a, file: a.ics}]\n", encoding="utf-8"
    )
    vevent = "BEGIN:VEVENT\r\nUID:x\r\nDTSTAMP:20261101T000000Z\r\nSUMMARY:Pond salon\r\nEND:VEVENT\r\n"
    dated = vevent.replace("UID:x", "UID:y\r\nDTSTART:20261124T110000Z").replace("Pond", "Lake")
    body = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{dated}END:VCALENDAR\r\n"
    (tmp_path / "a.ics").write_text(body, encoding="utf-8")
    assert run(tmp_path, "week", "--now", NOW).returncode == 0
    with Store(tmp_path / "q.db") as store:
        (record,) = store.records(AT - timedelta(days=9), AT + timedelta(days=9))
        with store.transaction():
            store.put_records("a", {"x": replace(record.event, uid="x", title="Pond salon", start=None, end=None)}, AT)
    told = run(tmp_path, "events", "--undated", "--now", NOW)
    assert "Pond salon" in told.stdout
    assert "Lake salon" not in told.stdout
    assert "without a time: 1" in run(tmp_path, "events", "--now", NOW).stderr
    run(tmp_path, "publish", "--now", NOW)
    assert "Announcements without a time: 1 (Pond salon)" in (tmp_path / "out/digest.txt").read_text("utf-8")
    later = (AT + timedelta(days=15)).isoformat()
    assert "Pond" not in run(tmp_path, "events", "--undated", "--now", later).stdout
    with Store(tmp_path / "q.db") as store, store.transaction():
        assert len(store.undated()) == 1
        store.prune(AT + timedelta(days=100), 90)
        assert store.undated() == []
