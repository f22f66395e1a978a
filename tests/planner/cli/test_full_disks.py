"""Where nothing can be written, what was written before stays to the byte, and one line says why."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.store.room import COPIES, need_room
from tests.support.cli import ROOT, run
from tests.support.damages import STORE, lived, tell

NOW = "2026-09-11T19:00:00+08:00"
WEEK = ("week", "--now", NOW, "--quiet")
LIMITED = """
import ctypes, os, resource, signal, sys
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # a write then fails like one to a full disk
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]),) * 2)
for right in (1, 2, 3) if os.geteuid() == 0 else ():  # what lets root write where it may not (capabilities(7))
    ctypes.CDLL(None).prctl(24, right, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-c", "from planner.cli import main; main()", *sys.argv[2:]])
"""
NOBODY = 65534
is_root = os.name != "nt" and os.geteuid() == 0


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory) -> Path:
    home = tmp_path_factory.mktemp("world") / "home"
    home.mkdir()
    world = lived(home)
    world.feeds["hall"].events["talk-3"]["title"] += ", moved inside"
    tell(world)
    return home


@pytest.fixture
def home(lived_in, tmp_path) -> Path:
    shutil.copytree(lived_in, tmp_path / "home")
    return tmp_path / "home"


def limited(home: Path, most: int = 1 << 40) -> subprocess.CompletedProcess[str]:
    """A run that may write files of so many bytes, and to no folder that is closed to it."""
    return subprocess.run(
        [sys.executable, "-c", LIMITED, str(most), *WEEK], cwd=home, capture_output=True, text=True,
        check=False, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
    )  # fmt: skip


def in_one_line(told: subprocess.CompletedProcess[str]) -> None:
    assert (told.returncode, told.stdout, len(told.stderr.splitlines())) == (1, "", 1), told


@pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")
@pytest.mark.parametrize("most", [100, 20_000, pytest.param(100_000, marks=pytest.mark.long)])
def test_a_disk_that_takes_no_more_leaves_every_output_as_it_was(home, most):
    before, known = files(home / "out"), (home / STORE).read_bytes()
    in_one_line(limited(home, most))
    assert files(home / "out") == before
    assert (home / STORE).read_bytes()[: 1 << 12] == known[: 1 << 12]
    assert run(home, *WEEK).returncode == 0
    assert files(home / "out") != before
    assert not list((home / "out").rglob(".quanzi-*"))


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of a few megabytes, full but for some hundred kilobytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", folder], check=False).returncode:
        pytest.skip("no disk can be made here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", folder], check=True)


@pytest.mark.skipif(not is_root, reason="only root makes disks")
def test_without_room_a_run_does_not_begin(lived_in, small_disk):
    home = small_disk / "home"
    shutil.copytree(lived_in, home)
    (small_disk / "ballast").write_bytes(bytes(shutil.disk_usage(small_disk).free - 300_000))
    before = files(home)
    told = run(home, *WEEK)
    in_one_line(told)
    assert "not enough room on the disk: 2 MB have to be free (nothing was begun)" in told.stderr
    assert files(home) == before
    (small_disk / "ballast").unlink()
    assert run(home, *WEEK).returncode == 0


@pytest.mark.skipif(sys.platform != "linux", reason="rights of Linux")
@pytest.mark.parametrize("what", ["out", "."])
def test_a_folder_that_cannot_be_written_to_stays_as_it_is(home, what):
    place, before = home / what, files(home / "out")
    folders = [place, *(each for each in place.rglob("*") if each.is_dir())]
    for path in (*folders, *place.rglob("*")):
        if is_root:
            os.chown(path, NOBODY, NOBODY)
        path.chmod(0o555 if path.is_dir() else 0o444)
    told = limited(home)
    for path in folders:
        path.chmod(0o777)
    in_one_line(told)
    assert files(home / "out") == before


def test_so_much_room_is_needed(tmp_path, monkeypatch):
    (tmp_path / "q.db").write_bytes(bytes(2_000_000))
    (tmp_path / "out").mkdir()
    (tmp_path / "out/plan.ics").write_bytes(bytes(500_000))
    needed = COPIES * 2_000_000 + 500_000 + 1_000_000
    for free, is_enough in ((needed, True), (needed - 1, False)):
        usage = type("usage", (), {"free": free})
        monkeypatch.setattr("planner.store.room.shutil.disk_usage", lambda _, usage=usage: usage)
        if is_enough:
            need_room(tmp_path / "q.db", tmp_path / "out", Catalog("en"))
        else:
            with pytest.raises(StoreError, match="8 MB have to be free"):
                need_room(tmp_path / "q.db", tmp_path / "out", Catalog("en"))


def test_a_first_run_needs_no_folder_that_is_there(tmp_path):
    need_room(tmp_path / "a/b/q.db", tmp_path / "c/out", Catalog("en"))
