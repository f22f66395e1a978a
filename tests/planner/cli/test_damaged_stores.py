"""A damaged store is kept aside and rebuilt by the next run: subscribers see nothing of it."""

from __future__ import annotations

import random
import shutil
from pathlib import Path

import pytest

from planner.store import Store
from tests.support.cli import run
from tests.support.damages import DAMAGES, LATER, STORE, held, lived

SEEDS = [1, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(2, 6))]
QUICK = {"first_page", "cut", "emptied", "overwritten_pages", "flipped_bits", "foreign_database", "log_of_another"}
EVERY = [each if each.__name__ in QUICK else pytest.param(each, marks=pytest.mark.long) for each in DAMAGES]


@pytest.fixture(scope="module")
def lived_in(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("lived")
    lived(folder)
    return folder


@pytest.fixture
def home(lived_in, tmp_path) -> Path:
    shutil.copytree(lived_in, tmp_path / "home")
    return tmp_path / "home"


def own_words(home: Path) -> set[str]:
    with Store(home / STORE) as store:
        return set(store.own_words())


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("damage", EVERY, ids=lambda damage: damage.__name__)
def test_it_is_kept_aside_and_rebuilt(home, damage, seed):
    before, (edited,) = held(home), own_words(home)
    damage(home / STORE, random.Random(f"{damage.__name__} {seed}"))
    damaged = (home / STORE).read_bytes()
    told = run(home, "refresh", "--now", LATER, "--quiet")
    assert "Traceback" not in told.stderr
    assert told.returncode == 0, told.stderr
    assert told.stderr.count("the store was damaged; it is kept as quanzi.db.damaged-2026-09-10,") == 1, told.stderr
    assert len(told.stderr.splitlines()) == 1, told.stderr
    assert (home / f"{STORE}.damaged-2026-09-10").read_bytes() == damaged
    after = held(home)
    assert after.keys() == before.keys()
    others = {name: (before[name], after[name]) for name in before if before[name] != after[name]}
    if not own_words(home):  # the edit stood on a page that was lost: the event is as its sources tell it
        others.pop(f"public/all.ics {edited}@quanzi", None)
    assert others == {}
    again = run(home, "refresh", "--now", LATER, "--quiet")
    assert (again.returncode, again.stdout, again.stderr) == (0, "", "")
    assert held(home) == after
    assert not [path.name for path in home.iterdir() if "rebuil" in path.name]
