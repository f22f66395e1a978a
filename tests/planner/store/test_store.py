"""The store: what it keeps, that it is all or nothing, that damage and newer programs are told apart."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.event_json import from_json, to_json, to_store
from planner.store import SourceState, Store
from planner.store.schema import MIGRATIONS
from planner.types import Change, EventState
from spiders.items import Evidence, Place, Price, Validators
from spiders.reasons import Code, Reason
from tests.support.events import NOW, make_event


def full_event():
    return make_event(
        "头马例会",
        end=NOW + timedelta(days=4, hours=2),
        place=Place(
            name="三叶会客厅", address="示例路 1 号", district="徐汇区", city="上海", latitude=31.2, longitude=121.4
        ),
        mode="hybrid",
        url="https://club.example/1",
        organizer="样板俱乐部",
        description="第一行\n第二行",
        categories=("演讲", "社交"),
        price=Price(min=0.0, max=30.0, currency="CNY"),
        status="tentative",
        recurrence="FREQ=WEEKLY",
        published=NOW,
        occurrence="20261124T113000Z",
        evidence=Evidence(
            sure="doubtful", when="周四 11月24日", where="地点：…", doubts=(Reason(Code.WEEKDAY_CONTRADICTS),)
        ),
    )


def test_an_event_survives_its_json_whole():
    assert from_json(to_store(full_event())) == full_event()


def test_an_all_day_event_is_a_date_with_an_exclusive_end():
    start = NOW.replace(hour=0)
    event = make_event("展会", start=start, end=start + timedelta(days=3), all_day=True)
    shown = to_json(event)
    assert (shown["start"], shown["end"]) == ("2026-11-20", "2026-11-23")
    assert from_json(shown) == event


@pytest.mark.parametrize("values", [{}, {"title": " "}, {"title": 3}, {"title": "x", "start": "soon"}])
def test_what_is_no_event_is_a_value_error(values):
    with pytest.raises(ValueError):  # noqa: PT011 - the message is the library's for dates
        from_json(values)


def test_records_are_kept_and_found_by_their_time(tmp_path):
    with Store(tmp_path / "q.db") as store:
        event = full_event()
        with store.transaction():
            store.put_records("club", {"one": event, "undated": make_event("?", start=None)}, NOW)
        (record, *_) = store.records(NOW, NOW + timedelta(days=30))
        assert (record.event, record.first_seen, record.last_seen) == (event, NOW, NOW)


def test_seen_again_and_changed_are_told_apart(tmp_path):
    later = NOW + timedelta(days=1)
    with Store(tmp_path / "q.db") as store:
        with store.transaction():
            store.put_records("club", {"same": make_event("same"), "new title": make_event("old")}, NOW)
        with store.transaction():
            store.put_records("club", {"same": make_event("same"), "new title": make_event("new")}, later)
        found = {record.key: record for record in store.records(NOW, NOW + timedelta(days=30))}
    assert (found["same"].changed, found["same"].last_seen) == (NOW, later)
    assert (found["new title"].changed, found["new title"].first_seen) == (later, NOW)


def test_what_a_source_no_longer_says_stays_as_it_was_last_seen(tmp_path):
    with Store(tmp_path / "q.db") as store:
        for number, events in enumerate(({"a": make_event("a"), "b": make_event("b")}, {"a": make_event("a")})):
            with store.transaction():
                store.put_records("club", events, NOW + timedelta(days=number))
        found = {record.key: record.last_seen for record in store.records(NOW, NOW + timedelta(days=30))}
    assert found == {"a": NOW + timedelta(days=1), "b": NOW}


def test_a_transaction_is_all_or_nothing(tmp_path):
    with Store(tmp_path / "q.db") as store:

        def fail():
            with store.transaction():
                store.put_records("club", {"a": make_event("a")}, NOW)
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert not store.records(NOW, NOW + timedelta(days=30))


def test_sources_lives_changes_and_plans_come_back(tmp_path):
    state = SourceState(
        id="club", address="x", known=Validators(etag='"1"', last_modified="then", digest="d"),
        read_from=NOW, read_until=NOW, tried=NOW, good=NOW, outcome="ok", reason=None, count=3, failures=1,
        not_before=NOW, notes=(Reason(Code.EVENTS_SKIPPED, count=1, why=Reason(Code.NO_START)),), reader="ical",
    )  # fmt: skip
    life = EventState(id="e", snapshot={"title": "t"}, sequence=2, first_seen=NOW, changed=NOW)
    change = Change(event="e", at=NOW, field="start", before="a", after="b")
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_source(state)
        store.put_lives([life], [change])
        store.put_plan("2026-W48", {"picks": []}, NOW)
        store.put_run("week", [{"source": "club"}], NOW)
    with Store(tmp_path / "q.db") as store:
        assert store.sources() == {"club": state}
        assert store.lives() == {"e": life}
        assert store.changes(NOW) == [change]
        assert store.plan("2026-W48") == {"picks": []}
        assert store.plan("2026-W49") is None
        assert store.last_run() == (NOW, [{"source": "club"}])


def test_it_is_in_wal_mode_and_numbered(tmp_path):
    with Store(tmp_path / "q.db"):
        pass
    database = sqlite3.connect(tmp_path / "q.db")
    assert database.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    assert database.execute("PRAGMA user_version").fetchone() == (len(MIGRATIONS),)
    database.close()


@given(st.text(max_size=200))
def test_any_text_survives(text):
    text = text.encode("utf-8", "replace").decode()
    event = replace(full_event(), description=text or None)
    with Store(":memory:") as store:
        with store.transaction():
            store.put_records("club", {"a": event}, NOW)
        assert store.records(NOW, NOW + timedelta(days=30))[0].event == event


def as_an_older_program_wrote_it(event):
    """The body of a record with its doubts as sentences."""
    return json.dumps(to_json(event), ensure_ascii=False, separators=(",", ":"))


def test_a_store_from_before_there_were_codes_opens(tmp_path):
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_records("club", {"one": full_event()}, NOW)
        store.put_source(SourceState(id="club", address="x", tried=NOW, outcome="failed"))
    with sqlite3.connect(tmp_path / "q.db") as database:
        database.execute("UPDATE records SET body = ?", (as_an_older_program_wrote_it(full_event()),))
        database.execute("UPDATE sources SET reason = 'status 502: refused', notes = '[\"1 event skipped: no start\"]'")
    with Store(tmp_path / "q.db") as store:
        (record,) = store.records(NOW, NOW + timedelta(days=30))
        state = store.sources()["club"]
    assert record.event.evidence.doubts == (Reason(Code.AS_SAID, text="weekday contradicts date"),)
    assert state.reason == Reason(Code.AS_SAID, text="status 502: refused")
    assert state.notes == (Reason(Code.AS_SAID, text="1 event skipped: no start"),)


def test_doubts_that_were_sentences_are_no_change_and_become_codes(tmp_path):
    later = NOW + timedelta(days=1)
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_records("club", {"one": full_event(), "other": full_event()}, NOW)
        store.settle([("club", "one"), ("club", "other")])
    with sqlite3.connect(tmp_path / "q.db") as database:
        database.execute("UPDATE records SET body = ?", (as_an_older_program_wrote_it(full_event()),))
    with Store(tmp_path / "q.db") as store:
        with store.transaction():
            store.put_records("club", {"one": full_event(), "other": replace(full_event(), title="anew")}, later)
        records = {each.key: each for each in store.records(NOW, NOW + timedelta(days=30))}
    assert (records["one"].changed, records["one"].last_seen) == (NOW, later)
    assert records["one"].event == full_event()
    assert records["other"].changed == later


@pytest.mark.parametrize("text", ["{x}/a.ics: no such file", "12", "null", ""])
def test_any_old_text_is_a_reason(tmp_path, text):
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_source(SourceState(id="club", address="x", tried=NOW, outcome="failed"))
    with sqlite3.connect(tmp_path / "q.db") as database:
        database.execute("UPDATE sources SET reason = ?", (text,))
    with Store(tmp_path / "q.db") as store:
        reason = store.sources()["club"].reason
    assert reason is not None
    assert reason.code is Code.AS_SAID


def test_a_reason_of_a_newer_program_is_kept_as_it_stands(tmp_path):
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_source(SourceState(id="club", address="x", tried=NOW, outcome="failed"))
    with sqlite3.connect(tmp_path / "q.db") as database:
        database.execute("""UPDATE sources SET reason = '{"code": "eaten_by_bears", "count": 2}'""")
    with Store(tmp_path / "q.db") as store:
        assert store.sources()["club"].reason == Reason(Code.AS_SAID, text="eaten_by_bears")


def test_the_contract_tells_doubts_in_english_and_the_store_by_their_codes():
    event = full_event()
    assert to_json(event)["evidence"]["doubts"] == ["weekday contradicts date"]
    assert to_store(event)["evidence"]["doubts"] == [{"code": "weekday_contradicts"}]
    assert from_json(to_store(event)) == event


def expo(days: int, begun: int = 60, **more):
    start = NOW - timedelta(days=begun)
    return make_event("展会", start=start, end=start + timedelta(days=days), **more)


def test_what_runs_is_found_until_it_is_over_and_a_year_at_most(tmp_path):
    events = {
        "runs": expo(90),
        "over": expo(59),
        "for ever": expo(4000),
        "a daily one whose end is that of the series": expo(90, recurrence="FREQ=DAILY"),
        "without an end": make_event("?", start=NOW - timedelta(days=60)),
        "coming": make_event("!", start=NOW + timedelta(days=1)),
    }
    with Store(tmp_path / "q.db") as store:
        with store.transaction():
            store.put_records("hall", events, NOW)
        found = {record.key for record in store.records(NOW, NOW + timedelta(days=9), running=True)}
        begins = {record.key for record in store.records(NOW, NOW + timedelta(days=9))}
    assert (found, begins) == ({"runs", "coming"}, {"coming"})


def test_an_end_that_moved_is_the_one_that_holds(tmp_path):
    with Store(tmp_path / "q.db") as store:
        for days in (90, 20):
            with store.transaction():
                store.put_records("hall", {"a": expo(days)}, NOW)
            found = store.records(NOW, NOW + timedelta(days=9), running=True)
            assert bool(found) == (days == 90)


def test_what_still_runs_is_not_forgotten(tmp_path):
    with Store(tmp_path / "q.db") as store:
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
    with sqlite3.connect(tmp_path / "q.db") as database:
        database.executescript("ALTER TABLE records DROP COLUMN until; PRAGMA user_version = 5;")
    with Store(tmp_path / "q.db") as store:
        found = {each.key: each.missed for each in store.records(NOW, NOW + timedelta(days=1), running=True)}
    assert found == {"runs": 3, "by the day": 0, "open": 1}
