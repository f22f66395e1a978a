"""The store on a server: its tables, who else may write there, what is said where there is none."""

from __future__ import annotations

import multiprocessing
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from planner.config.postgres import Postgres
from planner.errors import AlreadyRunningError, StoreError, UsageError
from planner.i18n.catalog import Catalog
from planner.store import Member, Store, connecting, server_schema
from planner.store.connecting import connected
from planner.store.lock import only_run
from planner.store.schema import MIGRATIONS
from tests.support.certificates import self_signed
from tests.support.events import NOW, make_event
from tests.support.postgres import free_port, programs, rows, serving

DAY = timedelta(days=1)
ROOT = Path(__file__).parents[3]
HOLDER = """
import sys, time
from planner.config.postgres import Postgres
from planner.store.lock import only_run
with only_run(Postgres(address=sys.argv[1]), "en"):
    print("held", flush=True)
    time.sleep(60)
"""


def tables(place: Postgres) -> set[str]:
    return {name for (name,) in rows(place, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}


def columns(place: Postgres) -> list[tuple[object, ...]]:
    """Columns, keys and indexes of all tables, by which two databases are the same."""
    return [
        *rows(
            place,
            "SELECT table_name, column_name, data_type, collation_name, is_nullable, column_default, is_identity"
            " FROM information_schema.columns WHERE table_schema = 'public' ORDER BY table_name, column_name",
        ),
        *rows(place, "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2"),
    ]


# The tables.


def test_the_tables_are_those_of_the_schema_and_a_mark(database):
    with Store(database) as store:
        installation = store.installation()
    assert tables(database) == {*server_schema.tables(), server_schema.MARK}
    assert rows(database, f"SELECT version FROM {server_schema.MARK}") == [(len(MIGRATIONS),)]
    with Store(database) as store:
        assert store.installation() == installation, "drawn once"
    assert installation.int


def test_two_databases_are_two_installations(postgres_server, database):
    other = postgres_server.database()
    with Store(database) as one, Store(other) as two:
        assert one.installation() != two.installation()
    postgres_server.drop(other)


def opened_in_a_process(address: str, begin: multiprocessing.synchronize.Event, ends: multiprocessing.Queue) -> None:  # type: ignore[type-arg]
    begin.wait(30)
    with Store(Postgres(address=address)) as store:
        ends.put(store.installation().hex)


def test_processes_that_open_a_new_database_at_once_make_one_store(database):
    spawn = multiprocessing.get_context("spawn")
    begin, ends = spawn.Event(), spawn.Queue()
    children = [spawn.Process(target=opened_in_a_process, args=(database.address, begin, ends)) for _ in range(4)]
    for child in children:
        child.start()
    time.sleep(1)
    begin.set()
    found = {ends.get(timeout=60) for _ in children}
    for child in children:
        child.join(60)
    assert [child.exitcode for child in children] == [0] * 4
    assert len(found) == 1


def test_a_newer_store_is_refused_and_not_touched(database):
    with Store(database):
        pass
    rows(database, f"UPDATE {server_schema.MARK} SET version = version + 1")
    with pytest.raises(StoreError) as caught:
        Store(database)
    assert str(caught.value) == (
        f"{database}: made by a newer quanzi (version {len(MIGRATIONS) + 1}; update the program)"
    )
    assert rows(database, f"SELECT version FROM {server_schema.MARK}") == [(len(MIGRATIONS) + 1,)]


def test_another_programs_tables_are_refused_and_not_touched(database):
    rows(database, "CREATE TABLE orders (id INTEGER)")
    with pytest.raises(StoreError, match="another program's tables stand there"):
        Store(database)
    assert tables(database) == {"orders"}


def test_the_tables_of_the_queue_may_stand_beside_ours(database):
    rows(database, "CREATE TABLE procrastinate_jobs (id INTEGER)")
    with Store(database) as store:
        assert store.sources() == {}


def made_at(place: Postgres, version: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The store as a program of that version made it."""
    with monkeypatch.context() as earlier:
        earlier.setattr(server_schema, "MIGRATIONS", MIGRATIONS[:version])
        with connected(place, Catalog("en")) as connection:
            server_schema.prepare(connection, place, Catalog("en"))


@pytest.mark.parametrize("version", range(server_schema.FIRST, len(MIGRATIONS)))
def test_from_every_version_the_steps_lead_to_what_a_new_one_has(postgres_server, database, monkeypatch, version):
    made_at(database, version, monkeypatch)
    rows(database, "INSERT INTO facts (name, value) VALUES ('kept', 'so')")
    other = postgres_server.database()
    with Store(database) as store, Store(other):
        assert store.fact("kept") == "so"
    assert columns(database) == columns(other)
    postgres_server.drop(other)


ROOMS = "CREATE TABLE rooms (number INTEGER PRIMARY KEY, at INTEGER NOT NULL); INSERT INTO rooms (at) VALUES (7);"
LATER = (*MIGRATIONS, ROOMS)
FAILING = "ALTER TABLE rooms ADD COLUMN name TEXT; SELECT no_such();"


def test_a_later_step_is_one_transaction(database, monkeypatch):
    with Store(database):
        pass
    monkeypatch.setattr(server_schema, "MIGRATIONS", (*LATER, FAILING))
    with pytest.raises(StoreError, match=r"the database refused: .*no_such"):
        Store(database)
    assert rows(database, f"SELECT version FROM {server_schema.MARK}") == [(len(LATER),)], "the step before was done"
    assert rows(database, "SELECT * FROM rooms") == [(1, 7)], "and nothing of the one that failed"
    monkeypatch.setattr(server_schema, "STEPS", {len(LATER) + 1: "ALTER TABLE rooms ADD COLUMN name TEXT;"})
    with Store(database):
        pass
    assert rows(database, "SELECT * FROM rooms") == [(1, 7, None)], "in its own words, where the schema's do not do"


# What a database can be like.


def test_texts_are_ordered_by_code_point_whatever_the_database_was_made_with(postgres_server):
    place = postgres_server.database("TEMPLATE template0 LOCALE_PROVIDER icu ICU_LOCALE 'en'")
    names = ["b", "A", "a", "B", "_", "é", "张"]
    values = ", ".join(f"('{each}')" for each in names)
    by_language = rows(place, f"SELECT n FROM (VALUES {values}) AS listed (n) ORDER BY n")
    assert [name for (name,) in by_language] != sorted(names), "or the test shows nothing"
    with Store(place) as store:
        with store.transaction():
            store.put_records("club", {name: make_event(name) for name in names}, NOW)
            store.put_records("Club", {"x": make_event("ÄRGER Jam")}, NOW)
        assert [each.key for each in store.records(NOW, NOW + 30 * DAY)] == ["x", *sorted(names)]
        assert [each.key for each in store.records_telling(["jAM"], NOW, NOW + 30 * DAY)] == ["x"]
        assert store.records_telling(["ärger"], NOW, NOW + 30 * DAY) == [], "no case but that of ASCII, as in SQLite"
    postgres_server.drop(place)


def test_a_database_that_cannot_hold_every_language_is_refused(postgres_server):
    place = postgres_server.database("TEMPLATE template0 ENCODING 'SQL_ASCII'")
    with pytest.raises(StoreError, match="the database holds SQL_ASCII"):
        Store(place)
    postgres_server.drop(place)


def test_one_that_is_too_old_is_refused(database, monkeypatch):
    monkeypatch.setattr(connecting, "EARLIEST", 990_000)
    with pytest.raises(StoreError, match=r"PostgreSQL 1[5-9] is too old"):
        Store(database)


# One run at a time.


def test_a_second_run_is_busy_until_the_first_is_killed(database):
    process = subprocess.Popen([sys.executable, "-c", HOLDER, database.address], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"held\n"
    with pytest.raises(AlreadyRunningError) as caught, only_run(database, "en"):
        pass
    assert (caught.value.exit_code, str(caught.value)) == (
        75,
        f"{database}: another run is under way (wait for it to end)",
    )
    process.kill()
    process.wait()
    process.stdout.close()
    for _ in range(100):
        try:
            with only_run(database, "en"):
                return
        except AlreadyRunningError:
            time.sleep(0.05)
    pytest.fail("the lock did not end with its process")


def test_the_lock_of_one_database_is_none_of_another(postgres_server, database):
    other = postgres_server.database()
    with only_run(database, "en"), only_run(other, "en"), pytest.raises(AlreadyRunningError), only_run(other, "en"):
        pass
    with only_run(database, "en"), Store(database) as store:
        assert store.sources() == {}, "a run opens the store beside its lock"
    postgres_server.drop(other)


WRITER = """
import sys, time
from planner.config.postgres import Postgres
from planner.store import Store
with Store(Postgres(address=sys.argv[1])) as store, store.transaction():
    store.put_fact("half", "yes")
    print("written", flush=True)
    time.sleep(60)
"""


def test_a_run_that_is_killed_while_it_writes_leaves_nothing_and_holds_up_nobody(database):
    process = subprocess.Popen([sys.executable, "-c", WRITER, database.address], cwd=ROOT, stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"written\n"
    process.kill()
    process.wait()
    process.stdout.close()
    with Store(database) as store, store.transaction():
        assert store.fact("half") is None


# Where there is none, or it goes away.


def test_without_a_server_it_is_said_in_both_languages_after_some_patience(monkeypatch):
    monkeypatch.setattr(connecting, "WAITS", (0.01, 0.01))
    place = Postgres(address=f"postgresql://quanzi@127.0.0.1:{free_port()}/quanzi")
    for language, told in (("en", "the database does not answer: "), ("zh", "数据库没有应答：")):
        with pytest.raises(StoreError) as caught:
            Store(place, language)
        assert str(caught.value).startswith(f"{place}")
        assert told in str(caught.value)
        assert "\n" not in str(caught.value)
    with pytest.raises(StoreError, match="does not answer"), only_run(place, "en"):
        pass


def test_it_is_waited_for_a_bounded_time(monkeypatch):
    waited: list[float] = []
    place = Postgres(address=f"postgresql://quanzi@127.0.0.1:{free_port()}/quanzi")
    with pytest.raises(StoreError):
        connected(place, Catalog("en"), wait=waited.append)
    assert waited == list(connecting.WAITS)
    assert sum(waited) < 10


def test_one_that_starts_meanwhile_is_found(postgres_server, database):
    own = where()
    with serving(own) as server:
        server.run("CREATE DATABASE later")
        server.stop()
        place, starting = server.place("later"), threading.Timer(1.0, server.start)
        starting.start()
        try:
            with Store(place) as store:
                assert store.sources() == {}
        finally:
            starting.join()


def where() -> Path:
    found = programs()
    assert found is not None
    return found


def test_a_database_that_goes_away_is_an_error_of_the_store_and_nothing_is_half_written(postgres_server, monkeypatch):
    monkeypatch.setattr(connecting, "WAITS", (0.01,))
    with serving(where()) as server:
        server.run("CREATE DATABASE quanzi")
        place = server.place("quanzi")

        def written() -> None:
            with Store(place) as store:
                with store.transaction():
                    store.put_fact("whole", "yes")
                with store.transaction():
                    store.put_fact("half", "yes")
                    server.stop()
                    store.put_fact("more", "yes")

        with pytest.raises(StoreError, match="the database does not answer"):
            written()

        def read() -> None:
            with Store(place) as store:
                server.stop()
                store.fact("whole")

        with pytest.raises(StoreError, match="does not answer"):
            Store(place)
        server.start()
        with Store(place) as store:
            assert (store.fact("whole"), store.fact("half")) == ("yes", None)
        with pytest.raises(StoreError, match="does not answer"):
            read()


def test_the_connection_is_encrypted_and_the_certificate_checked(tmp_path, monkeypatch):
    monkeypatch.setattr(connecting, "WAITS", (0.01,))
    certificate, key = self_signed(tmp_path)
    with serving(where()) as server:
        server.run("CREATE DATABASE quanzi")
        plain = server.place("quanzi")
        trusting = Postgres(address=f"{plain}?sslmode=verify-full&sslrootcert={certificate}")
        with pytest.raises(StoreError, match="server does not support SSL"):
            Store(trusting)
        for file, name in ((certificate, "server.crt"), (key, "server.key")):
            server.put(file, name)
        server.run("ALTER SYSTEM SET ssl = on")
        server.stop()
        server.start()
        with Store(trusting) as store, closing(store._db) as database:  # type: ignore[arg-type]
            assert database.execute("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()").fetchone() == (True,)
        with pytest.raises(StoreError, match="certificate verify failed"):
            Store(Postgres(address=f"{plain}?sslmode=verify-full&sslrootcert=system"))
        monkeypatch.setattr(Postgres, "is_near", False)
        with pytest.raises(StoreError, match="certificate verify failed"):
            Store(plain)


# The password.


@pytest.fixture
def guarded(postgres_server, database):
    """A user whom the server asks for a password."""
    postgres_server.run("DROP ROLE IF EXISTS guarded")
    postgres_server.run("CREATE ROLE guarded LOGIN PASSWORD 'plum-kettle-42'")
    name = database.address.rpartition("/")[2]
    postgres_server.run(f"ALTER DATABASE {name} OWNER TO guarded")
    yield lambda **more: postgres_server.place(name, "guarded", **more)
    postgres_server.run(f"ALTER DATABASE {name} OWNER TO quanzi")


def secret(path: Path, text: str = "plum-kettle-42\n", mode: int = 0o600) -> str:
    path.write_text(text, encoding="utf-8")
    path.chmod(mode)
    return str(path)


def test_the_password_comes_from_a_file_or_a_variable(guarded, tmp_path, monkeypatch):
    monkeypatch.setenv("QUANZI_STORE", "plum-kettle-42")
    for place in (guarded(password_file=secret(tmp_path / "store.secret")), guarded(password_env="QUANZI_STORE")):
        with Store(place) as store:
            assert store.sources() == {}


BAD = {
    "wrong": ("plum-kettle-43", 0o600, "the database does not answer"),
    "empty": (" \n", 0o600, "holds no password"),
    "several lines": ("plum\nkettle", 0o600, "holds no password"),
    "open to others": ("plum-kettle-42", 0o644, "others can read the database's password"),
}


@pytest.mark.parametrize(("text", "mode", "told"), BAD.values(), ids=BAD)
def test_a_password_that_does_not_do_is_said_at_once_and_not_shown(guarded, tmp_path, text, mode, told):
    begun = time.monotonic()
    with pytest.raises(StoreError, match=told) as caught:
        Store(guarded(password_file=secret(tmp_path / "store.secret", text, mode)))
    assert "plum" not in str(caught.value)
    assert time.monotonic() - begun < connecting.WAITS[0] + 3, "not tried again and again: some servers shut one out"


def test_a_password_that_is_not_there_is_said(guarded, tmp_path, monkeypatch):
    monkeypatch.delenv("QUANZI_STORE", raising=False)
    with pytest.raises(StoreError, match="cannot be read: no such file"):
        Store(guarded(password_file=str(tmp_path / "none")))
    with pytest.raises(StoreError, match="store_password_env: holds no password"):
        Store(guarded(password_env="QUANZI_STORE"))
    with pytest.raises(StoreError, match="does not answer"):
        Store(guarded())


def test_without_the_library_it_is_refused_and_said_how_to_get_it(database, monkeypatch):
    monkeypatch.setitem(sys.modules, "psycopg", None)
    for attempt in (lambda: Store(database), lambda: only_run(database, "en").__enter__()):
        with pytest.raises(UsageError, match=r"needs quanzi\[org\].*pip install") as caught:
            attempt()
        assert caught.value.exit_code == 2


# Two at once.


def test_a_member_stays_while_somebody_plans_for_them_and_leaves_with_all(database):
    member = Member(number=7, name="Ada", wishes={}, token="t", joined=NOW)  # type: ignore[call-arg]
    with Store(database) as planning, Store(database) as office:
        with office.transaction():
            office.put_member(member, "ada")
        leaving = threading.Thread(target=lambda: _drop(office, 7))
        with planning.of(7).transaction():
            assert planning.of(7).is_member()
            leaving.start()
            leaving.join(0.5)
            assert leaving.is_alive(), "it waits"
            planning.of(7).put_published({"plan.ics": ("e", b"x")}, NOW)
        leaving.join(30)
        assert not leaving.is_alive()
        assert (office.members(), office.of(7).published_files()) == ([], {})


def _drop(store: Store, number: int) -> None:
    with store.transaction():
        store.drop_member(number)


def test_what_two_count_at_once_is_counted_by_both(place):
    """Reading and writing anew is one step: as in a file, which has one writer."""
    with Store(place) as store, store.transaction():
        store.put_fact("count", "0")

    def count() -> None:
        with Store(place) as store:
            for _ in range(20):
                with store.transaction():
                    store.put_fact("count", str(int(store.fact("count") or 0) + 1))

    threads = [threading.Thread(target=count) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    with Store(place) as store:
        assert store.fact("count") == "60"


def test_two_who_write_the_same_records_in_another_order_do_not_wait_in_a_circle(database):
    events = {str(number): make_event(str(number)) for number in range(200)}
    failed: list[BaseException] = []

    def write(keys: list[str]) -> None:
        try:
            with Store(database) as store:
                for turn in range(5):
                    with store.transaction():
                        for key in keys:
                            store.put_records("club", {key: replace(events[key], title=f"{key} {turn}")}, NOW)
        except StoreError as exc:
            failed.append(exc)

    threads = [threading.Thread(target=write, args=(keys,)) for keys in (sorted(events), sorted(events, reverse=True))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    assert not failed


def test_members_do_not_wait_for_each_other_nor_for_the_facts(database):
    with Store(database) as facts, Store(database) as one, Store(database) as other:
        with facts.transaction(), one.of(7).transaction(), other.of(8).transaction():
            one.of(7).put_own_fact("name", "7")
            other.of(8).put_own_fact("name", "8")
            facts.put_fact("name", "0")
        assert (one.of(8).own_fact("name"), other.of(7).own_fact("name"), one.fact("name")) == ("8", "7", "0")
        other._db.execute("SET lock_timeout = '100ms'")
        with one.of(7).transaction(), pytest.raises(StoreError, match="lock timeout"), other.of(7).transaction():
            pass
        with other.of(7).transaction():  # and the connection is of use again
            other.of(7).put_own_fact("name", "seven")


def test_a_transaction_within_a_transaction_is_refused(place):
    with Store(place) as store:
        with pytest.raises(StoreError, match="within a transaction"), store.transaction(), store.transaction():
            pass
        with store.transaction():
            store.put_fact("name", "value")
        assert store.fact("name") == "value"


def test_moments_after_2038(place):
    late = datetime(2040, 3, 1, 19, tzinfo=UTC)
    with Store(place) as store:
        with store.transaction():
            store.put_records("club", {"a": replace(make_event("Centenary"), start=late)}, late)
            store.put_run("week", [], late)
        (record,) = store.records(late, late + DAY)
        assert (record.event.start, record.last_seen, store.last_runs()) == (late, late, {"week": late})
