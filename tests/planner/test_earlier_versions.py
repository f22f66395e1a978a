"""Stores and outputs of earlier versions: they open, and what subscribers hold stays as it was.

Each folder of ``tests/cases/earlier`` is what one version left behind after a week, two refreshes, a pasted note and a
verdict (``/home/pond`` stands for its folder). UIDs, SEQUENCE and the plan survive every later version.
"""

from __future__ import annotations

import json
import shutil
import sqlite3
from pathlib import Path

import pytest
from icalendar import Calendar

from tests.support.cli import outputs, run

VERSIONS = sorted(path for path in (Path(__file__).parents[1] / "cases/earlier").iterdir() if path.is_dir())
BEFORE, LATER = "2026-11-22T21:00:00+08:00", "2026-11-25T09:00:00+08:00"


@pytest.fixture(params=VERSIONS, ids=lambda path: path.name)
def home(request, tmp_path) -> Path:
    shutil.copytree(request.param, tmp_path, dirs_exist_ok=True)
    for path in tmp_path.rglob("*"):
        if path.is_file():
            path.write_bytes(path.read_bytes().replace(b"/home/pond", str(tmp_path).encode()))
    database = sqlite3.connect(tmp_path / "store.sqlite")
    database.executescript((tmp_path / "store.sql").read_text("utf-8"))
    database.close()
    return tmp_path


def held(folder: Path, name: str) -> dict[str, tuple[int, str, object, object]]:
    """What a subscriber keeps of a calendar."""
    components = Calendar.from_ical((folder / "out" / name).read_bytes()).walk("VEVENT")
    return {
        str(each["UID"]): (int(each["SEQUENCE"]), str(each["SUMMARY"]), each["DTSTART"].dt, each["LAST-MODIFIED"].dt)
        for each in components
    }


def test_the_daily_job_changes_nothing_that_subscribers_hold(home):
    before = {name: held(home, name) for name in ("plan.ics", "public/all.ics", "public/practice.ics")}
    for name in ("public/all.ics", "public/practice.ics"):  # notes of one's own were public then
        before[name] = {uid: entry for uid, entry in before[name].items() if entry[1] != "示例读书会"}
    told = run(home, "refresh", "--now", LATER, "--json")
    assert told.returncode == 0, told.stderr
    for name, entries in before.items():
        assert held(home, name) == entries, name


def test_the_plan_is_the_one_that_people_know(home):
    picks = json.loads((home / "out/report.json").read_bytes())["picks"]
    told = run(home, "publish", "--now", LATER, "--json")
    assert told.returncode == 0, told.stderr
    body = json.loads(told.stdout)
    assert [pick["id"] for pick in body["picks"]] == [pick["id"] for pick in picks]
    assert body["notes"] == ["few_of: industry"]
    assert [change["what"] for change in body["changes"]] == ["cancelled"]


def test_a_new_week_keeps_uids_and_sequences(home):
    before = held(home, "plan.ics")
    told = run(home, "week", "--now", BEFORE, "--week", "2026-W48", "--quiet")
    assert told.returncode == 0, told.stderr
    after = held(home, "plan.ics")
    assert {uid: after[uid] for uid in before} == before


def test_what_the_user_said_is_still_known(home):
    assert "样板头马" in run(home, "went", "--list", "--now", LATER).stdout
    listed = [json.loads(line) for line in run(home, "events", "--now", "2026-11-20", "--json").stdout.splitlines()]
    assert "示例读书会" in {each["title"] for each in listed}
    assert all(each["copies"] for each in listed)


def test_a_store_that_is_lost_after_the_update_comes_back_under_the_same_uids(home):
    before = held(home, "plan.ics")
    (home / "store.sqlite").unlink()
    assert run(home, "week", "--now", LATER, "--week", "2026-W48", "--quiet").returncode == 0
    assert set(before) <= set(held(home, "public/all.ics")) | set(held(home, "plan.ics"))


def test_the_store_is_copied_aside_before_it_is_changed(home):
    assert run(home, "events", "--now", LATER).returncode == 0
    assert list(home.glob("store.sqlite.before-*"))
    assert outputs(home)
