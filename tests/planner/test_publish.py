"""Outputs are put in place whole or not at all, and only when their bytes differ."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner import publish as module
from planner.errors import OutputError
from planner.publish import PREFIX, publish


def test_writes_only_what_differs(tmp_path):
    assert publish(tmp_path, {"a.ics": b"1", "public/b.ics": b"2"}) == ["a.ics", "public/b.ics"]
    before = (tmp_path / "a.ics").stat().st_mtime_ns
    assert publish(tmp_path, {"a.ics": b"1", "public/b.ics": b"3"}) == ["public/b.ics"]
    assert (tmp_path / "a.ics").stat().st_mtime_ns == before
    assert (tmp_path / "public/b.ics").read_bytes() == b"3"


def test_a_full_disk_leaves_every_old_output_whole(tmp_path, monkeypatch):
    publish(tmp_path, {"a": b"old a", "b": b"old b"})
    real = os.fsync
    calls = []

    def full(descriptor):
        calls.append(descriptor)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        real(descriptor)

    monkeypatch.setattr(module.os, "fsync", full)
    with pytest.raises(OutputError, match="no space left"):
        publish(tmp_path, {"a": b"new a", "b": b"new b"})
    assert (tmp_path / "a").read_bytes() == b"old a"
    assert (tmp_path / "b").read_bytes() == b"old b"
    assert not list(tmp_path.glob(f"{PREFIX}*"))


def test_a_folder_that_cannot_be_made_is_an_output_error(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError):
        publish(tmp_path / "file", {"a": b"1"})


def test_what_killed_runs_left_behind_is_swept(tmp_path):
    (tmp_path / f"{PREFIX}stray").write_text("half a file")
    publish(tmp_path, {"a": b"1"})
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_the_mode_of_a_file_is_kept(tmp_path):
    publish(tmp_path, {"a": b"1"})
    (tmp_path / "a").chmod(0o600)
    publish(tmp_path, {"a": b"2"})
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o600


WRITER = """
import sys
from pathlib import Path
from planner.publish import publish
for number in range(100_000):
    publish(Path(sys.argv[1]), {"plan.ics": bytes([65 + number % 26]) * 400_000})
"""


@pytest.mark.parametrize("kills", [8, pytest.param(200, marks=pytest.mark.long)])
def test_kill_9_never_leaves_a_torn_file(tmp_path, kills):
    for number in range(kills):
        process = subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path)], cwd=Path(__file__).parents[2])
        deadline = time.monotonic() + 60
        while not (tmp_path / "plan.ics").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(0.05 + 0.01 * (number % 10))
        process.kill()
        process.wait()
        content = (tmp_path / "plan.ics").read_bytes()
        assert len(content) == 400_000
        assert len(set(content)) == 1
    publish(tmp_path, {"plan.ics": b"whole"})
    assert not list(tmp_path.glob(f"{PREFIX}*"))
