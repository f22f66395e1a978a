"""A store is looked at without being touched."""

from __future__ import annotations

import sqlite3

from planner.store import Store
from planner.store.schema import MIGRATIONS
from planner.store.soundness import soundness


def test_none_and_sound(tmp_path):
    path = tmp_path / "quanzi.db"
    assert soundness(path) is None
    with Store(path):
        found = soundness(path)
        assert found is not None
        assert (found.version, found.fault, found.is_newer) == (len(MIGRATIONS), None, False)
        assert found.size >= path.stat().st_size
    before = path.read_bytes()
    assert soundness(path)
    assert path.read_bytes() == before
    assert {each.name for each in tmp_path.iterdir()} == {"quanzi.db"}


def test_damage_is_told_and_not_mended(tmp_path):
    path = tmp_path / "quanzi.db"
    with Store(path):
        pass
    whole = path.read_bytes()
    for damaged in (
        bytes(100) + whole[100:],
        whole[: len(whole) // 3],
        b"hello",
        whole[:8192] + bytes(len(whole) - 8192),
    ):
        path.write_bytes(damaged)
        found = soundness(path)
        assert found is not None
        assert found.fault
        assert path.read_bytes() == damaged


def test_what_a_newer_program_made(tmp_path):
    path = tmp_path / "quanzi.db"
    with sqlite3.connect(path) as database:
        database.execute("PRAGMA user_version = 999")
    found = soundness(path)
    assert found is not None
    assert found.is_newer
    path.unlink()
    path.mkdir()
    assert soundness(path).fault
