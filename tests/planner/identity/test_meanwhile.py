"""What somebody else writes while identity is looked at is not lost: it stays to be looked at. In each dialect."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest

from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.identity import reconcile
from planner.store import Store
from planner.types import OwnWord
from tests.support.events import NOW, make_event

CONFIG = parse(b"timezone: Asia/Shanghai\nsources: [{id: club, url: 'https://club.example/'}]", "c", Catalog("en"))
EVENT = make_event("Debate night")
MOVED = replace(EVENT, start=EVENT.start + timedelta(days=2))  # type: ignore[operator]
HOUR = timedelta(hours=1)


@pytest.fixture
def settled(place) -> Iterator[tuple[Store, Store]]:
    """Two connections to a store in which one event is known and settled."""
    with Store(place) as one, Store(place) as other:
        with one.transaction():
            one.put_records("club", {"a": EVENT}, NOW)
        reconcile(CONFIG, one, NOW)
        assert one.unresolved() == []
        yield one, other


def settle(store: Store, monkeypatch: pytest.MonkeyPatch, meanwhile: Callable[[], None]) -> None:
    """Look at identity; between what is read for it and what is written of it, something happens."""
    plain, left = store.transaction, [meanwhile]

    @contextmanager
    def transaction() -> Iterator[None]:
        while left:
            left.pop()()
        with plain():
            yield

    with monkeypatch.context() as once:
        once.setattr(store, "transaction", transaction)
        reconcile(CONFIG, store, NOW)
    assert not left


def starts(store: Store) -> set[object]:
    return {state.snapshot["start"] for state in store.event_states().values()}


def crawled(other: Store, at: int) -> Callable[[], None]:
    def write() -> None:
        with other.transaction():
            other.put_records("club", {"a": MOVED}, NOW + at * HOUR)

    return write


@pytest.mark.parametrize("at", [2, 0], ids=["later", "of a run that began before"])
def test_a_move_that_is_read_meanwhile_is_looked_at(settled, monkeypatch, at):
    store, other = settled
    with store.transaction():
        store.put_records("club", {"a": replace(EVENT, title="Debate evening")}, NOW + HOUR)
    settle(store, monkeypatch, crawled(other, at))
    before = starts(store)
    assert store.unresolved() == [MOVED.start]
    reconcile(CONFIG, store, NOW + 3 * HOUR)
    assert starts(store) != before
    assert store.unresolved() == []
    assert {change.field for change in store.changes(NOW)} >= {"title", "start"}


def test_what_is_missed_meanwhile_is_looked_at(settled, monkeypatch):
    store, other = settled

    def missed() -> None:
        with other.transaction():
            other.miss("club", ["a"], "2026-11-21")

    with store.transaction():
        store.put_records("club", {"a": replace(EVENT, title="Debate evening")}, NOW + HOUR)
    settle(store, monkeypatch, missed)
    assert store.unresolved() == [EVENT.start]


def test_what_the_user_says_meanwhile_is_looked_at(settled, monkeypatch):
    store, other = settled
    (name,) = store.event_states()

    def told() -> None:
        with other.transaction():
            other.put_own_word(name, OwnWord(id=name, at=NOW, removed=True))

    with store.transaction():
        store.put_records("club", {"a": replace(EVENT, title="Debate evening")}, NOW + HOUR)
    settle(store, monkeypatch, told)
    assert store.unresolved() == [EVENT.start]
    reconcile(CONFIG, store, NOW + 2 * HOUR)
    assert [state.snapshot["status"] for state in store.event_states().values()] == ["cancelled"]
    assert store.unresolved() == []


def test_what_nobody_touched_is_settled_also_of_a_source_that_was_taken_out(settled, monkeypatch):
    store, _ = settled
    with store.transaction():
        store.put_records("club", {"a": replace(EVENT, title="Debate evening")}, NOW + HOUR)
        store.retire("club", {}, NOW + HOUR)
    settle(store, monkeypatch, lambda: None)
    assert store.unresolved() == []
