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


def foreign(path: Path) -> None:
    made(path, *FOREIGN["tables of its own"])


def diary(path: Path) -> None:
    path.write_bytes(b"my diary\n" * 200)


def newer(path: Path) -> None:
    made(path, f"PRAGMA application_id = {APPLICATION_ID}", "PRAGMA user_version = 999")


def damaged(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\x00" + b"?" * 2000)


TOLD = [
    (foreign, "en", "{}: another program's database (name another file under store: in config.yaml)"),
    (foreign, "zh", "{}：是别的程序的数据库（在 config.yaml 的 store: 里另写一个文件）"),
    (diary, "en", "{}: not a database (name another file under store: in config.yaml)"),
    (diary, "zh", "{}：不是数据库（在 config.yaml 的 store: 里另写一个文件）"),
    (newer, "en", "{}: made by a newer quanzi (version 999; update the program)"),
    (newer, "zh", "{}：由更新版本的 quanzi 写成（版本 999；请升级程序）"),
    (damaged, "en", "{}: cannot be used as the store: file is not a database (move it aside to begin anew)"),
    (damaged, "zh", "{}：不能用作数据库：file is not a database（把它移到别处，就会从头开始）"),
]


@pytest.mark.parametrize(("make", "language", "told"), TOLD)
def test_why_the_store_cannot_be_used_is_told_in_the_language_asked_for(tmp_path, make, language, told):
    make(tmp_path / "quanzi.db")
    with pytest.raises(StoreError) as caught:
        Store(tmp_path / "quanzi.db", language)
    assert str(caught.value) == told.format(tmp_path / "quanzi.db")


@pytest.mark.parametrize(
    ("language", "told"),
    [("en", ":memory:: disk full (nothing was written)"), ("zh", ":memory:：disk full（什么都没写）")],
)
def test_that_nothing_was_written_is_told_in_the_language_asked_for(language, told):
    with Store(":memory:", language) as store, pytest.raises(StoreError) as caught, store.transaction():
        raise sqlite3.OperationalError("disk full")
    assert str(caught.value) == told


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
