"""Solving in a process of its own: a solver in C cannot be stopped from inside. Past its time the best plan that a
simple rule finds is used, and called unproven."""

from __future__ import annotations

import multiprocessing
from multiprocessing.connection import Connection

from planner.plan.feasible import Feasibility
from planner.plan.model import Problem, Solution, solve, value_of
from planner.plan.reduce import enlarged, reduced

SECONDS = 10.0
GRACE = 5.0
_SPAWN = multiprocessing.get_context("spawn")


def solve_apart(problem: Problem, *, seconds: float = SECONDS) -> Solution:
    """The best choice, proven; or, past ``seconds``, the best one found, with a bound that is proven."""
    smaller, kept = reduced(problem)
    if not smaller.items:
        return enlarged(solve(smaller), kept)
    ours, theirs = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=_solve, args=(theirs, smaller, seconds), daemon=True)
    process.start()
    theirs.close()
    try:
        solution: Solution | None = ours.recv() if ours.poll(seconds + GRACE) else None
    except EOFError:  # it died: out of memory, or killed
        solution = None
    finally:
        process.kill()
        process.join()
        ours.close()
    found = greedy(smaller)
    if solution is None:
        solution = Solution(chosen=found, value=value_of(smaller, found), bound=ceiling(smaller), status="unproven")
    elif solution.status != "optimal" and value_of(smaller, found) > solution.value:
        solution = Solution(chosen=found, value=value_of(smaller, found), bound=solution.bound, status=solution.status)
    return enlarged(solution, kept)


def _solve(connection: Connection, problem: Problem, seconds: float) -> None:
    connection.send(solve(problem, seconds=seconds))
    connection.close()


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
