"""Safe reductions: candidates that no best plan needs are left out before the solver sees them.

A candidate is not needed where another one of its day and track, at no higher cost, is worth at least as much, cannot
stand beside it, and clashes with nothing that it does not clash with itself: whatever plan holds the one is not worse
with the other in its place. Exact, so the optimum is that of the whole.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import replace

from planner.plan.model import TIE, Problem, Solution, tie_of


def reduced(problem: Problem) -> tuple[Problem, list[int]]:
    """-> (a smaller problem of the same optimum, the positions of its items in ``problem``)."""
    closed = _closed_neighbourhoods(problem)
    capped = _capped_communities(problem)
    worth = [item.worth + TIE * tie_of(item.id) for item in problem.items]
    days: dict[tuple[int, str], list[int]] = defaultdict(list)
    for position, item in enumerate(problem.items):
        days[item.day, item.track].append(position)
    kept: list[int] = []
    for positions in days.values():
        positions.sort(key=lambda position: (-worth[position], problem.items[position].id))
        stand: list[int] = []
        for position in positions:
            item = problem.items[position]
            if not any(
                closed[better] & ~closed[position] == 0
                and problem.items[better].cost <= item.cost
                and problem.items[better].community in {None, item.community, *_uncapped(problem, better, capped)}
                for better in stand
                if closed[position] >> better & 1
            ):
                stand.append(position)
        kept += stand
    kept.sort()
    number = {position: place for place, position in enumerate(kept)}
    conflicts = [(number[a], number[b]) for a, b in problem.conflicts if a in number and b in number]
    return replace(problem, items=[problem.items[position] for position in kept], conflicts=conflicts), kept


def enlarged(solution: Solution, kept: list[int]) -> Solution:
    """The solution of a reduced problem in the positions of the whole one."""
    return replace(solution, chosen=tuple(kept[position] for position in solution.chosen))


def _closed_neighbourhoods(problem: Problem) -> list[int]:
    """For each item the set of what it clashes with, itself included, as the bits of a number."""
    closed = [1 << position for position in range(len(problem.items))]
    for one, other in problem.conflicts:
        closed[one] |= 1 << other
        closed[other] |= 1 << one
    return closed


def _capped_communities(problem: Problem) -> set[str]:
    """Communities that have more candidates than may be visited: only their cap can bind."""
    if problem.per_community is None:
        return set()
    sizes = Counter(item.community for item in problem.items if item.community is not None)
    return {name for name, size in sizes.items() if size > problem.per_community}


def _uncapped(problem: Problem, position: int, capped: set[str]) -> set[str | None]:
    community = problem.items[position].community
    return {community} if community is not None and community not in capped else set()
