"""A damaged store is kept aside and rebuilt by the next run: subscribers see nothing of it."""

from __future__ import annotations

import contextlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any
from unittest import mock

import pytest

from planner.store import Store
from tests.support.cli import QUANZI, ROOT, run, run_apart
from tests.support.damages import (
    DAMAGES,
    LATER,
    STORE,
    cut,
    emptied,
    flipped_bits,
    foreign_text,
    header,
    held,
    lived,
    log_of_another,
    overwritten_pages,
)

SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 6))]
QUICK = {"first_page", "cut", "emptied", "overwritten_pages", "flipped_bits", "foreign_database", "log_of_another"}
EVERY = [each if each.__name__ in QUICK else pytest.param(each, marks=pytest.mark.long) for each in DAMAGES]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("lived")
    lived(folder)
    return folder


@pytest.fixture
def home(lived_in, tmp_path) -> Path:
    shutil.copytree(lived_in, tmp_path / "home")
    return tmp_path / "home"


def own_words(home: Path) -> set[str]:
    with Store(home / STORE) as store:
        return set(store.own_words())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("damage", EVERY, ids=lambda damage: damage.__name__)
def test_it_is_kept_aside_and_rebuilt(home, damage, seed):
    before, (edited,) = held(home), own_words(home)
    damage(home / STORE, random.Random(f"{damage.__name__} {seed}"))
    damaged = (home / STORE).read_bytes()
    told = run(home, "refresh", "--now", LATER, "--quiet")
    assert "Traceback" not in told.stderr
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("the store was damaged; it is kept as quanzi.db.damaged-2026-09-10,") == 1, told.stderr
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert (home / f"{STORE}.damaged-2026-09-10").read_bytes() == damaged
    after = held(home)
    assert after.keys() == before.keys()
    others = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if not own_words(home):  # the edit stood on a page that was lost: the event is as its sources tell it
        others.pop(f"public/all.ics {edited}@quanzi", None)
    assert others == {}
    again = run(home, "refresh", "--now", LATER, "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert held(home) == after
    assert not [path.name for path in home.iterdir() if "rebuil" in path.name]


READERS = [
    *(("events",), ("why", "Board games"), ("history", "Chess evening"), ("communities",), ("sources", "list"), ()),
    *(("like", "Chess evening"), ("skip", "--list"), ("edit", "Chess evening", "--price", "5"), ("undo",)),
    *(
        ("add", "Go evening\n25 September 2026, 20:00"),
        ("remove", "Chess evening"),
        ("sources", "remove", "hall", "--yes"),
    ),
]


@pytest.mark.parametrize("damage", [overwritten_pages, flipped_bits, foreign_text, header, log_of_another])
@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long), pytest.param(3, marks=pytest.mark.long)])
def test_commands_that_mend_nothing_read_what_they_can_or_say_it_in_one_line(home, damage, seed):
    damage(home / STORE, random.Random(f"{damage.__name__} {seed}"))
    for command in READERS:
        told = run(home, *command, *(("--now", LATER) if command else ()))
        assert "Traceback" not in told.stderr
        if told.returncode == 1:
            assert "the store is damaged, or another file came in its place (the next quanzi refresh" in told.stderr
            assert len(told.stderr.splitlines()) == 1
        else:
            assert told.returncode in {0, 2}, (command, told)
    assert run(home, "refresh", "--now", LATER, "--quiet").returncode == 0


def test_a_log_that_was_cut_costs_no_subscriber_anything(home):
    """The last writes of a killed run, cut off: the store is sound, and older than what was published."""
    database = sqlite3.connect(home / STORE, isolation_level=None)
    database.execute("SELECT count(*) FROM events").fetchone()  # a log is not taken in while somebody reads
    feed = home / "hall.ics"
    feed.write_text(feed.read_text("utf-8").replace("salon no 11", "salon no 11, moved inside"), encoding="utf-8")
    assert run_apart(home, "refresh", "--now", LATER, "--quiet").returncode == 0
    before, log = held(home), (home / f"{STORE}-wal").read_bytes()
    copy = home / "copy.db"
    shutil.copy(home / STORE, copy)
    database.close()
    shutil.copy(copy, home / STORE)
    (home / f"{STORE}-wal").write_bytes(log[: len(log) // 10])
    told = run_apart(home, "refresh", "--now", LATER, "--quiet")
    assert len(told.stderr.splitlines()) == 1
    assert (told.returncode, told.stderr.count("was older than the published calendars")) == (0, 1), told.stderr
    assert held(home) == before
    assert run(home, "refresh", "--now", LATER, "--quiet").stderr == ""


def test_what_the_user_said_and_what_was_planned_outlive_a_lost_header(home):
    with Store(home / STORE) as store:
        known = store.feedback(), store.own_words(), store.plans_since("2026-W01"), store.installation()
    header(home / STORE, random.Random(1))
    told = run_apart(home, "refresh", "--now", LATER, "--quiet")
    assert (told.returncode, len(told.stderr.splitlines())) == (0, 1), told.stderr
    with Store(home / STORE) as store:
        assert (store.feedback(), store.own_words(), store.plans_since("2026-W01"), store.installation()) == known


def told_of(plans: dict[str, Any]) -> dict[str, set[tuple[str, ...]]]:
    facts = ("id", "title", "start", "place", "status")
    return {week: {tuple(pick[name] for name in facts) for pick in body["picks"]} for week, body in plans.items()}


def test_where_nothing_can_be_read_the_plan_is_that_of_the_calendar(home):
    with Store(home / STORE) as store:
        known, installation = store.plans_since("2026-W01"), store.installation()
    foreign_text(home / STORE, random.Random(1))
    feed = (home / "out/public/atom.xml").read_bytes()
    assert run(home, "refresh", "--now", LATER, "--quiet").returncode == 0
    with Store(home / STORE) as store:
        found = store.plans_since("2026-W01")
        assert store.installation() == installation
    assert told_of(found) == told_of({week: body for week, body in known.items() if body["picks"]})
    assert (home / "out/public/atom.xml").read_bytes() == feed


def test_a_mended_store_plans_the_next_week_like_any_other(home):
    emptied(home / STORE, random.Random(1))
    before = held(home)
    told = run(home, "week", "--now", "2026-09-11T19:00:00+08:00", "--json")
    assert told.returncode == 0, told.stderr
    after = held(home)
    assert {name for name in before if name.startswith("public")} <= after.keys()
    assert not [name for name in before.keys() & after.keys() if after[name][0] < before[name][0]]


def test_the_language_of_the_configuration_is_spoken(home):
    text = (home / "config.yaml").read_text("utf-8").replace("language: en", "language: zh")
    (home / "config.yaml").write_text(text, encoding="utf-8")
    cut(home / STORE, random.Random(1))
    assert "数据库坏了，或者被别的文件替换了" in run(home, "events", "--now", LATER).stderr
    assert "数据库坏了；原文件留存为 quanzi.db.damaged-2026-09-10" in run(home, "refresh", "--now", LATER).stderr


def test_reading_processes_say_nothing_of_a_parent_that_died(home):
    for number in range(4):
        process = subprocess.Popen(
            [*QUANZI, "week", "--now", LATER], cwd=home, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, text=True,
        )  # fmt: skip
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.5 + 0.3 * number)
        process.kill()
        _, told = process.communicate()
        assert "Traceback" not in told


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE records SET body = '{\"title\": 5}' WHERE source = 'hall'",
        "UPDATE records SET body = json_set(body, '$.start', '20Z6-11-24') WHERE source = 'hall'",
        "UPDATE sources SET notes = 'no json'",
        "UPDATE events SET face = '[]' WHERE sequence = 0",
        "UPDATE plans SET body = '{\"picks\": [1]}'",
        "UPDATE feedback SET features = '[[1]]'",
    ],
)
def test_damage_that_is_met_on_the_way_is_mended_and_the_run_begins_anew(home, statement):
    before = held(home)
    with sqlite3.connect(home / STORE) as database:
        assert database.execute(statement).rowcount
    database.close()
    told = run(home, "refresh", "--now", LATER, "--quiet")
    assert (told.returncode, told.stderr.count("the store was damaged; it is kept")) == (0, 1), told.stderr
    assert held(home) == before
    assert run(home, "refresh", "--now", LATER, "--quiet").stderr == ""


KILLED = [
    "before planner.store.healing:salvage 1",
    "after pathlib:Path.rename 1",
    pytest.param("before planner.store.salvage:_views 1", marks=pytest.mark.long),
    pytest.param("after planner.store.healing:salvage 1", marks=pytest.mark.long),
    pytest.param("before planner.pipeline.opening:carry_over 1", marks=pytest.mark.long),
    pytest.param("after planner.pipeline.opening:carry_over 1", marks=pytest.mark.long),
    pytest.param("before planner.store.healing:sync_folder 1", marks=pytest.mark.long),
    pytest.param("before pathlib:Path.replace 1", marks=pytest.mark.long),
    pytest.param("after pathlib:Path.replace 1", marks=pytest.mark.long),
    pytest.param("before pathlib:Path.rename 1", marks=pytest.mark.long),
    pytest.param("before pathlib:Path.rename 2", marks=pytest.mark.long),
    pytest.param("after pathlib:Path.rename 2", marks=pytest.mark.long),
]


@pytest.mark.parametrize("plan", KILLED)
def test_mending_that_is_killed_is_finished_by_the_next_run(home, plan):
    before = held(home)
    foreign_text(home / STORE, random.Random(1))
    damaged = (home / STORE).read_bytes()
    killed = subprocess.run(
        [sys.executable, "-m", "tests.support.killer", plan, "refresh", "--now", LATER, "--quiet"],
        cwd=home, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)}, check=False,
    )  # fmt: skip
    assert killed.returncode == -signal.SIGKILL
    told = run(home, "refresh", "--now", LATER, "--quiet")
    assert told.returncode == 0, told.stderr
    assert "Traceback" not in told.stderr
    assert (home / f"{STORE}.damaged-2026-09-10").read_bytes() == damaged
    assert held(home) == before
    assert not [path.name for path in home.iterdir() if "rebuil" in path.name]
    assert len(list(home.glob(f"{STORE}.damaged-*"))) == 1


def test_where_nothing_can_be_moved_it_is_one_line(home, monkeypatch):
    cut(home / STORE, random.Random(1))
    monkeypatch.setattr("planner.store.healing.salvage", mock.Mock(side_effect=OSError(28, "No space left on device")))
    damaged = (home / STORE).read_bytes()
    told = run(home, "refresh", "--now", LATER, "--quiet")
    assert (told.returncode, len(told.stderr.splitlines())) == (1, 1)
    assert (home / STORE).read_bytes() == damaged


def test_a_second_damage_of_a_day_takes_another_name(home):
    for number in (1, 2):
        foreign_text(home / STORE, random.Random(number))
        assert run(home, "refresh", "--now", LATER, "--quiet").returncode == 0
    kept = sorted(path.name for path in home.glob(f"{STORE}.damaged-*"))
    assert kept == [f"{STORE}.damaged-2026-09-10", f"{STORE}.damaged-2026-09-10-2"]


def test_a_newer_programs_store_is_refused_and_not_mended(home):
    with sqlite3.connect(home / STORE) as database:
        database.execute("PRAGMA user_version = 999")
    database.close()
    before = (home / STORE).read_bytes()
    told = run(home, "refresh", "--now", LATER, "--quiet")
    assert (told.returncode, told.stderr.count("made by a newer quanzi (version 999")) == (1, 1)
    assert (home / STORE).read_bytes() == before
