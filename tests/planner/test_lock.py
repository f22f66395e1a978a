"""One run at a time, by a lock that dies with its process; also where fcntl is missing."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from planner import lock
from planner.errors import AlreadyRunningError
from planner.lock import only_run

HOLDER = """
import sys, time
from pathlib import Path
from planner.lock import only_run
with only_run(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_a_second_run_is_busy_until_the_first_dies(tmp_path):
    store = tmp_path / "quanzi.db"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(store)], cwd=Path(__file__).parents[2], stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyRunningError) as caught, only_run(store):
        pass
    assert caught.value.exit_code == 75
    process.kill()
    process.wait()
    process.stdout.close()
    time.sleep(0.05)
    with only_run(store):
        pass


def test_the_lock_file_stays(tmp_path):
    with only_run(tmp_path / "quanzi.db"):
        pass
    assert (tmp_path / "quanzi.db.lock").exists()


class FakeMsvcrt:
    """The two names of Windows' module that are used."""

    LK_NBLCK = 2

    def __init__(self, *, held: bool) -> None:
        self.held = held
        self.calls: list[tuple[int, int]] = []

    def locking(self, descriptor: int, mode: int, count: int) -> None:
        self.calls.append((mode, count))
        if self.held:
            raise OSError(36, "Resource deadlock avoided")


@pytest.mark.parametrize("held", [False, True])
def test_without_fcntl_windows_locking_is_used(tmp_path, monkeypatch, held):
    fake = FakeMsvcrt(held=held)
    monkeypatch.setattr(lock, "fcntl", None)
    monkeypatch.setattr(lock, "msvcrt", fake)
    if held:
        with pytest.raises(AlreadyRunningError), only_run(tmp_path / "q.db"):
            pass
    else:
        with only_run(tmp_path / "q.db"):
            pass
    assert fake.calls == [(2, 1)]
