"""What stands in the way of an event that was left out, and what would have to change for it to be chosen."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from planner.config import Config
from planner.plan.again import with_meetings
from planner.plan.candidates import Candidate
from planner.plan.feasible import Feasibility, Rule
from planner.plan.history import NO_PAST, PlanHistory
from planner.plan.solve import solve_apart
from planner.plan.week import PIN_WEIGHT, build
from planner.rating.logistics import minutes_saved_by
from planner.rating.travel import TravelTimes


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatIf:
    """``lacking`` points: the best week with the event is worth so much less than the plan; none or less: it would be
    chosen. ``nearer`` minutes and ``free`` of charge would make up for it, where they could."""

    lacking: float
    nearer: int | None = None
    free: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Hindrance:
    """Which ``rule`` keeps an event out of a plan, and the picks that it is about; without a rule it could be added,
    and the week would be no better for it: its track has its share."""

    rule: Rule | None
    about: tuple[Candidate, ...] = ()


def hindrance(wanted: Candidate, picks: Sequence[Candidate], config: Config, places: TravelTimes) -> Hindrance:
    """What stands in the way of an event beside the picks of a plan."""
    rules = Feasibility(build([*picks, wanted], config, places))
    found = rules.against(range(len(picks)), len(picks))
    if found is None:
        return Hindrance(rule=None)
    rule, about = found
    return Hindrance(rule=rule, about=tuple(picks[position] for position in about))


def what_if(
    wanted: Candidate,
    candidates: Sequence[Candidate],
    config: Config,
    places: TravelTimes,
    *,
    published: Collection[str] = (),
    past: PlanHistory = NO_PAST,
) -> WhatIf:
    """Compare the best week with the best one that holds ``wanted`` (which need not stand in ``candidates``)."""
    others = [candidate for candidate in candidates if candidate.id != wanted.id]
    ordered = sorted(
        (with_meetings(candidate, past) for candidate in [*others, wanted]), key=lambda candidate: candidate.id
    )
    without = build([each for each in ordered if each.id != wanted.id], config, places, published, past)
    forced = build(
        [replace(each, pinned=each.pinned or each.id == wanted.id) for each in ordered], config, places, published, past
    )
    lacking = round(solve_apart(without).value - (solve_apart(forced).value - PIN_WEIGHT), 3)
    terms = {term.name: -term.points for term in wanted.rated.score.terms if term.points < 0}
    way = terms.get("travel", 0.0) + terms.get("travel_unknown", 0.0)
    minutes = minutes_saved_by(lacking, wanted.rated.travel.minutes)
    return WhatIf(
        lacking=lacking,
        nearer=minutes if 0 < lacking <= way else None,
        free=0 < lacking <= terms.get("price", 0.0) + 0.3,
    )
