"""The solver's own process: what it prints reaches nobody, and one that cannot start stops the run."""

from __future__ import annotations

import json

import pytest

from planner.errors import SolverError
from planner.plan.feasible import Feasibility
from planner.plan.model import Item, Problem
from planner.plan.solve import GRACE, solve_apart
from tests.support.cli import CALENDAR, CONFIG, NOW, ROOT, outputs, run_apart

NOISY = """
import sys
print("Running HiGHS, with a banner")
sys.stdout.flush()
import os
os.write(1, b"and two lines from C\\n")
{then}
"""


def with_library(folder, then: str) -> dict[str, str]:
    """A highspy that stands before the real one, as a new version of it might behave."""
    (folder / "lib/highspy").mkdir(parents=True)
    (folder / "lib/highspy/__init__.py").write_text(NOISY.format(then=then), encoding="utf-8")
    (folder / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (folder / "config.yaml").write_text(CONFIG.format(language="zh"), encoding="utf-8")
    return {"PYTHONPATH": f"{folder / 'lib'}:{ROOT}"}


REAL = """
sys.path.remove(sys.path[[p.endswith("lib") for p in sys.path].index(True)])
del sys.modules["highspy"]
import highspy
sys.modules["highspy"] = highspy
"""


def test_what_a_solver_prints_is_not_our_answer(tmp_path):
    extra = with_library(tmp_path, REAL)
    told = run_apart(tmp_path, "week", "--now", NOW, "--json", extra=extra)
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout)["status"] == "optimal"
    quiet = run_apart(tmp_path, "week", "--now", NOW, "--quiet", extra=extra)
    assert (quiet.returncode, quiet.stdout) == (0, "")


def test_a_solver_that_cannot_start_publishes_nothing(tmp_path):
    extra = with_library(tmp_path, "raise ImportError('libhighs.so: cannot open shared object file')")
    told = run_apart(tmp_path, "week", "--now", NOW, extra=extra)
    assert told.returncode == 1
    assert "求解器启动不了" in told.stderr
    assert "Traceback" not in told.stderr
    assert outputs(tmp_path) == {}
    assert run_apart(tmp_path, "publish", "--now", NOW).returncode == 2, "there is no plan to publish"


def test_a_solver_that_cannot_start_is_an_error_of_its_own(monkeypatch):
    monkeypatch.setattr("planner.plan.solve.SECONDS_TO_START", 0.0)
    items = [Item(id=name, worth=1.0, track="practice", day=1, cost=0.0) for name in "ab"]
    problem = Problem(items=items, conflicts=[], per_day=1, per_week=1, budget=None)
    with pytest.raises(SolverError):
        solve_apart(problem)


def test_a_solver_that_does_not_end_gives_a_fair_plan_called_unproven():
    items = [Item(id=str(n), worth=1.0 + n % 7, track="industry", day=n % 7, cost=0.0) for n in range(200)]
    conflicts = [(a, b) for a in range(200) for b in range(a + 1, 200) if (a * b) % 11 == 3]
    problem = Problem(items=items, conflicts=conflicts, per_day=3, per_week=9, budget=None)
    hasty = solve_apart(problem, seconds=-GRACE)
    assert hasty.status == "unproven"
    assert Feasibility(problem).allows(hasty.chosen)
    proven = solve_apart(problem, seconds=120.0)
    assert proven.status == "optimal"
    assert hasty.value <= proven.value <= hasty.bound
