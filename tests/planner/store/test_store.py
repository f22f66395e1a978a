"""The store: what it keeps, that it is all or nothing, that damage and newer programs are told apart."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.errors import DamagedStoreError
from planner.event_json import to_json
from planner.store import SourceState, Store
from planner.store.schema import MIGRATIONS
from spiders.reasons import Code, Reason
from tests.planner.store.contract import OutlivingStoreTests, StoreTests
from tests.support.events import NOW, full_event


class TestInMemory(StoreTests):
    @pytest.fixture
    def store(self) -> Iterator[Store]:
        with Store(":memory:") as opened:
            yield opened


class TestInAFile(OutlivingStoreTests):
    @pytest.fixture
    def store(self, tmp_path) -> Iterator[Store]:
        with Store(tmp_path / "folder/q.db") as opened:
            yield opened

    @pytest.fixture
    def reopen(self, tmp_path) -> Callable[[], Store]:
        return lambda: Store(tmp_path / "folder/q.db")


class TestOnAServer(OutlivingStoreTests):
    @pytest.fixture
    def store(self, database) -> Iterator[Store]:
        with Store(database) as opened:
            yield opened

    @pytest.fixture
    def reopen(self, database) -> Callable[[], Store]:
        return lambda: Store(database)


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
        store.mark_resolved(store.records(NOW, NOW + timedelta(days=30)))
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


def test_a_fact_that_is_not_as_it_was_written_is_damage(tmp_path):
    path = tmp_path / "q.db"
    with Store(path) as store:
        with store.transaction():
            store.put_fact("clock", '{"last": "2026-11-20", "doubted": null}')
        assert store.fact("clock") == '{"last": "2026-11-20", "doubted": null}'
    path.write_bytes(path.read_bytes().replace(b'"doubted"', b'"doubtad"'))
    with pytest.raises(DamagedStoreError), Store(path) as store:
        store.fact("clock")


@pytest.mark.parametrize("name", [b"sources", b"facts"])
def test_a_schema_that_is_no_text_any_more_is_damage(tmp_path, name):
    path = tmp_path / "q.db"
    with Store(path):
        pass
    path.write_bytes(path.read_bytes().replace(name, b"\xd4" + name[1:]))
    with pytest.raises(DamagedStoreError):
        Store(path)
