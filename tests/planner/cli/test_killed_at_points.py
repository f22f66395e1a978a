"""Killed at any named point, a run leaves whole files and a sound store; the next one ends as if nothing had been."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import ROOT, run
from tests.support.damages import STORE, lived, tell
from tests.support.killer import POINTS

NOW = "2026-09-11T19:00:00+08:00"
WEEK = ("week", "--now", NOW, "--quiet")
KILLS_AT_A_POINT = 8
QUICK = [
    *(
        "before planner.store:Store.assign 1",
        "after planner.identity.relate:merge 1",
        "after planner.publish:_written 2",
    ),
    *("after pathlib:Path.replace 2", "before planner.store:Store.put_plan 1", "before planner.store:Store.__exit__ 1"),
]


def start(home: Path, plan: str) -> subprocess.CompletedProcess[str]:
    temporary = home.parent / "tmp"
    temporary.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "tests.support.killer", plan, *WEEK], cwd=home, capture_output=True, text=True,
        check=False, env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT), "TMPDIR": str(temporary)},
    )  # fmt: skip


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture(scope="module")
def worlds(tmp_path_factory) -> tuple[Path, dict[str, bytes], dict[str, bytes], list[str]]:
    """A home with news that no run has read; its outputs before and after an undisturbed run; that run's way."""
    home = tmp_path_factory.mktemp("world") / "home"
    home.mkdir()
    world = lived(home)
    world.feeds["hall"].events["talk-3"]["title"] += ", moved inside"
    world.feeds["club"].events["games-2"]["start"] = "20260923T190000"
    del world.feeds["city"].events["c5"]
    tell(world)
    undisturbed = home.parent / "undisturbed"
    shutil.copytree(home, undisturbed)
    done = start(undisturbed, "count")
    assert done.returncode == 0, done.stderr
    return home, files(home / "out"), files(undisturbed / "out"), done.stderr.splitlines()


def check(worlds: tuple[Path, dict[str, bytes], dict[str, bytes], list[str]], tmp_path: Path, plan: str) -> None:
    before, old, new, _ = worlds
    home = tmp_path / "home"
    shutil.copytree(before, home)
    assert start(home, plan).returncode == -signal.SIGKILL, plan
    for name, content in files(home / "out").items():
        is_temporary = Path(name).name.startswith(".quanzi-")
        assert is_temporary or content in {old.get(name), new.get(name)}, f"{plan}: {name} is torn"
    shutil.copytree(home, tmp_path / "copy")  # a look may take the log in, which is the next run's to do
    database = sqlite3.connect(tmp_path / "copy" / STORE)
    assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    database.close()
    done = run(home, *WEEK)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), plan
    assert files(home / "out") == new, plan
    assert {path.name for path in home.iterdir()} == {path.name for path in before.iterdir()}, plan
    assert not list((tmp_path / "tmp").iterdir()), plan
    shutil.rmtree(tmp_path)


@pytest.mark.parametrize("plan", QUICK)
def test_the_next_run_completes_what_was_killed(worlds, tmp_path, plan):
    check(worlds, tmp_path / "world", plan)


@pytest.mark.long
@pytest.mark.parametrize("point", POINTS)
def test_two_hundred_and_more_kills(worlds, tmp_path, point):
    calls = worlds[3].count(point)
    assert calls, "the run does not come by"
    sides = [(number, when) for number in range(1, calls + 1) for when in ("before", "after")]
    for kill in range(KILLS_AT_A_POINT):
        number, when = sides[kill * len(sides) // KILLS_AT_A_POINT % len(sides)]
        check(worlds, tmp_path / str(kill), f"{when} {point} {number}")


def test_what_is_written_is_written_in_order(worlds):
    """Committed, then temporaries, then replaced, then marked as published, then sent."""
    way = worlds[3]
    order = ["put_event_states", "_written", "Path.replace", "put_plan", "put_run", "_send:send"]
    last = [max(number for number, point in enumerate(way) if point.endswith(name)) for name in order]
    first = [min(number for number, point in enumerate(way) if point.endswith(name)) for name in order]
    assert all(earlier < later for earlier, later in zip(last, first[1:], strict=False)), way
