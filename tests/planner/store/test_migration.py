"""From every earlier schema to the latest, also when the upgrade is killed in the middle; a copy is made first."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections import namedtuple
from contextlib import closing
from dataclasses import replace
from datetime import UTC, timedelta
from pathlib import Path

import pytest

from planner.errors import StoreError
from planner.store import SourceState, Store
from planner.store.migration import COPIES_KEPT, copies
from planner.store.rows import LATEST, schema_at
from planner.store.schema import MIGRATIONS
from planner.store.soundness import fault_of
from planner.types import TakenHours
from tests.support.cli import ROOT
from tests.support.events import NOW, full_event
from tests.support.older_stores import made_older

EVERY = range(1, LATEST)
KILLED = """
import sys
from tests.support.killer import follow
follow(sys.argv[2])
from planner.store import Store
Store(sys.argv[1])
"""
SAMPLES = {"TEXT": "[]", "INTEGER": 1_790_000_000, "REAL": 1.5, "BLOB": b"x"}


def older(path: Path, version: int, rows: int = 1) -> Path:
    """A store as a program of that version left it, with a row in each table."""
    from planner.store.values import body_of

    with closing(sqlite3.connect(path)) as database:
        for number, step in enumerate(MIGRATIONS[:version], 1):
            database.executescript(f"BEGIN; {step} PRAGMA user_version = {number}; COMMIT;")
        for table, columns in schema_at(version).items():
            for row in range(rows):
                values = {name: SAMPLES[kind] for name, (kind, _) in columns.items()}
                first = next(iter(columns))
                values[first] = f"{table} {row}" if columns[first][0] == "TEXT" else row + 1
                if table == "records":
                    values |= {"body": body_of(full_event()), "key": f"key {row}", "missed": 0}
                marks = ", ".join("?" * len(values))
                names = ", ".join(values)
                database.execute(f"INSERT OR IGNORE INTO {table} ({names}) VALUES ({marks})", tuple(values.values()))
        database.commit()
    return path


def counts(path: Path, tables: list[str]) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as database:
        return {table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in tables}


@pytest.mark.parametrize("version", EVERY)
def test_every_earlier_store_is_brought_up_and_kept_as_a_copy(tmp_path, version):
    path = older(tmp_path / "q.db", version)
    tables = sorted(set(schema_at(version)) - {"facts"})
    before = counts(path, tables)
    with Store(path):
        pass
    assert counts(path, tables) == before
    assert fault_of(path) is None
    with closing(sqlite3.connect(path)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (LATEST,)
    (copy,) = copies(path)
    assert copy.name == f"q.db.before-{version + 1}"
    assert counts(copy, tables) == before
    with closing(sqlite3.connect(copy)) as database:
        assert database.execute("PRAGMA user_version").fetchone() == (version,)
    assert {each.name for each in tmp_path.iterdir()} == {"q.db", copy.name}


STEPS = [1, pytest.param(2, marks=pytest.mark.long), pytest.param(4, marks=pytest.mark.long)]
VERSIONS = [each if each in {1, 9} else pytest.param(each, marks=pytest.mark.long) for each in EVERY]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("version", VERSIONS)
def test_killed_in_the_middle_it_goes_on(tmp_path, version, step):
    path = older(tmp_path / "q.db", version, rows=20)
    tables = sorted(set(schema_at(version)) - {"facts"})
    before = counts(path, tables)
    codes = []
    for point in ("before os:fsync 1", "after os:fsync 1", f"after planner.store.migration:statements {step}"):
        killed = subprocess.run([sys.executable, "-c", KILLED, str(path), point], cwd=ROOT, check=False)
        codes.append(killed.returncode)
        assert fault_of(path) is None
    assert codes[:2] == [-signal.SIGKILL] * 2
    assert codes[2] in {-signal.SIGKILL, 0}  # the last steps are short
    with Store(path):
        pass
    assert counts(path, tables) == before
    assert fault_of(path) is None
    assert not [each for each in tmp_path.iterdir() if ".part" in each.name]
    assert all(fault_of(each) is None for each in copies(path))


def test_the_last_two_copies_are_kept(tmp_path):
    path = older(tmp_path / "q.db", 3)
    for number in (2, 3, 10):
        (tmp_path / f"q.db.before-{number}").write_text("older")
    (tmp_path / "q.db.before-long-ago").write_text("somebody's")
    with Store(path):
        pass
    kept = [each.name for each in copies(path)]
    assert kept == ["q.db.before-4", "q.db.before-10"]
    assert len(kept) == COPIES_KEPT
    assert (tmp_path / "q.db.before-long-ago").exists()


def test_without_room_for_a_copy_nothing_is_touched(tmp_path, monkeypatch):
    path = older(tmp_path / "q.db", 3)
    before = path.read_bytes()
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr("planner.store.migration.shutil.disk_usage", lambda _: usage(9, 9, 1000))
    with pytest.raises(StoreError, match="not enough room on the disk: 2 MB"):
        Store(path)
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["q.db"]


def test_two_that_open_an_older_store_at_once_both_succeed(tmp_path):
    path = older(tmp_path / "q.db", 1, rows=200)
    program = "import sys; from planner.store import Store; Store(sys.argv[1])"
    both = [subprocess.Popen([sys.executable, "-c", program, str(path)], cwd=ROOT) for _ in range(3)]
    assert [each.wait() for each in both] == [0, 0, 0]
    assert fault_of(path) is None


def test_own_calendars_leave_the_records_and_their_titles_every_byte(tmp_path):
    """Version 16: what is one person's own stands apart; of appointments only the hours go on."""
    path = tmp_path / "q.db"
    dentist = replace(full_event(), title="plum-dentist", status="confirmed", availability=None)
    perhaps = replace(dentist, uid="b", availability="tentative", end=None)
    with Store(path) as store, store.transaction():
        state = SourceState(id="club", address="https://club.example/", tried=NOW, outcome="ok", good=NOW)
        for name in ("club", "busy-1"):
            store.put_source(replace(state, id=name))
            store.put_records(name, {"a": dentist, "b": perhaps, "c": replace(dentist, availability="free")}, NOW)
        store.put_fact("habit of busy-1", "{}")
        store.put_fact("problems", '{"busy-1": {"told": "x"}, "club": {"told": "y"}}')
        for name in ("rating", "mail 2026-W48", "people named", "clock"):
            store.put_fact(name, "[]")
        store.put_run("week", [{"source": "busy-1"}, {"source": "club"}], NOW)
        store.drop_records("club", ["a", "b", "c"])
    made_older(path, 15)
    with Store(path) as store:
        assert store.sources().keys() == {"club"}
        assert store.diaries() == {"busy-1": replace(state, id="busy-1")}
        start = dentist.start.astimezone(UTC)
        assert store.taken_hours(["busy-1"]) == (
            TakenHours(start=start, end=dentist.end.astimezone(UTC)),
            TakenHours(start=start, end=start + timedelta(hours=2), perhaps=True),
        )
        assert [store.fact(name) for name in ("habit of busy-1", "rating", "mail 2026-W48")] == [None] * 3
        assert json.loads(store.fact("problems")) == {"club": {"told": "y"}}
        assert [store.own_fact(name) for name in ("rating", "mail 2026-W48", "people named")] == ["[]"] * 3
        assert store.fact("clock") == "[]"
        assert store.last_run() == (NOW, [{"source": "club"}])
    assert fault_of(path, thorough=True) is None
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    assert b"plum-dentist" not in b"".join(each.read_bytes() for each in (path, *tmp_path.glob("q.db-*")))
