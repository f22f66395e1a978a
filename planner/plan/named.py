"""Who was named in which week: a fact of the store, under keys that tell no name to who does not know it."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable, Iterable, Sequence
from datetime import date, timedelta

from planner.people.person import Person
from planner.people.suggest import Named, Suggestion, named_now
from planner.store import Store

NAMED = "people named"
"""The fact that holds it."""
REMEMBERED = timedelta(days=180)


def known_as(store: Store) -> Callable[[Person], str]:
    """How the store calls a person: a digest under this installation's own key."""
    key = store.installation().bytes

    def digest(person: Person) -> str:
        return hmac.new(key, person.key.encode(), hashlib.sha256).hexdigest()[:24]

    return digest


def named(store: Store) -> tuple[Named, ...]:
    """Who was named when, the oldest first."""
    rows = json.loads(store.own_fact(NAMED) or "[]")
    return tuple(Named(who, about, week, date.fromisoformat(on)) for who, about, week, on in rows)


def keep_named(store: Store, shown: Iterable[Suggestion], week: str, today: date) -> None:
    """Remember who is named now. Write inside ``transaction``."""
    known = named_now(tuple(shown), week, today, known_as(store), named(store))
    _put(store, [each for each in known if each.on >= today - REMEMBERED])


def forget_named(store: Store, person: Person) -> bool:
    """Forget that this person was ever named; -> whether that was so. Write inside ``transaction``."""
    who, known = known_as(store)(person), named(store)
    left = [each for each in known if each.who != who]
    _put(store, left)
    return len(left) < len(known)


def _put(store: Store, rows: Sequence[Named]) -> None:
    if rows or store.own_fact(NAMED) is not None:
        store.put_own_fact(NAMED, json.dumps([[each.who, each.about, each.week, str(each.on)] for each in rows]))
