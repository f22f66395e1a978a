"""The store on a server: PostgreSQL. What differs from a file is told in `planner.store.dialect`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus

from planner.config.postgres import Postgres
from planner.errors import AlreadyRunningError, StoreError
from planner.i18n.catalog import Catalog
from planner.store import dialect
from planner.store.connecting import in_short, unreachable
from planner.store.database import Found, kept
from planner.store.schema import APPLICATION_ID
from planner.store.server_schema import prepare

LOCK_OF_A_RUN, LOCK_OF_WRITING = 1, 3
"""With our mark: of one database, the lock that a run holds (`planner.store.lock`), and that of whoever writes what all
share. What is a member's own is locked by the member's number."""

_ROWS_AT_ONCE = 1000


class ServerDatabase:
    """A `Database`. Opened by `opened`."""

    errors: tuple[type[Exception], ...] = (psycopg.Error,)

    def __init__(self, connection: psycopg.Connection[tuple[Any, ...]], server: Postgres, words: Catalog) -> None:
        self._connection, self._server, self._words = connection, server, words

    def execute(self, query: str, values: Sequence[Any] = ()) -> Found:
        return cast("Found", self._connection.execute(dialect.query(query), kept(values)))

    def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        with self._connection.cursor() as cursor:
            cursor.executemany(dialect.query(query), map(kept, rows))

    def begin(self, person: int = 0) -> None:
        if self._connection.info.transaction_status is not TransactionStatus.IDLE:
            raise psycopg.ProgrammingError("cannot start a transaction within a transaction")  # as SQLite says it
        self._connection.execute("BEGIN")
        # One writer at a time, as in a file: what is read to be written anew is not lost, and nobody waits in a circle.
        try:
            if person:
                self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (person,))
            else:
                self._connection.execute("SELECT pg_advisory_xact_lock(%s, %s)", (APPLICATION_ID, LOCK_OF_WRITING))
        except psycopg.Error:
            self.rollback()
            raise

    def begin_reading(self) -> None:
        self._connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")

    def stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        with self._connection.cursor(name="streamed") as cursor:  # else all of it comes at once
            cursor.itersize = _ROWS_AT_ONCE
            yield from cursor.execute(dialect.query(query), ())

    def go_on_numbering(self) -> None:
        found = self._connection.execute(
            "SELECT table_name, column_name FROM information_schema.columns"
            " WHERE table_schema = current_schema() AND is_identity = 'YES'"
        )
        for table, column in found.fetchall():
            self._connection.execute(
                f'SELECT setval(pg_get_serial_sequence(%s, %s), coalesce(max("{column}"), 0) + 1, false)'  # noqa: S608
                f' FROM "{table}"',
                (table, column),
            )

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def rollback(self) -> None:
        if not self._connection.closed:  # else the server did it
            self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()

    def told(self, error: Exception) -> StoreError:
        if _is_gone(error):
            return unreachable(self._server, error, self._words)
        return StoreError(self._words("store.refused", path=self._server, why=in_short(error)))

    def told_of_writing(self, error: Exception) -> StoreError:
        if _is_gone(error):
            return unreachable(self._server, error, self._words)
        return StoreError(self._words("store.unwritten", path=self._server, why=in_short(error)))


def opened(connection: psycopg.Connection[tuple[Any, ...]], server: Postgres, words: Catalog) -> ServerDatabase:
    """The store behind a connection, which is closed where there can be none; its tables are made where there are
    none. Raises StoreError."""
    database = ServerDatabase(connection, server, words)
    try:
        prepare(connection, server, words)
    except psycopg.Error as exc:
        connection.close()
        raise database.told(exc) from exc
    except BaseException:
        connection.close()
        raise
    return database


def lock_run(connection: psycopg.Connection[tuple[Any, ...]], server: Postgres, words: Catalog) -> None:
    """Hold the lock of the database's runs for as long as the connection is open, which ends with the process. Raises
    AlreadyRunningError, StoreError."""
    try:
        found = connection.execute("SELECT pg_try_advisory_lock(%s, %s)", (APPLICATION_ID, LOCK_OF_A_RUN)).fetchone()
    except psycopg.Error as exc:
        raise unreachable(server, exc, words) from exc
    if found != (True,):
        raise AlreadyRunningError(words("lock.held", store=server))


def run_since(connection: psycopg.Connection[tuple[Any, ...]], server: Postgres, words: Catalog) -> datetime | None:
    """When the connection was opened that holds that lock; None where there is none, or another user's. Raises
    StoreError."""
    query = (
        "SELECT min(backend_start) FROM pg_locks JOIN pg_stat_activity USING (pid) WHERE locktype = 'advisory'"
        " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
        " AND classid = %s AND objid = %s AND granted"
    )
    try:
        (since,) = connection.execute(query, (APPLICATION_ID, LOCK_OF_A_RUN)).fetchone() or (None,)
    except psycopg.Error as exc:
        raise unreachable(server, exc, words) from exc
    return since if isinstance(since, datetime) else None


def _is_gone(error: Exception) -> bool:
    """Whether the connection is: classes 08 and 57 (an operator's hand) of PostgreSQL's errors, or none at all."""
    state = getattr(error, "sqlstate", None)
    is_of_connection = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return is_of_connection and (state is None or state[:2] in {"08", "57"})
