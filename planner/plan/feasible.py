"""Whether a choice keeps the rules of a week: told quickly, and independently of the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from planner.plan.model import Problem


class Feasibility:
    """The rules of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._clashes: dict[int, set[int]] = {}
        for one, other in problem.conflicts:
            self._clashes.setdefault(one, set()).add(other)
            self._clashes.setdefault(other, set()).add(one)

    def allows(self, chosen: Sequence[int]) -> bool:
        """Whether all of ``chosen`` may stand together in the week."""
        problem, members = self._problem, set(chosen)
        items = [problem.items[position] for position in members]
        days = Counter(item.day for item in items)
        communities = Counter(item.community for item in items if item.community is not None)
        spent = sum(item.cost for item in items)
        return (
            len(members) <= problem.per_week
            and max(days.values(), default=0) <= problem.per_day
            and (problem.days is None or len(days) <= problem.days)
            and (problem.per_community is None or max(communities.values(), default=0) <= problem.per_community)
            and (problem.budget is None or spent <= problem.budget + 1e-9)
            and not any(self._clashes.get(position, set()) & members for position in members)
        )
