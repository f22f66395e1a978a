"""The week as a declarative model, solved by HiGHS to a proven optimum.

Variables: x[i], whether candidate i is visited; y[t,k], whether track t has a k-th visit; z[d], whether one goes out on
day d. Maximise the scores and the worth of balance: the k-th visit of a track is worth less than the one before (a
concave return around its share), so the sum over y is right without further rows. Subject to: no clash (cliques of a
conflict graph), caps per day, week, community and number of days, budget.
"""

from __future__ import annotations

import hashlib
import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

TIE = 1e-4
"""Far below any real difference of scores (0.001), far above the solver's tolerance (1e-6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One candidate as the model sees it: ``worth`` in points, ``day`` as a number, ``cost`` in the budget's unit."""

    id: str
    worth: float
    track: str
    day: int
    cost: float
    community: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A week to be chosen. ``conflicts`` are pairs of positions in ``items``; ``returns[track][k]`` is what the k-th
    visit of a track adds; a track without returns adds nothing. None means no such cap."""

    items: Sequence[Item]
    conflicts: Sequence[tuple[int, int]]
    per_day: int
    per_week: int
    budget: float | None
    per_community: int | None = None
    days: int | None = None
    returns: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution:
    """Chosen positions in order; ``bound`` is proven: no plan is worth more. ``status`` is optimal or unproven."""

    chosen: tuple[int, ...]
    value: float
    bound: float
    status: str


def value_of(problem: Problem, chosen: Sequence[int]) -> float:
    """The worth of a choice, tie-breaks left out."""
    counts: dict[str, int] = defaultdict(int)
    total = 0.0
    for position in chosen:
        item = problem.items[position]
        total += item.worth
        returns = problem.returns.get(item.track, ())
        if counts[item.track] < len(returns):
            total += returns[counts[item.track]]
        counts[item.track] += 1
    return round(total, 6)


def solve(problem: Problem, *, seconds: float = 10.0) -> Solution:
    """The best choice. Ties are broken by the items' ids alone, so the order of ``items`` does not matter."""
    if not problem.items or problem.per_day == 0 or problem.per_week == 0 or problem.days == 0:
        return Solution(chosen=(), value=0.0, bound=0.0, status="optimal")
    highs, np = load_solver()
    solver = highs.Highs()
    for name, value in (
        ("output_flag", False),
        ("threads", 1),
        ("random_seed", 0),
        ("mip_rel_gap", 0.0),
        ("mip_abs_gap", 0.0),
        ("time_limit", seconds),
    ):
        solver.setOptionValue(name, value)
    solver.passModel(_Builder(problem).model(highs, np))
    solver.run()
    values = solver.getSolution().col_value
    chosen = tuple(i for i in range(len(problem.items)) if i < len(values) and values[i] > 0.5)
    value = value_of(problem, chosen)
    if solver.getModelStatus() == highs.HighsModelStatus.kOptimal:
        return Solution(chosen=chosen, value=value, bound=value, status="optimal")
    bound = -solver.getInfo().mip_dual_bound
    return Solution(
        chosen=chosen,
        value=value,
        bound=max(value, round(bound, 6)) if math.isfinite(bound) else value,
        status="unproven",
    )


def load_solver() -> tuple[Any, Any]:
    """The libraries of solving, imported when first needed. Raises ImportError where they are broken."""
    import highspy
    import numpy as np

    return highspy, np


class _Builder:
    """Columns and rows of the model, in the compressed form that HiGHS takes."""

    def __init__(self, problem: Problem) -> None:
        self.costs = [-(item.worth + TIE * tie_of(item.id)) for item in problem.items]
        self.rows: list[tuple[list[int], list[float], float, float]] = []
        self._caps(problem)
        for clique in cliques(len(problem.items), problem.conflicts):
            self._at_most(clique, 1)
        for track, returns in sorted(problem.returns.items()):
            self._balance(problem, track, returns)

    def _caps(self, problem: Problem) -> None:
        days: dict[int, list[int]] = defaultdict(list)
        communities: dict[str, list[int]] = defaultdict(list)
        for position, item in enumerate(problem.items):
            days[item.day].append(position)
            if item.community is not None:
                communities[item.community].append(position)
        for positions in days.values():
            if len(positions) > problem.per_day:
                self._at_most(positions, problem.per_day)
        if problem.per_community is not None:
            for positions in communities.values():
                if len(positions) > problem.per_community:
                    self._at_most(positions, problem.per_community)
        everyone = list(range(len(problem.items)))
        self._at_most(everyone, problem.per_week)
        if problem.days is not None and len(days) > problem.days:
            self._days(list(days.values()), problem.days, problem.per_day)
        if problem.budget is not None:
            paid = [position for position in everyone if problem.items[position].cost > 0]
            self.rows.append((paid, [problem.items[position].cost for position in paid], -math.inf, problem.budget))

    def _days(self, days: Sequence[list[int]], most: int, per_day: int) -> None:
        """A visit needs its day's z; at most so many z."""
        first = len(self.costs)
        self.costs += [0.0] * len(days)
        for number, positions in enumerate(days):
            row = [*positions, first + number]
            self.rows.append((row, [1.0] * len(positions) + [-float(per_day)], -math.inf, 0.0))
        self._at_most(list(range(first, first + len(days))), most)

    def _at_most(self, positions: list[int], limit: float) -> None:
        self.rows.append((positions, [1.0] * len(positions), -math.inf, limit))

    def _balance(self, problem: Problem, track: str, returns: Sequence[float]) -> None:
        """Visits of a track = its y; what each adds falls, so the solver takes them in order."""
        visits = [position for position, item in enumerate(problem.items) if item.track == track]
        if not visits:
            return
        first = len(self.costs)
        self.costs += [-value for value in returns]
        ys = list(range(first, first + len(returns)))
        self.rows.append((visits + ys, [1.0] * len(visits) + [-1.0] * len(ys), 0.0, 0.0))

    def model(self, highspy: Any, np: Any) -> Any:
        columns, rows = len(self.costs), len(self.rows)
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, rows
        model.col_cost_ = np.array(self.costs)
        model.col_lower_, model.col_upper_ = np.zeros(columns), np.ones(columns)
        model.integrality_ = [highspy.HighsVarType.kInteger] * columns
        model.row_lower_ = np.array([row[2] for row in self.rows])
        model.row_upper_ = np.array([row[3] for row in self.rows])
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.cumsum([0] + [len(row[0]) for row in self.rows])
        model.a_matrix_.index_ = np.array([index for row in self.rows for index in row[0]], dtype=np.int32)
        model.a_matrix_.value_ = np.array([value for row in self.rows for value in row[1]])
        return model


def tie_of(name: str) -> float:
    """A number in [0, 1) drawn from an id: among equal plans the same one is chosen every time."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:6], "big") / 2**48


def cliques(count: int, conflicts: Sequence[tuple[int, int]]) -> list[list[int]]:
    """Cover a conflict graph by cliques, greedily: every edge lies in one of them. Tighter rows than one an edge."""
    neighbours: list[set[int]] = [set() for _ in range(count)]
    for one, other in conflicts:
        neighbours[one].add(other)
        neighbours[other].add(one)
    covered: set[tuple[int, int]] = set()
    found = []
    for one, other in sorted((min(pair), max(pair)) for pair in conflicts):
        if (one, other) in covered:
            continue
        clique = [one, other]
        common = neighbours[one] & neighbours[other]
        while common:
            nearest = min(common)
            clique.append(nearest)
            common = common & neighbours[nearest]
        clique.sort()
        covered.update((a, b) for place, a in enumerate(clique) for b in clique[place + 1 :])
        found.append(clique)
    return found
