"""What a plan tells of people: communities, suggestions, the quarter that was."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass

from planner.people.suggest import Suggestion
from planner.pipeline.known import Known
from planner.plan.communities import Communities, communities_of, names_of
from planner.plan.history import PlanHistory
from planner.plan.people import suggestions
from planner.plan.quarter import WEEKS, Quarter, quarter_of
from planner.plan.week import WeekPlan


@dataclass(frozen=True, kw_only=True)
class Company(Known):
    """What is known, with what is told of the people behind it and of those whom the user knows."""

    def _communities_of(self, plan: WeekPlan, past: PlanHistory) -> Callable[[], Communities]:
        """What is to be told of communities as the store stands now; most looks at a plan ask for nothing of it."""
        known, steady = self.facts.communities, self.facts.steady

        @functools.cache
        def told() -> Communities:
            circles = () if self.planned_alone else self.circles
            return communities_of(
                plan,
                self.rated,
                past,
                dict.fromkeys(names_of(self.rated), self.now) | dict(known),
                circles=circles,
                found_steady=dict.fromkeys((each.key for each in circles if each.is_steady), self.now) | dict(steady),
            )

        return told

    def _quarter(self) -> Quarter:
        return quarter_of(
            self.store.plans_since(self.this_week.shifted(-2 * WEEKS).name),
            self.people,
            self.this_week,
            self.now,
            wanted=self.config.balance.industry_share,
            skipped={given.event for given in self.store.feedback() if given.verdict == "skip"},
        )

    def _suggestions_of(self, plan: WeekPlan) -> tuple[Suggestion, ...]:
        return suggestions(
            self.people,
            plan,
            self.rated,
            self.store,
            self.today,
            for_clients=self.config.seller == "key-account",
        )
