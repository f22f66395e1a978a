"""Public files are written anew only where something of them changed."""

from __future__ import annotations

from pathlib import Path

from planner.render.public_files import PublicWriter
from planner.store import Store
from planner.store.shown import files_written
from tests.support.cli import NOW, outputs, run, run_apart


def test_a_second_run_writes_them_only_where_they_are_not_as_they_were(home, monkeypatch):
    written = []
    pages = PublicWriter._pages
    monkeypatch.setattr(PublicWriter, "_pages", lambda *known: written.append("pages") or pages(*known))
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    first = outputs(home)
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    assert run_apart(home, "refresh", "--now", NOW, "--quiet", extra={"PYTHONHASHSEED": "7"}).returncode == 0
    assert run(home, "publish", "--now", NOW, "--quiet").returncode == 0
    assert written == ["pages"]
    for damage in (lambda file: file.write_bytes(file.read_bytes() + b"x"), Path.unlink):
        damage(home / "out/public/all.ics")
        assert run(home, "refresh", "--now", NOW, "--quiet").returncode == 0
        assert outputs(home) == first
    assert written == ["pages"] * 3


def test_another_process_digests_the_same(home):
    assert run(home, "week", "--now", NOW, "--quiet").returncode == 0
    with Store(home / "quanzi.db", "en") as store:
        first = files_written(store)
    assert run_apart(home, "refresh", "--now", NOW, "--quiet", extra={"PYTHONHASHSEED": "7"}).returncode == 0
    with Store(home / "quanzi.db", "en") as store:
        assert files_written(store) == first is not None
