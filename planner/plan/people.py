"""What the plan of a week suggests about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from planner.people.person import People
from planner.people.suggest import Coming, Suggestion, suggest
from planner.plan.history import community_of
from planner.plan.named import known_as, named
from planner.plan.week import WeekPlan
from planner.store import Store
from planner.text import casefold
from planner.types import OFF, Rated

LOOKED_AHEAD = timedelta(weeks=3)


def suggestions(
    people: People, plan: WeekPlan, rated: Sequence[Rated], store: Store, today: date, *, for_clients: bool
) -> tuple[Suggestion, ...]:
    """What to do about people in the week of a plan, seen from ``today``; the same facts give the same ones."""
    if not people.people:
        return ()
    return suggest(
        people.people,
        today,
        plan.week.name,
        known_as=known_as(store),
        before=named(store),
        coming=_coming(plan, rated, today),
        for_clients=for_clients,
    )


def _coming(plan: WeekPlan, rated: Sequence[Rated], today: date) -> Mapping[str, Coming]:
    """The next evening of each circle, by its folded name or that of the evening: one in the plan before others."""
    zone: ZoneInfo = plan.week.zone
    picked = {pick.candidate.id: pick.candidate.start for pick in plan.picks}
    found: dict[str, Coming] = {}
    for each in rated:
        start = picked.get(each.id) or each.event.start
        if start is None or each.event.status in OFF or each.event.evidence.sure == "doubtful":
            continue
        day = start.astimezone(zone).date()
        if not today <= day <= today + LOOKED_AHEAD:
            continue
        coming = Coming(id=each.id, day=day, is_picked=each.id in picked)
        for name in filter(None, (community_of(each), casefold(each.event.title).strip())):
            known = found.get(name)
            if known is None or _rank(coming) < _rank(known):
                found[name] = coming
    return found


def _rank(coming: Coming) -> tuple[bool, date, str]:
    return not coming.is_picked, coming.day, coming.id
