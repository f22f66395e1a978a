"""A store copied into another, table by table, between a file and a server in either direction.

All of it is one transaction: what is read is the store as it is at one moment, and what was written is read back before
it counts.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from planner.config.postgres import Postgres
from planner.errors import StoreError, UsageError
from planner.i18n.catalog import Catalog
from planner.store.connecting import about_server
from planner.store.database import Database, kept
from planner.store.databases import opened
from planner.store.lock import only_run
from planner.store.rows import LATEST, schema_at
from planner.store.values import seal_of

Row = tuple[Any, ...]
_BATCH = 500
_WHOLE = 1 << 128
_DRAWN = "installation"
"""The fact that a new store holds too."""


def copy_store(source: Path | Postgres, target: Path | Postgres, words: Catalog) -> dict[str, int]:
    """Copy all that stands in ``source`` into ``target``, which holds nothing yet; -> how many rows of each table.

    Raises UsageError where there is no source, or the target holds something; StoreError, AlreadyRunningError. Nothing
    of it is in the target then. A source of an earlier version is brought up to this one first, as by any run.
    """
    if _resolved(source) == _resolved(target):
        raise UsageError(words("store.copy_same", path=source))
    if not _is_there(source, words):
        raise UsageError(words("store.copy_none", path=source))
    with (
        only_run(source, words.language),
        only_run(target, words.language),
        closing(opened(source, words)) as old,
        closing(opened(target, words)) as new,
    ):
        try:
            new.begin()
            try:
                if not _is_empty(new):
                    raise UsageError(words("store.copy_filled", path=target))
                counted = _copied(old, new, target, words)
            except BaseException:
                new.rollback()
                raise
            new.commit()
        except new.errors as exc:
            raise new.told_of_writing(exc) from exc
    return counted


def _resolved(place: Path | Postgres) -> Path | str:
    return place.resolve() if isinstance(place, Path) else place.address


def _is_there(source: Path | Postgres, words: Catalog) -> bool:
    return source.is_file() if isinstance(source, Path) else about_server(source, words).version is not None


def _is_empty(new: Database) -> bool:
    """Whether it is as it was made."""
    first = {table: new.execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() for table in _tables()}  # noqa: S608
    more = new.execute("SELECT 1 FROM facts WHERE name <> ? LIMIT 1", (_DRAWN,)).fetchone()
    return more is None and not any(found for table, found in first.items() if table != "facts")


def _copied(old: Database, new: Database, target: Path | Postgres, words: Catalog) -> dict[str, int]:
    new.execute("DELETE FROM facts")
    counted = {}
    old.begin_reading()
    for table, columns in _tables().items():
        names = ", ".join(f'"{name}"' for name in columns)
        query = f'SELECT {names} FROM "{table}"'  # noqa: S608 - our own names
        marks = ", ".join("?" * len(columns))
        count, digest = 0, 0
        rows = _rows(old, query, columns)
        while batch := list(islice(rows, _BATCH)):
            new.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({marks})', batch)  # noqa: S608
            count, digest = count + len(batch), digest + sum(map(_digest, batch))
        if (count, digest % _WHOLE) != _summed(new, query):
            raise StoreError(words("store.copy_differs", path=target, table=table))
        counted[table] = count
    old.rollback()
    new.go_on_numbering()
    return counted


def _tables() -> Mapping[str, Sequence[str]]:
    return {table: list(columns) for table, columns in schema_at(LATEST).items()}


def _rows(old: Database, query: str, columns: Sequence[str]) -> Iterator[Row]:
    """The rows as every database keeps them. Raises StoreError."""
    try:
        for row in old.stream(query):
            clean = kept(row)
            yield _sealed(clean, columns) if clean != row and "seal" in columns else clean
    except old.errors as exc:
        raise old.told(exc) from exc


def _sealed(row: Row, columns: Sequence[str]) -> Row:
    """A fact that was sealed with signs that are not kept."""
    values = dict(zip(columns, row, strict=True))
    seal = values["seal"] and seal_of(values["name"], values["value"])
    return tuple((values | {"seal": seal}).values())


def _summed(new: Database, query: str) -> tuple[int, int]:
    """How many rows there are, and their digests together, in whichever order they come."""
    count, digest = 0, 0
    for row in new.stream(query):
        count, digest = count + 1, digest + _digest(row)
    return count, digest % _WHOLE


def _digest(row: Row) -> int:
    made = hashlib.blake2b(repr(row).encode("utf-8", "backslashreplace"), digest_size=16)
    return int.from_bytes(made.digest(), "big")
