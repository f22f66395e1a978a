"""From rated events to the week that is proposed: what may be planned, the hours for clients, and the best of it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planner.config import Config
from planner.plan.busy import NOT_BUSY, Busy
from planner.plan.candidates import Candidate, Exclusion, select
from planner.plan.client_time import blocks_for_clients, to_invite_to
from planner.plan.history import NO_PAST, PlanHistory
from planner.plan.lookup import is_meant
from planner.plan.model import Problem, Solution
from planner.plan.solve import solve_apart
from planner.plan.week import WeekPlan, plan_week
from planner.rating.travel import TravelTimes
from planner.types import Interval, Rated
from planner.weeks import WeekSpan
from spiders.reasons import Reason

_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What a week is proposed from: the events, the wishes, and what is already so. ``busy`` are hours of the user's
    own calendar, ``published`` ids of picks that people know, ``declined`` of events that the user will not go to."""

    week: WeekSpan
    rated: Sequence[Rated]
    config: Config
    now: datetime
    busy: Busy = NOT_BUSY
    published: Collection[str] = ()
    declined: Collection[str] = ()

    def selected(self, for_clients: Sequence[Interval] = ()) -> tuple[list[Candidate], list[Exclusion]]:
        """What may be planned and what may not: pins and refusals counted, and hours kept for clients."""
        wishes = self.config.week
        return select(
            self.rated,
            self.config,
            self.week,
            self.now,
            busy=replace(self.busy, taken=(*for_clients, *self.busy.taken)),
            pinned=lambda each: any(is_meant(each, wanted) for wanted in wishes.pinned),
            refused=lambda each: each.id in self.declined or any(is_meant(each, wanted) for wanted in wishes.refused),
            published=self.published,
        )

    def blocks(self, picks: Sequence[Candidate], others: Sequence[Candidate]) -> list[Interval]:
        """The hours for clients beside these picks."""
        return blocks_for_clients(self.config, self.week, self.now, picks=picks, others=others, busy=self.busy.every)


def propose(
    wanted: Wanted,
    places: TravelTimes,
    *,
    past: PlanHistory = NO_PAST,
    notes: Sequence[Reason] = (),
    solver: Callable[[Problem], Solution] = solve_apart,
) -> WeekPlan:
    """The best week; where hours are kept for clients, they stand where the best week without them loses least.
    Raises SolverError."""

    def solved(candidates: Sequence[Candidate], exclusions: Sequence[Exclusion]) -> WeekPlan:
        _log.info("%s: %d candidates, %d may not be planned", wanted.week.name, len(candidates), len(exclusions))
        return plan_week(
            wanted.week,
            candidates,
            exclusions,
            wanted.config,
            places,
            published=wanted.published,
            past=past,
            notes=notes,
            solver=solver,
        )

    candidates, exclusions = wanted.selected()
    plan = solved(candidates, exclusions)
    blocks = wanted.blocks([pick.candidate for pick in plan.picks], candidates)
    if not blocks:
        return plan
    fewer, more = wanted.selected(blocks)
    if len(fewer) < len(candidates):
        plan = solved(fewer, more)
    return with_clients(plan, blocks, wanted)


def with_clients(plan: WeekPlan, blocks: Sequence[Interval], wanted: Wanted) -> WeekPlan:
    """The plan with hours for clients, and what one could take a client to."""
    inviting = to_invite_to(wanted.rated, plan.week, wanted.now)
    return replace(plan, for_clients=tuple(blocks), to_invite_to=tuple(inviting))
