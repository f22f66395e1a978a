"""A database that is not ours is refused and left as it is, to the byte, with nothing beside it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from planner.errors import StoreError
from planner.store import Store
from planner.store.schema import APPLICATION_ID, MIGRATIONS
from tests.support.cli import CALENDAR, CONFIG, NOW, run


def made(path: Path, *statements: str) -> bytes:
    database = sqlite3.connect(path)
    for statement in statements:
        database.execute(statement)
    database.commit()
    database.close()
    return path.read_bytes()


FOREIGN = {
    "tables of its own": ("CREATE TABLE bookmarks (id INTEGER, url TEXT)",),
    "a table of one of our names": ("CREATE TABLE events (id INTEGER, what TEXT)", "CREATE TABLE sources (x)"),
    "in a log of its own": ("PRAGMA journal_mode = WAL", "CREATE TABLE moz_places (id INTEGER)"),
    "marked by another program": ("PRAGMA application_id = 252006674", "CREATE TABLE x (y)"),
    "marked, without tables": ("PRAGMA application_id = 1196444487",),
}


@pytest.mark.parametrize("statements", FOREIGN.values(), ids=FOREIGN)
def test_another_programs_database_is_not_touched(tmp_path, statements):
    before = made(tmp_path / "quanzi.db", *statements)
    with pytest.raises(StoreError, match=r"quanzi\.db: another program's database"):
        Store(tmp_path / "quanzi.db")
    assert (tmp_path / "quanzi.db").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["quanzi.db"]


def test_a_file_that_is_no_database_is_not_touched(tmp_path):
    (tmp_path / "quanzi.db").write_bytes(b"my diary\n" * 200)
    with pytest.raises(StoreError, match="not a database"):
        Store(tmp_path / "quanzi.db")
    assert (tmp_path / "quanzi.db").read_bytes() == b"my diary\n" * 200


def test_a_newer_store_is_not_touched(tmp_path):
    Store(tmp_path / "quanzi.db").__exit__(None, None, None)
    before = made(tmp_path / "quanzi.db", f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    with pytest.raises(StoreError, match="newer quanzi"):
        Store(tmp_path / "quanzi.db")
    assert (tmp_path / "quanzi.db").read_bytes() == before


def test_a_new_store_is_marked_and_an_empty_file_becomes_one(tmp_path):
    (tmp_path / "quanzi.db").touch()
    for _ in range(2):
        with Store(tmp_path / "quanzi.db") as store:
            assert store.sources() == {}
    database = sqlite3.connect(tmp_path / "quanzi.db")
    assert database.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    database.close()


def test_a_run_says_it_and_ends(tmp_path):
    before = made(tmp_path / "quanzi.db", *FOREIGN["tables of its own"])
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    told = run(tmp_path, "week", "--now", NOW)
    assert told.returncode == 1
    assert "another program's database" in told.stderr
    assert "Traceback" not in told.stderr
    assert (tmp_path / "quanzi.db").read_bytes() == before
    assert not (tmp_path / "out").exists()
