"""Solving in a process of its own: a solver in C cannot be stopped from inside. Past its time the best plan that a
simple rule finds is used, and called unproven."""

from __future__ import annotations

import os
from typing import Self

from planner.errors import SolverError
from planner.plan.feasible import Feasibility
from planner.plan.model import Problem, Solution, load_solver, solve, value_of
from planner.plan.reduce import enlarged, reduced
from spiders.subprocess import Child, ChildDiedError, Pipe

SECONDS = 10.0
GRACE = 5.0
SECONDS_TO_START = 60.0  # a machine that is busy, and the library's first import


class SolverProcess:
    """A solver for one problem after another, in one process that is started when the first is posed and again where it
    was lost. Use as a context manager."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._child: Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def __call__(self, problem: Problem) -> Solution:
        """The best choice, proven; or, past the seconds, the best one found, with a bound that is proven.

        Raises SolverError where no solver can be started: a week that nobody chose is no plan.
        """
        smaller, kept = reduced(problem)
        if not smaller.items:
            return enlarged(solve(smaller), kept)
        solution = self._solved(smaller)
        found = greedy(smaller)
        if solution is None:
            solution = Solution(chosen=found, value=value_of(smaller, found), bound=ceiling(smaller), status="unproven")
        elif solution.status != "optimal" and value_of(smaller, found) > solution.value:
            solution = Solution(
                chosen=found, value=value_of(smaller, found), bound=solution.bound, status=solution.status
            )
        return enlarged(solution, kept)

    def _solved(self, problem: Problem) -> Solution | None:
        """What the solver found; None where it took too long or did not survive. Raises SolverError."""
        try:
            child = self._ready()
            child.send((problem, self._seconds))
            solution: Solution = child.receive(self._seconds + GRACE)
        except (ChildDiedError, TimeoutError):  # out of memory, or killed; or it takes too long
            self._end()
            return None
        return solution

    def _ready(self) -> Child:
        if self._child is None:
            self._child = Child(_solve)
            try:
                self._child.receive(SECONDS_TO_START)
            except (ChildDiedError, TimeoutError) as exc:
                self._end()
                raise SolverError("plan: the solver cannot be started (install highspy anew)") from exc
        return self._child

    def _end(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child = None


def solve_apart(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """Solve one problem as `SolverProcess` does. Raises SolverError."""
    with SolverProcess(seconds) as solver:
        return solver(problem)


def _solve(pipe: Pipe) -> None:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # nothing is multiplied: starting threads for it costs 70 ms
    try:
        load_solver()
    except (ImportError, OSError):  # not installed, or its library is not for this machine
        return
    pipe.send("ready")
    while True:
        problem, seconds = pipe.recv()
        pipe.send(solve(problem, seconds=seconds))


def greedy(problem: Problem) -> tuple[int, ...]:
    """A fair plan at once: the most worthy first, as long as the rules allow it and the week gains."""
    rules = Feasibility(problem)
    chosen: list[int] = []
    value = 0.0
    for position in sorted(
        range(len(problem.items)), key=lambda each: (-problem.items[each].worth, problem.items[each].id)
    ):
        if len(chosen) == problem.per_week:
            break
        tried = sorted([*chosen, position])
        gained = value_of(problem, tried)
        if gained > value and rules.allows(tried):
            chosen, value = tried, gained
    return tuple(chosen)


def ceiling(problem: Problem) -> float:
    """More than no plan is worth: the best visits and the best returns, every rule but the number forgotten."""
    best = sorted((item.worth for item in problem.items if item.worth > 0), reverse=True)[: problem.per_week]
    returns = sorted((value for track in problem.returns.values() for value in track if value > 0), reverse=True)
    return round(sum(best) + sum(returns[: problem.per_week]), 6)
