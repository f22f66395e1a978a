"""What the plan of a week suggests about people, and who was named when: kept in the store under keys that tell no name
to anybody who does not know it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from planner.people.person import People, Person
from planner.people.suggest import Coming, Named, Suggestion, named_now, suggest
from planner.plan.history import community_of
from planner.plan.week import WeekPlan
from planner.store import Store
from planner.text import casefold
from planner.types import OFF, Rated

NAMED = "people named"
"""The fact of the store that says who was named in which week."""
REMEMBERED = timedelta(days=180)
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


def known_as(store: Store) -> Callable[[Person], str]:
    """How the store calls a person: a digest under this installation's own key."""
    key = store.installation().bytes

    def digest(person: Person) -> str:
        return hmac.new(key, person.key.encode(), hashlib.sha256).hexdigest()[:24]

    return digest


def named(store: Store) -> tuple[Named, ...]:
    """Who was named when, the oldest first."""
    rows = json.loads(store.fact(NAMED) or "[]")
    return tuple(Named(who, about, week, date.fromisoformat(on)) for who, about, week, on in rows)


def keep_named(store: Store, shown: Iterable[Suggestion], week: str, today: date) -> None:
    """Remember who is named now. Write inside ``transaction``."""
    known = named_now(tuple(shown), week, today, known_as(store), named(store))
    _put(store, [each for each in known if each.on >= today - REMEMBERED])


def forget_named(store: Store, person: Person) -> None:
    """Forget that this person was ever named. Write inside ``transaction``."""
    who = known_as(store)(person)
    _put(store, [each for each in named(store) if each.who != who])


def _put(store: Store, rows: Sequence[Named]) -> None:
    if rows or store.fact(NAMED) is not None:
        store.put_fact(NAMED, json.dumps([[each.who, each.about, each.week, str(each.on)] for each in rows]))


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
