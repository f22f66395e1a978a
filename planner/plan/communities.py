"""Whom one is getting to know, and who is new: the communities behind events, as a digest tells of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

from planner.plan.circles import Circle
from planner.plan.history import PlanHistory, community_of
from planner.plan.week import WeekPlan
from planner.types import OFF, Rated
from planner.weeks import WeekSpan

TRACKS = frozenset({"industry", "practice"})
NEW_FOR = timedelta(days=7)  # before the week begins
RHYTHM_NEW_FOR = timedelta(days=6)  # the same, so that a run at the same hour of the next week tells it no second time
LOOKED_AHEAD = timedelta(weeks=5)
MAX_OF_EACH = 5
NOTHING: Mapping[str, datetime] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Streak:
    """People that stood in the plans of the last weeks ``times`` times; ``coming`` is where one meets them next: a pick
    of this week, else their next event that is known, else None. ``circle`` is what is known of their rhythm."""

    name: str
    times: int
    coming: Rated | None = None
    is_picked: bool = False
    circle: Circle | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """People of whom nothing was known before, and the best of their coming events."""

    name: str
    coming: Rated


@dataclass(frozen=True, slots=True, kw_only=True)
class Communities:
    """What a digest says of communities. ``steady`` are those whose rhythm was found lately."""

    streaks: tuple[Streak, ...] = ()
    newcomers: tuple[Newcomer, ...] = ()
    steady: tuple[Circle, ...] = ()


NO_COMMUNITIES = Communities()


def communities_of(
    plan: WeekPlan,
    rated: Sequence[Rated],
    past: PlanHistory,
    first_seen: Mapping[str, datetime],
    *,
    circles: Sequence[Circle] = (),
    found_steady: Mapping[str, datetime] = NOTHING,
) -> Communities:
    """``first_seen`` tells of each community when the program first heard of it (`names_of`), ``found_steady`` since
    when it knows of whose rhythm."""
    coming = _coming(rated, plan.week)
    return Communities(
        streaks=_streaks(plan, rated, past, coming, {circle.key: circle for circle in circles}),
        newcomers=_newcomers(plan.week, coming, first_seen),
        steady=_newly_steady(plan.week, circles, found_steady),
    )


def _newly_steady(week: WeekSpan, circles: Sequence[Circle], found: Mapping[str, datetime]) -> tuple[Circle, ...]:
    """Whose rhythm is new to the program, the next to meet first."""
    if not found:
        return ()
    # On its first day everybody's is: that is no news.
    since = max(week.start - RHYTHM_NEW_FOR, min(found.values()) + timedelta(days=1))
    new = [each for each in circles if each.is_steady and each.key in found and found[each.key] >= since]
    told = [each for each in new if each.track in TRACKS and (each.coming or each.expected)]
    return tuple(told[:MAX_OF_EACH])


def names_of(rated: Iterable[Rated]) -> set[str]:
    """The communities that hold these events, as far as they have a name."""
    return {name for each in rated if each.event.organizer and (name := community_of(each))}


def _coming(rated: Iterable[Rated], week: WeekSpan) -> dict[str, list[Rated]]:
    """Events from the beginning of ``week`` on, by community, the earliest first."""
    found: dict[str, list[tuple[datetime, str, Rated]]] = {}
    for each in rated:
        start, name = each.event.start, community_of(each)
        if name and start and week.start <= start < week.start + LOOKED_AHEAD and each.event.status not in OFF:
            found.setdefault(name, []).append((start, each.id, each))
    return {name: [each for _, _, each in sorted(of_it, key=lambda one: one[:2])] for name, of_it in found.items()}


def _streaks(
    plan: WeekPlan,
    rated: Sequence[Rated],
    past: PlanHistory,
    coming: Mapping[str, Sequence[Rated]],
    circles: Mapping[str, Circle],
) -> tuple[Streak, ...]:
    picked = {community_of(pick.candidate.rated): pick.candidate.rated for pick in reversed(plan.picks)}
    names = {name: _name(each) for each in sorted(rated, key=lambda one: one.id) if (name := community_of(each))}
    streaks = []
    for community in past.lately & names.keys():
        following = [picked[community]] if community in picked else list(coming.get(community, ()))
        streaks.append(
            Streak(
                name=names[community],
                times=past.met[community],
                coming=following[0] if following else None,
                is_picked=community in picked,
                circle=circles.get(community),
            )
        )
    streaks.sort(key=lambda each: (not each.is_picked, -each.times, each.name))
    return tuple(streaks[:MAX_OF_EACH])


def _name(rated: Rated) -> str:
    """What people call a community: its own name, else the title of what it holds."""
    return rated.event.organizer or rated.event.title


def _newcomers(
    week: WeekSpan, coming: Mapping[str, Sequence[Rated]], first_seen: Mapping[str, datetime]
) -> tuple[Newcomer, ...]:
    if not first_seen:
        return ()
    # On its first day the program hears of everybody for the first time; that makes nobody new.
    since = max(week.start - NEW_FOR, min(first_seen.values()) + timedelta(days=1))
    best = {}
    for community, seen in first_seen.items():
        fitting = [each for each in coming.get(community, ()) if each.score.track in TRACKS and each.score.total > 0]
        if seen >= since and fitting:
            best[community] = max(fitting, key=lambda each: (each.score.total, each.id))
    ordered = sorted(best.values(), key=lambda each: (-each.score.total, each.id))
    return tuple(Newcomer(name=each.event.organizer or "", coming=each) for each in ordered[:MAX_OF_EACH])
