"""Planning weeks of many candidates: reductions and HiGHS beside an independent CP-SAT model of the same problem.

python benchmarks/speed_plan.py [COUNT ...]        (CP-SAT needs: pip install ortools)
"""

from __future__ import annotations

import importlib.util
import multiprocessing
import random
import sys
import time
from collections import defaultdict
from typing import Any

from planner.plan.feasible import Feasibility
from planner.plan.model import Item, Problem, solve
from planner.plan.reduce import reduced
from planner.plan.solve import solve_apart


def week(count: int, seed: int) -> Problem:
    """A synthetic week: 70 % evenings, venues on 20 x 20 km, scores with ties, prices, communities."""
    rng = random.Random(seed)
    venues = [(rng.uniform(0, 20), rng.uniform(0, 20)) for _ in range(max(4, count // 8))]
    events = []
    for number in range(count):
        day = rng.randrange(7)
        hour = rng.choice([18.5, 19, 19, 19.5, 20]) if rng.random() < 0.7 else rng.randrange(9, 18)
        length = rng.choice([1, 1.5, 2, 2, 3])
        events.append((day * 24 + hour, length, rng.choice(venues), number))
    items = [
        Item(
            id=f"event {number}",
            worth=rng.choice([0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0, 4.5, 5.0]) + rng.choice([0, 0, 0, 0.8, 1.1]),
            track=rng.choice(["industry", "industry", "practice"]),
            day=int(start // 24),
            cost=float(rng.choice([0, 0, 0, 30, 50, 80])),
            community=f"community {rng.randrange(max(2, count // 36))}" if rng.random() < 0.6 else None,
        )
        for start, _, _, number in events
    ]
    order = sorted(range(count), key=lambda position: events[position][0])
    conflicts = []
    for place, first in enumerate(order):
        start, length, here, _ = events[first]
        for second in order[place + 1 :]:
            later, _, there, _ = events[second]
            if later > start + length + 2:
                break
            way = (10 + 3 * ((here[0] - there[0]) ** 2 + (here[1] - there[1]) ** 2) ** 0.5) / 60 if here != there else 0
            if later < start + length + way:
                conflicts.append((min(first, second), max(first, second)))
    returns = {
        track: [2.0 * max(-1.0, 1 - visit / wanted) for visit in range(12)]
        for track, wanted in (("industry", 7.0), ("practice", 5.0))
    }
    return Problem(
        items=items, conflicts=conflicts, per_day=3, per_week=12, budget=200.0, per_community=2, days=5, returns=returns
    )


def referee(problem: Problem, seconds: float = 60.0) -> tuple[float, str, float]:
    """The same problem stated for CP-SAT, independently: -> (value, status, seconds)."""
    from ortools.sat.python import cp_model

    scale = 1000
    model: Any = cp_model.CpModel()
    visit = [model.NewBoolVar(str(position)) for position in range(len(problem.items))]
    days: dict[int, list[Any]] = defaultdict(list)
    communities: dict[str, list[Any]] = defaultdict(list)
    tracks: dict[str, list[Any]] = defaultdict(list)
    for variable, item in zip(visit, problem.items, strict=True):
        days[item.day].append(variable)
        tracks[item.track].append(variable)
        if item.community:
            communities[item.community].append(variable)
    for one, other in problem.conflicts:
        model.AddBoolOr([visit[one].Not(), visit[other].Not()])
    out = []
    for variables in days.values():
        model.Add(sum(variables) <= problem.per_day)
        outing = model.NewBoolVar("out")
        model.AddMaxEquality(outing, variables)
        out.append(outing)
    model.Add(sum(out) <= (7 if problem.days is None else problem.days))
    for variables in communities.values():
        model.Add(sum(variables) <= (problem.per_community or len(variables)))
    model.Add(sum(visit) <= problem.per_week)
    if problem.budget is not None:
        model.Add(sum(int(item.cost) * x for item, x in zip(problem.items, visit, strict=True)) <= int(problem.budget))
    gains = []
    for track, returns in problem.returns.items():
        count = model.NewIntVar(0, problem.per_week, track)
        model.Add(count == sum(tracks[track]))
        table = [0]
        for value in returns:
            table.append(table[-1] + round(value * scale))
        gain = model.NewIntVar(min(table), max(table), f"gain {track}")
        model.AddElement(count, table, gain)
        gains.append(gain)
    model.Maximize(
        sum(round(item.worth * scale) * x for item, x in zip(problem.items, visit, strict=True)) + sum(gains)
    )
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 8
    solver.parameters.max_time_in_seconds = seconds
    begun = time.perf_counter()
    status = solver.StatusName(solver.Solve(model))
    return solver.ObjectiveValue() / scale, status, time.perf_counter() - begun


def main() -> None:
    counts = [int(text) for text in sys.argv[1:]] or [200, 1000, 5000]
    has_referee = importlib.util.find_spec("ortools") is not None
    if not has_referee:
        print("CP-SAT: skipped, ortools is not installed")
    for count in counts:
        for seed in (1, 2, 3):
            problem = week(count, seed)
            begun = time.perf_counter()
            smaller, _ = reduced(problem)
            reducing = time.perf_counter() - begun
            begun = time.perf_counter()
            inside = solve(smaller)
            solving = time.perf_counter() - begun
            begun = time.perf_counter()
            solution = solve_apart(problem)
            whole = time.perf_counter() - begun
            assert Feasibility(problem).allows(solution.chosen)
            gap = 0.0 if solution.status == "optimal" else solution.bound / solution.value - 1
            line = (
                f"{count:5} seed {seed}: {len(smaller.items):4} left after {reducing:.2f} s, solved in {solving:.2f} s,"
                f" in a process of its own {whole:.2f} s; value {solution.value:.3f} {solution.status}, gap {gap:.1%}"
            )
            assert abs(inside.value - solution.value) < 1e-6 or solution.status != "optimal"
            if has_referee and count <= 1000:
                # In a process of its own: both libraries bring a HiGHS, and their symbols collide.
                with multiprocessing.get_context("spawn").Pool(1) as pool:
                    value, status, seconds = pool.apply(referee, (problem,))
                assert abs(value - solution.value) < 0.005 or status != "OPTIMAL", (value, solution.value)
                line += f"; CP-SAT {value:.3f} {status} {seconds:.2f} s"
            print(line, flush=True)


if __name__ == "__main__":
    main()
