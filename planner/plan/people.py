"""What the plan of a week suggests about people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from planner.people.acquaintance import acquaintances_of
from planner.people.person import People
from planner.people.suggest import Coming, Suggestion, suggest
from planner.plan.named import known_as, named
from planner.plan.week import WeekPlan
from planner.store import Store
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
        coming=_coming(people, plan, rated, today),
        for_clients=for_clients,
    )


def _coming(people: People, plan: WeekPlan, rated: Sequence[Rated], today: date) -> Mapping[str, Coming]:
    """For whoever may be met again the next evening at which that is likely: one in the plan before others."""
    zone: ZoneInfo = plan.week.zone
    known = acquaintances_of(people)
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
        for one in known.at(each.event.organizer, each.event.title, day):
            key = people.people[one.position].key
            if key not in found or _rank(coming) < _rank(found[key]):
                found[key] = coming
    return found


def _rank(coming: Coming) -> tuple[bool, date, str]:
    return not coming.is_picked, coming.day, coming.id
