"""Three users of a database: who crawls sees nobody, who plans changes no fact, who serves sees a shelf."""

from __future__ import annotations

import pytest

pytest.importorskip("procrastinate", reason="the extra 'org' is not installed")

import psycopg

from planner.i18n.catalog import Catalog
from planner.members.jobs.queue import Jobs, app_of, declare
from planner.members.jobs.worker import Worker
from planner.members.register import hashed
from planner.store import Store
from planner.store.members import PERSONAL
from planner.store.roles import OF_MEMBERS, ROLES, grants
from planner.store.server_schema import tables
from tests.support.cli import run
from tests.support.organisations import NOW, WISHES, addresses, joined, organisation
from tests.support.postgres import rows

CRAWLER, PLANNER, WEB = ROLES
EN = Catalog("en")


@pytest.fixture
def home(tmp_path, database):
    folder = joined(organisation(tmp_path, f"store: {database.address}\n"))
    assert run(folder, "gather", "--now", NOW).returncode == 0
    app = app_of(database, EN)
    declare(app, lambda *_, **__: None)
    told = run(folder, "store", "roles")
    assert told.returncode == 0
    for statement in told.stdout.splitlines():
        rows(database, statement)
    return folder


def as_role(database, role: str):
    address = database.address.replace("quanzi@", f"{role}@")
    return type(database)(address=address)


class Nothing:
    def __getattr__(self, name: str):
        return lambda *_: None


def worker(home, database, role: str) -> Worker:
    text = (home / "config.yaml").read_text("utf-8")
    mine = home / f"{role}.yaml"
    mine.write_text(text.replace("quanzi@", f"{role}@"), "utf-8")
    return Worker(
        path=mine, words=EN, jobs=Nothing(), keeper=lambda *_: True, due=lambda *_: (), stop=lambda: None
    )  # fmt: skip


def test_every_table_is_a_fact_s_or_a_member_s(home, database):
    for table in tables():
        rights = {
            (role, what)
            for role in ROLES
            for what in ("SELECT", "UPDATE")
            if rows(database, f"SELECT has_table_privilege('{role}', '{table}', '{what}')") == [(True,)]
        }
        if table in OF_MEMBERS:
            assert rights == {(PLANNER, "SELECT"), (PLANNER, "UPDATE")}, table
        else:
            assert rights == {(CRAWLER, "SELECT"), (CRAWLER, "UPDATE"), (PLANNER, "SELECT")}, table
    assert set(PERSONAL) < OF_MEMBERS <= set(tables())


def test_who_crawls_does_so_and_sees_nobody(home, database):
    one = worker(home, database, CRAWLER)
    one("tick")
    one("relate")
    for bucket in range(3):
        one("crawl", bucket=bucket)
    with Store(as_role(database, CRAWLER)) as store:
        for look in (store.members, lambda: store.of(7).plan("2026-W49"), store.diaries, store.feedback):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                look()


def test_who_plans_does_so_and_changes_no_fact(home, database):
    one = worker(home, database, PLANNER)
    with Store(database) as store:
        numbers = store.member_numbers()
    one("diaries", command="week", now=NOW)
    one("plan", numbers=numbers, command="week", now=NOW)
    one("plan", numbers=numbers, command="refresh", now="2026-11-28T08:00:00+08:00")
    with Store(database) as store:
        assert all(store.of(number).published_files() for number in numbers)
    with Store(as_role(database, PLANNER)) as store, pytest.raises(psycopg.errors.InsufficientPrivilege):
        store._db.execute("DELETE FROM records")


def test_who_serves_sees_a_shelf_alone(home, database):
    worker(home, database, PLANNER)("plan", numbers=numbers_of(database), command="week", now=NOW)
    secrets = {name: address.split("/")[1] for name, address in addresses(home).items()}
    with Store(as_role(database, WEB)) as store:
        for name in WISHES:
            found = store.published_at(hashed(secrets[name]), "plan.ics")
            assert found.body.startswith(b"BEGIN:VCALENDAR")
        assert store.published_at(hashed("nobody"), "plan.ics") is None
        for look in (store.members, store.sources, lambda: store.fact("clock")):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                look()


def numbers_of(database) -> list[int]:
    with Store(database) as store:
        return store.member_numbers()


def test_jobs_are_put_there_by_who_crawls_and_who_plans(home, database):
    for role in (CRAWLER, PLANNER):
        app = app_of(as_role(database, role), EN)
        declare(app, lambda *_, **__: None)
        with app.open():
            Jobs(app).relate()
    assert rows(database, "SELECT count(*) FROM quanzi_jobs.procrastinate_jobs") == [(1,)]


def test_the_same_twice_does_no_harm(home, database):
    for statement in grants(tables()):
        rows(database, statement)
