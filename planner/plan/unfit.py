"""Picks that moves and new places made unfit: people are told, since a plan that they know is not made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from planner.plan.candidates import Exclusion
from planner.plan.week import Pick, clash
from planner.rating.travel import TravelTimes
from planner.types import OFF
from planner.weeks import WeekSpan

UNFIT = frozenset({"too_far", "no_free_hours", "outside_free_hours", "busy", "all_day", "doubtful"})


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfitPick:
    """``reason``: other_week, clash, or why an event may not be planned; ``about`` is the other title of a clash, or
    what belongs to the reason."""

    pick: Pick
    reason: str
    about: str = ""


def unfit_picks(
    picks: Sequence[Pick], week: WeekSpan, exclusions: Sequence[Exclusion], places: TravelTimes, now: datetime
) -> tuple[UnfitPick, ...]:
    """Which of a week's kept ``picks`` that are still to come no longer fit, by start. ``exclusions`` say what could
    not be planned now."""
    standing = [pick for pick in picks if pick.candidate.rated.event.status not in OFF and pick.candidate.start >= now]
    inside = [pick for pick in standing if week.start <= pick.candidate.start < week.end]
    found = {
        pick.candidate.id: UnfitPick(pick=pick, reason="other_week")
        for pick in standing
        if not week.start <= pick.candidate.start < week.end
    }
    unfit = {each.rated.id: each for each in exclusions if each.reason in UNFIT}
    for pick in inside:
        reason = unfit.get(pick.candidate.id)
        if reason is not None and not pick.candidate.flexible:
            found.setdefault(pick.candidate.id, UnfitPick(pick=pick, reason=reason.reason, about=reason.about))
    for first, second in combinations(inside, 2):
        if clash(first.candidate, second.candidate, places):
            other = first.candidate.rated.event.title
            found.setdefault(second.candidate.id, UnfitPick(pick=second, reason="clash", about=other))
    return tuple(sorted(found.values(), key=lambda each: (each.pick.candidate.start, each.pick.candidate.id)))
