"""What runs for weeks stays known while it lasts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.store import Store
from tests.support.events import NOW, make_event
from tests.support.older_stores import made_older


def expo(days: int, begun: int = 60, **more):
    start = NOW - timedelta(days=begun)
    return make_event("展会", start=start, end=start + timedelta(days=days), **more)


def test_what_runs_is_found_until_it_is_over_and_a_year_at_most(place):
    events = {
        "runs": expo(90),
        "over": expo(59),
        "for ever": expo(4000),
        "a daily one whose end is that of the series": expo(90, recurrence="FREQ=DAILY"),
        "without an end": make_event("?", start=NOW - timedelta(days=60)),
        "coming": make_event("!", start=NOW + timedelta(days=1)),
    }
    with Store(place) as store:
        with store.transaction():
            store.put_records("hall", events, NOW)
        found = {record.key for record in store.records(NOW, NOW + timedelta(days=9), running=True)}
        begins = {record.key for record in store.records(NOW, NOW + timedelta(days=9))}
    assert (found, begins) == ({"runs", "coming"}, {"coming"})


def test_an_end_that_moved_is_the_one_that_holds(place):
    with Store(place) as store:
        for days in (90, 20):
            with store.transaction():
                store.put_records("hall", {"a": expo(days)}, NOW)
            found = store.records(NOW, NOW + timedelta(days=9), running=True)
            assert bool(found) == (days == 90)


def test_what_still_runs_is_not_forgotten(place):
    with Store(place) as store:
        with store.transaction():
            store.put_records("hall", {"runs": expo(150), "over": expo(40), "long over": expo(1)}, NOW)
        store.prune(NOW + timedelta(days=40), 31)
        assert {each.key for each in store.records(NOW - timedelta(days=99), NOW)} == {"runs"}
        store.prune(NOW + timedelta(days=200), 90)
        assert not store.records(NOW - timedelta(days=99), NOW)


def test_a_store_from_before_ends_were_kept_knows_them_and_what_was_gone_stays_gone(tmp_path):
    events = {"runs": expo(90), "by the day": replace(expo(90), all_day=True), "open": make_event("?", start=NOW)}
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_records("hall", {**events, "series": expo(90, recurrence="FREQ=DAILY")}, NOW)
        store.miss("hall", ["runs"], "2026-11-20", times=2)
        store.miss("hall", ["open"], "2026-11-20")
    made_older(tmp_path / "q.db", 5)
    with Store(tmp_path / "q.db") as store:
        found = {each.key: each.missed for each in store.records(NOW, NOW + timedelta(days=1), running=True)}
    assert found == {"runs": 3, "by the day": 0, "open": 1}
