"""The store in a file: SQLite in WAL mode."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.store.database import Found, kept
from planner.store.migration import migrate
from planner.store.ownership import damaged, refuse_foreign
from planner.store.place import shared_place
from planner.store.soundness import fault_of, has_wrong_log

MEMORY = ":memory:"
"""A store that is gone once it is closed."""


class FileDatabase:
    """A `Database`. Opened by `opened`."""

    errors: tuple[type[Exception], ...] = (sqlite3.Error,)

    def __init__(self, connection: sqlite3.Connection, path: Path | str, words: Catalog) -> None:
        self._connection, self._path, self._words = connection, path, words

    def execute(self, query: str, values: Sequence[Any] = ()) -> Found:
        return cast("Found", self._connection.execute(query, kept(values)))

    def executemany(self, query: str, rows: Iterable[Sequence[Any]]) -> None:
        self._connection.executemany(query, map(kept, rows))

    def begin(self, person: int = 0) -> None:
        """SQLite has one writer, whoever it is for."""
        self._connection.execute("BEGIN IMMEDIATE")

    def begin_reading(self) -> None:
        self._connection.execute("BEGIN")

    def stream(self, query: str) -> Iterator[tuple[Any, ...]]:
        return iter(self._connection.execute(query))

    def go_on_numbering(self) -> None:
        """SQLite looks at the table each time."""

    def commit(self) -> None:
        self._connection.execute("COMMIT")

    def rollback(self) -> None:
        self._connection.execute("ROLLBACK")

    def close(self) -> None:
        self._connection.close()

    def told(self, error: Exception) -> StoreError:
        return _told(error, self._path, self._words)

    def told_of_writing(self, error: Exception) -> StoreError:
        return StoreError(self._words("store.unwritten", path=self._path, why=error))


def opened(path: Path | str, words: Catalog) -> FileDatabase:
    """Open a file, or memory, creating or migrating. Raises StoreError where that cannot be done, DamagedStoreError
    where a run has to mend it first; nothing is touched then."""
    try:
        if path != MEMORY:
            refuse_foreign(Path(path), words)
            if has_wrong_log(Path(path)):
                raise damaged(Path(path), words)
            Path(path).parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=5.0, isolation_level=None)
        try:
            connection.execute("PRAGMA secure_delete = ON")  # what is forgotten shall not stay in free pages
            migrate(connection, path, words)
            log = "WAL" if path == MEMORY or shared_place(Path(path)) is None else "DELETE"
            for setting in (f"journal_mode = {log}", "synchronous = FULL", "foreign_keys = ON"):
                connection.execute(f"PRAGMA {setting}")
        except BaseException:
            connection.close()
            raise
    except (sqlite3.Error, OSError, UnicodeDecodeError) as exc:
        raise _told(exc, path, words) from exc
    return FileDatabase(connection, path, words)


def _told(error: Exception, path: Path | str, words: Catalog) -> StoreError:
    """An error of SQLite or of the system in words; where the database is damaged, that."""
    is_of_system = isinstance(error, OSError)
    if path != MEMORY and not is_of_system and fault_of(Path(path), thorough=True) is not None:
        return damaged(Path(path), words)
    return StoreError(words("store.unusable", path=path, why=error))
