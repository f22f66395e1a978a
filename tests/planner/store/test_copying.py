"""A store copied between a file and a server: the same rows in every table, or nothing at all."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta

import pytest

from planner.config.postgres import Postgres
from planner.errors import AlreadyRunningError, StoreError, UsageError
from planner.i18n.catalog import Catalog
from planner.store import Store, copying
from planner.store.copying import copy_store
from planner.store.lock import only_run
from planner.store.rows import LATEST, schema_at
from planner.store.values import KeptRules
from planner.types import Change, EventState
from tests.planner.store.contract import STATE, verdict
from tests.support.events import NOW, full_event, make_event
from tests.support.postgres import rows

WORDS = Catalog("en")
TABLES = schema_at(LATEST)
ANY = {"INTEGER": (2_208_988_800, 2_208_988_801), "REAL": (0.1, 1e300), "TEXT": ("x", "y"), "BLOB": (b"\x00\xff", b"")}


def content(path) -> dict[str, list[tuple[object, ...]]]:
    """All that stands in a file, in the order of the rows' values."""
    with closing(sqlite3.connect(path)) as database:
        return {table: sorted(database.execute(f"SELECT * FROM {table}"), key=repr) for table in TABLES}


def filled(path) -> None:
    """A store with something in every table: by the program where it writes it, else two rows of any values."""
    with Store(path) as store, store.transaction():
        store.put_source(STATE)
        store.put_records("club", {"one": full_event(), "two": make_event("读书会 %s ? it's")}, NOW)
        store.put_robots("https://club.example", b"\xff\x00", NOW)
        store.put_event_states(
            [EventState(id="e", snapshot={"title": "读书会"}, sequence=2, first_seen=NOW, changed=NOW)],
            [Change(event="e", at=NOW, field=field, before=None, after="é") for field in "ab"],
        )
        store.put_feedback(replace(verdict("like"), expected=1.3))
        for number in range(3):
            store.put_run("week", [{"source": str(number)}], NOW)
    with closing(sqlite3.connect(path)) as database, database:
        for table, columns in TABLES.items():
            if database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,):
                for number in range(2):
                    values = [ANY[kind][number] for kind, _ in columns.values()]
                    database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(values))})", values)


def test_there_and_back_it_is_the_same_in_every_table(tmp_path, database):
    first, second = tmp_path / "first.db", tmp_path / "second.db"
    filled(first)
    before = content(first)
    assert all(before.values()), "every table holds something"
    there = copy_store(first, database, WORDS)
    back = copy_store(database, second, WORDS)
    assert there == back == {table: len(found) for table, found in before.items()}
    assert content(second) == content(first) == before
    with Store(database) as store, Store(first) as known:
        assert store.installation() == known.installation()
        assert store.records(NOW, NOW + timedelta(days=30)) == known.records(NOW, NOW + timedelta(days=30))
        assert store.robots(NOW) == {"https://club.example": KeptRules(rules=b"\xff\x00", fetched=NOW)}


def test_numbers_go_on_behind_those_that_were_copied(tmp_path, database):
    filled(tmp_path / "q.db")
    copy_store(tmp_path / "q.db", database, WORDS)
    with Store(database) as store:
        with store.transaction():
            store.put_run("week", [{"source": "new"}], NOW)
            store.put_event_states([], [Change(event="e", at=NOW, field="c", before=None, after="é")])
        assert store.last_run() == (NOW, [{"source": "new"}])
        assert [change.field for change in store.history("e")] == ["a", "b", "c"]


def test_from_one_file_to_another_and_from_one_database_to_another(tmp_path, postgres_server, database):
    filled(tmp_path / "q.db")
    other = postgres_server.database()
    copy_store(tmp_path / "q.db", tmp_path / "r.db", WORDS)
    copy_store(tmp_path / "r.db", database, WORDS)
    copy_store(database, other, WORDS)
    copy_store(other, tmp_path / "s.db", WORDS)
    assert content(tmp_path / "q.db") == content(tmp_path / "s.db")
    postgres_server.drop(other)


def test_signs_that_are_not_kept_are_left_out_and_facts_stay_sealed(tmp_path, database):
    with Store(tmp_path / "q.db") as store, store.transaction():
        store.put_records("club", {"a": make_event("x")}, NOW)
        store.put_fact("clock", "x")
    with closing(sqlite3.connect(tmp_path / "q.db")) as old, old:
        old.execute("UPDATE records SET key = ?", ("a\0b",))
        old.execute(
            "UPDATE facts SET value = ?, seal = ? WHERE name = 'clock'", ("a\0b", copying.seal_of("clock", "a\0b"))
        )
    copy_store(tmp_path / "q.db", database, WORDS)
    with Store(database) as store:
        assert store.keys("club") == {"ab"}
        assert store.fact("clock") == "ab"


def test_a_target_that_holds_something_is_refused_and_not_touched(tmp_path, place):
    filled(tmp_path / "first.db")
    with Store(place) as store, store.transaction():
        store.put_fact("name", "value")
    with pytest.raises(UsageError, match="holds something already") as caught:
        copy_store(tmp_path / "first.db", place, WORDS)
    assert caught.value.exit_code == 2
    with Store(place) as store:
        assert (store.fact("name"), store.sources()) == ("value", {})


def test_a_source_that_is_none_is_refused_and_not_made(tmp_path, database):
    for source in (tmp_path / "none.db", database):
        with pytest.raises(UsageError, match="no store stands there"):
            copy_store(source, tmp_path / "new.db", WORDS)
    assert list(tmp_path.iterdir()) == []
    assert rows(database, "SELECT 1 FROM pg_tables WHERE schemaname = 'public'") == []


def test_a_store_is_not_copied_into_itself(tmp_path, place):
    with Store(place):
        pass
    with pytest.raises(UsageError, match="the same store twice"):
        copy_store(place, place, WORDS)


def test_while_a_run_is_at_work_nothing_is_copied(tmp_path, place):
    filled(tmp_path / "first.db")
    with only_run(place, "en"), pytest.raises(AlreadyRunningError):
        copy_store(tmp_path / "first.db", place, WORDS)
    with only_run(tmp_path / "first.db", "en"), pytest.raises(AlreadyRunningError):
        copy_store(tmp_path / "first.db", place, WORDS)


def is_new(place: object) -> bool:
    with Store(place) as store:  # type: ignore[arg-type]
        return store.sources() == {} and store.last_run() is None and store.fact("name") is None


def test_what_reads_back_otherwise_is_not_kept(tmp_path, database, monkeypatch):
    filled(tmp_path / "q.db")
    plain = copying._summed

    def summed(new: object, query: str) -> tuple[int, int]:
        count, digest = plain(new, query)  # type: ignore[arg-type]
        return count, digest + ("runs" in query)

    monkeypatch.setattr(copying, "_summed", summed)
    with pytest.raises(StoreError, match="what was written into runs reads back otherwise"):
        copy_store(tmp_path / "q.db", database, WORDS)
    assert is_new(database)


def test_a_value_that_changed_on_the_way_is_seen(tmp_path, database):
    """As a column would that holds other values: the copy is compared, not only counted."""
    filled(tmp_path / "q.db")
    with Store(database):
        pass
    rows(
        database,
        "CREATE FUNCTION shorter() RETURNS trigger LANGUAGE plpgsql AS"
        " $$ BEGIN NEW.value = left(NEW.value, 3); RETURN NEW; END $$;"
        " CREATE TRIGGER shorter BEFORE INSERT ON facts FOR EACH ROW EXECUTE FUNCTION shorter()",
    )
    with pytest.raises(StoreError, match="what was written into facts reads back otherwise"):
        copy_store(tmp_path / "q.db", database, WORDS)
    assert is_new(database)


def test_what_the_database_refuses_leaves_nothing(tmp_path, database):
    filled(tmp_path / "q.db")
    with closing(sqlite3.connect(tmp_path / "q.db")) as old, old:
        old.execute("UPDATE records SET first_seen = 'not a number' WHERE key = 'two'")
    with pytest.raises(StoreError, match=r"nothing was written"):
        copy_store(tmp_path / "q.db", database, WORDS)
    assert isinstance(database, Postgres)
    assert is_new(database)
