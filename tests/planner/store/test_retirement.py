"""Sources that were taken out of the configuration: what they said stays, unconfirmed, until they come back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.store import SourceState, Store
from planner.store.habits import keep_habit, kept_habit
from tests.support.events import NOW, make_event

DAY = timedelta(days=1)
ENTRY = {"url": "https://club.example/c.ics", "public": False}


@pytest.fixture
def store(tmp_path):
    with Store(tmp_path / "q.db") as store:
        with store.transaction():
            for source in ("club", "other"):
                store.put_source(SourceState(id=source, address="x", tried=NOW, good=NOW, outcome="ok", count=2))
                events = {
                    "coming": make_event(start=NOW + DAY),
                    "running": make_event(start=NOW - DAY, end=NOW + DAY),
                    "over": make_event(start=NOW - 2 * DAY),
                    "undated": make_event().__class__(source=source, uid="u", title="?", start=None, timezone="UTC"),
                }
                store.put_records(source, events, NOW - DAY)
                store.assign([("together", source, "coming")])
            store.mark_resolved([*store.records(NOW - 9 * DAY, NOW + 9 * DAY), *store.undated()])
        yield store


def missed(store: Store, source: str) -> dict[str, int]:
    records = [*store.records(NOW - 9 * DAY, NOW + 9 * DAY), *store.undated()]
    return {each.key: each.missed for each in records if each.source == source}


def retire(store: Store, source: str = "club") -> bool:
    with store.transaction():
        return store.retire(source, ENTRY, NOW)


def test_what_was_not_over_counts_as_missed_once_and_nothing_is_written_to_it(store):
    assert retire(store)
    assert missed(store, "club") == {"coming": 1, "running": 1, "over": 0, "undated": 1}
    assert set(missed(store, "other").values()) == {0}
    assert store.unresolved() == []
    assert store.sources()["club"].retired == NOW
    assert store.retired() == {"club": ENTRY}


def test_what_was_missed_before_stays_as_often_missed(store):
    with store.transaction():
        store.miss("club", ["coming"], "2026-11-20", times=2)
    retire(store)
    assert missed(store, "club")["coming"] == 2


def test_who_comes_back_counts_as_ever(store):
    retire(store)
    with store.transaction():
        store.revive(["club", "other", "unknown"])
    assert set(missed(store, "club").values()) == {0}
    assert store.retired() == {}
    assert store.sources()["club"].retired is None


def test_who_was_never_asked_has_nothing_to_keep(store):
    assert not retire(store, "unknown")
    assert store.retired() == {}


def test_what_it_was_like_is_forgotten_with_it(store):
    with store.transaction():
        keep_habit(store, "club", {"counts": [3]})
        keep_habit(store, "other", {"counts": [4]})
        assert kept_habit(store, "club") == {"counts": [3]}
        store.forget("club")
    assert kept_habit(store, "club") is None
    assert kept_habit(store, "other") == {"counts": [4]}


def test_what_is_forgotten_is_gone_and_what_others_tell_is_looked_at_anew(store):
    retire(store)
    with store.transaction():
        assert store.forget("club") == 4
        assert store.forget("unknown") == 0
    assert missed(store, "club") == {}
    assert store.unresolved() == [NOW + DAY]
    assert "club" not in store.sources()
    assert store.retired() == {}
