"""One run at a time, by a lock that dies with its process."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner.errors import AlreadyRunningError, StoreError
from planner.store.lock import only_run

HOLDER = """
import sys, time
from pathlib import Path
from planner.store.lock import only_run
with only_run(Path(sys.argv[1]), "en"):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_busy_until_the_first_dies(tmp_path):
    store = tmp_path / "quanzi.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store)], cwd=Path(__file__).parents[3], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyRunningError) as caught, only_run(store, "en"):
        pass
    assert caught.value.exit_code == 75
    process.kill()
    process.wait()
    process.stdout.close()
    time.sleep(0.05)
    with only_run(store, "en"):
        pass


def test_the_lock_file_stays(tmp_path):
    with only_run(tmp_path / "quanzi.db", "en"):
        pass
    assert (tmp_path / "quanzi.db.lock").exists()


def test_a_second_run_of_the_same_process_is_busy_too(tmp_path):
    with only_run(tmp_path / "q.db", "en"), pytest.raises(AlreadyRunningError), only_run(tmp_path / "q.db", "en"):
        pass
    with only_run(tmp_path / "q.db", "en"):
        pass


def test_a_lock_file_that_was_left_locks_nothing(tmp_path):
    (tmp_path / "q.db.lock").write_text("12345 left by a run that was killed")
    with only_run(tmp_path / "q.db", "en"):
        pass


HELD = {"en": "{}: another run is under way (wait for it to end)", "zh": "{}：另一次运行还没结束（等它结束再试）"}


@pytest.mark.parametrize(("language", "told"), HELD.items(), ids=HELD)
def test_that_another_run_is_under_way_is_told_in_the_language_asked_for(tmp_path, language, told):
    store = tmp_path / "q.db"
    with only_run(store, "en"), pytest.raises(AlreadyRunningError) as caught, only_run(store, language):
        pass
    assert str(caught.value) == told.format(store)
    assert caught.value.exit_code == 75


UNKNOWN = {"en": "{}: cannot be locked: locks are not known here", "zh": "{}：不能加锁：这里没有文件锁"}


@pytest.mark.parametrize(("language", "told"), UNKNOWN.items(), ids=UNKNOWN)
def test_that_there_are_no_locks_is_told_in_the_language_asked_for(tmp_path, monkeypatch, language, told):
    def missing(_: object) -> None:
        raise NotImplementedError

    monkeypatch.setattr("filelock.FileLock._acquire", missing)
    with pytest.raises(StoreError) as caught, only_run(tmp_path / "q.db", language):
        pass
    assert str(caught.value) == told.format(tmp_path / "q.db.lock")


@pytest.mark.skipif(os.name == "nt", reason="Windows has locks of its own")
def test_where_the_system_has_no_locks_of_its_own_it_is_said(tmp_path, monkeypatch):
    def missing(descriptor: int, mode: int) -> None:
        raise OSError(errno.ENOSYS, "Function not implemented")

    monkeypatch.setattr("fcntl.flock", missing)
    with (
        pytest.raises(StoreError, match=r"q\.db\.lock: cannot be locked: the system reports an error"),
        only_run(tmp_path / "q.db", "en"),
    ):
        pass


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="cannot be locked"), only_run(tmp_path / "file/q.db", "en"):
        pass
    with pytest.raises(StoreError, match=r"q\.db\.lock：不能加锁：[^A-Za-z]+$"), only_run(tmp_path / "file/q.db", "zh"):
        pass
