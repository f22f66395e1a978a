"""Whether a choice keeps the rules of a week: told quickly, and independently of the solver."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum

from planner.plan.model import Problem


class Rule(StrEnum):
    """A rule of a week; its words stand under ``why.rule_`` in the catalogue."""

    CLASH = "clash"
    DAY = "day"
    COMMUNITY = "community"
    WEEK = "week"
    DAYS = "days"
    BUDGET = "budget"


class Feasibility:
    """The rules of one problem."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem
        self._clashes: dict[int, set[int]] = {}
        for one, other in problem.conflicts:
            self._clashes.setdefault(one, set()).add(other)
            self._clashes.setdefault(other, set()).add(one)

    def against(self, chosen: Sequence[int], wanted: int) -> tuple[Rule, tuple[int, ...]] | None:
        """The first rule that keeps ``wanted`` from standing beside ``chosen``, with those of them that it is about;
        None where all could stand together."""
        problem, item = self._problem, self._problem.items[wanted]
        clashing = tuple(position for position in chosen if position in self._clashes.get(wanted, ()))
        same_day = tuple(position for position in chosen if problem.items[position].day == item.day)
        same_people = tuple(
            position for position in chosen if item.community and problem.items[position].community == item.community
        )
        days = {problem.items[position].day for position in chosen}
        broken = {
            Rule.CLASH: clashing,
            Rule.DAY: same_day if len(same_day) >= problem.per_day else (),
            Rule.COMMUNITY: same_people if len(same_people) >= (problem.per_community or len(chosen) + 1) else (),
            Rule.WEEK: tuple(chosen) if len(chosen) >= problem.per_week else (),
            Rule.DAYS: tuple(chosen) if not same_day and len(days) >= (problem.days or len(chosen) + 1) else (),
            Rule.BUDGET: () if self.allows([*chosen, wanted]) else tuple(chosen),
        }
        return next(((rule, about) for rule, about in broken.items() if about), None)

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
