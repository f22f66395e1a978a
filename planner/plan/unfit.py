"""Picks that moves and new places made unfit: people are told, since a plan that they know is not made anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations

from planner.plan.candidates import Exclusion
from planner.plan.codes import Why
from planner.plan.week import Pick, clash
from planner.rating.travel import TravelTimes
from planner.types import OFF
from planner.weeks import WeekSpan
from spiders.reasons import Reason

UNFIT = frozenset(
    {Why.TOO_FAR, Why.NO_FREE_HOURS, Why.OUTSIDE_FREE_HOURS, Why.BUSY, Why.BUSY_PERHAPS, Why.ALL_DAY, Why.DOUBTFUL}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnfitPick:
    """``reason``: another week, a clash (about the other title), or why an event may not be planned."""

    pick: Pick
    reason: Reason


def unfit_picks(
    picks: Sequence[Pick], week: WeekSpan, exclusions: Sequence[Exclusion], places: TravelTimes, now: datetime
) -> tuple[UnfitPick, ...]:
    """Which of a week's kept ``picks`` that are still to come no longer fit, by start. ``exclusions`` say what could
    not be planned now."""
    standing = [pick for pick in picks if pick.candidate.rated.event.status not in OFF and pick.candidate.start >= now]
    inside = [pick for pick in standing if week.start <= pick.candidate.start < week.end]
    found = {
        pick.candidate.id: UnfitPick(pick=pick, reason=Reason(Why.OTHER_WEEK))
        for pick in standing
        if not week.start <= pick.candidate.start < week.end
    }
    unfit = {each.rated.id: each for each in exclusions if each.reason.code in UNFIT}
    for pick in inside:
        exclusion = unfit.get(pick.candidate.id)
        if exclusion is not None and not pick.candidate.flexible:
            found.setdefault(pick.candidate.id, UnfitPick(pick=pick, reason=exclusion.reason))
    for first, second in combinations(inside, 2):
        if clash(first.candidate, second.candidate, places):
            clashing = Reason(Why.CLASH, about=first.candidate.rated.event.title)
            found.setdefault(second.candidate.id, UnfitPick(pick=second, reason=clashing))
    return tuple(sorted(found.values(), key=lambda each: (each.pick.candidate.start, each.pick.candidate.id)))
