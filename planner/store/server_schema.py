"""The tables in PostgreSQL: SQLite's own, in other words. There is one schema (`planner.store.schema`), and no second.

New ones are made in one transaction, from the definitions that SQLite gives of the latest schema. Each later step is
one transaction too: that of the schema in other words, or where those do not do, one of `STEPS`.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing
from typing import TYPE_CHECKING, Any

from planner.config.postgres import Postgres
from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.store.dialect import definition
from planner.store.migration import statements
from planner.store.schema import APPLICATION_ID, MIGRATIONS

if TYPE_CHECKING:
    import psycopg

MARK = "quanzi_schema"
"""The table by which our databases are known; it holds the version."""
FIRST = 16
"""The version that the first tables in PostgreSQL had."""
STEPS: Mapping[int, str] = {}
"""Steps in PostgreSQL's own words, by the version that they lead to: where a step of the schema asks more of SQLite
than `dialect.definition` can say."""
LOCK_OF_THE_SCHEMA = 2
_OTHERS = "procrastinate"
"""Tables that may stand beside ours, by how their names begin: those of the queue of jobs."""


def prepare(connection: psycopg.Connection[tuple[Any, ...]], server: Postgres, words: Catalog) -> None:
    """Make the tables, or bring them to the latest version, whoever else does the same. Raises StoreError for those of
    a newer or of another program, which are not touched; psycopg.Error."""
    if version_of(connection) == len(MIGRATIONS):
        return
    for _ in range(len(MIGRATIONS) + 1):
        with connection.transaction():
            connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (APPLICATION_ID, LOCK_OF_THE_SCHEMA))
            at = version_of(connection)
            if at == len(MIGRATIONS):
                return
            if at is None:
                _refuse_others(connection, server, words)
                _make(connection)
            elif FIRST <= at < len(MIGRATIONS):
                _run(connection, _step(at + 1))
                connection.execute(f"UPDATE {MARK} SET version = %s", (at + 1,))  # noqa: S608
            else:
                raise StoreError(words("store.newer", path=server, version=at))


def tables() -> list[str]:
    """The names of the tables of the latest schema."""
    with closing(_model()) as model:
        return [name for name, kind, _ in _definitions(model) if kind == "table"]


def version_of(connection: psycopg.Connection[tuple[Any, ...]]) -> int | None:
    """Of our tables; None where there are none."""
    (found,) = connection.execute("SELECT to_regclass(%s)", (MARK,)).fetchone() or (None,)
    if found is None:
        return None
    row = connection.execute(f"SELECT version FROM {MARK}").fetchone()  # noqa: S608
    return int(row[0]) if row else None


def _refuse_others(connection: psycopg.Connection[tuple[Any, ...]], server: Postgres, words: Catalog) -> None:
    found = connection.execute(
        "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND NOT starts_with(tablename, %s) LIMIT 1",
        (_OTHERS,),
    )
    if found.fetchone():
        raise StoreError(words("store.foreign_tables", path=server))


def _make(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """All tables, with what a new store holds."""
    with closing(_model()) as model:
        made = _definitions(model)
        _run(connection, [text for _, _, text in made])
        for name in (name for name, kind, _ in made if kind == "table"):
            for row in model.execute(f'SELECT * FROM "{name}"'):  # noqa: S608 - our own names
                marks = ", ".join(["%s"] * len(row))
                connection.execute(f'INSERT INTO "{name}" VALUES ({marks})', row)  # noqa: S608
    connection.execute(f"CREATE TABLE {MARK} (version BIGINT NOT NULL)")
    connection.execute(f"INSERT INTO {MARK} VALUES (%s)", (len(MIGRATIONS),))  # noqa: S608


def _model() -> sqlite3.Connection:
    """A new store of SQLite's, in memory."""
    model = sqlite3.connect(":memory:")
    for step in MIGRATIONS:
        model.executescript(step)
    return model


def _definitions(model: sqlite3.Connection) -> list[tuple[str, str, str]]:
    """(name, table, index or view, statement) of all that the schema holds, tables first and views last."""
    return model.execute(
        "SELECT name, type, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"
        " ORDER BY type <> 'table', type, rowid"
    ).fetchall()


def _step(number: int) -> Iterable[str]:
    return statements(STEPS.get(number, MIGRATIONS[number - 1]))


def _run(connection: psycopg.Connection[tuple[Any, ...]], texts: Iterable[str]) -> None:
    for text in texts:
        if not text.lstrip().upper().startswith("PRAGMA"):
            connection.execute(definition(text))
