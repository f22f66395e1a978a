"""What can still be read from a damaged database, row by row, into a new one.

Tables are read by SQLite in the order of their rows, from both ends: where a page cannot be read, the rows behind it
are looked for further on. Each row is taken only if the program can read it.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from planner.store.ownership import immutable
from planner.store.rows import LATEST, is_readable, schema_at, schema_of
from planner.store.soundness import fault_of, is_header

_log = logging.getLogger(__name__)

_SCHEMA_AT = 100
"""Where the page of the schema begins in the first page, behind the header."""
_REPAIRED = ".repaired"
_LARGEST = 1 << 62
_MADE_ANEW = frozenset({"evidence", "robots"})
"""Tables that hold nothing but what is read anew."""
_READ_ANEW = {"etag": None, "last_modified": None, "digest": None, "read_from": None, "read_until": None}
"""What a source said may be lost: it is asked for all of it."""


def salvage(damaged: Path, new: Path) -> int:
    """Carry over what can be read of ``damaged`` into ``new``, a fresh database of the latest schema; -> how many rows.
    ``damaged`` is not written to. Beside ``new`` a file may stand for a while. Raises sqlite3.Error and OSError for
    ``new`` alone."""
    repaired = _with_header(damaged, new)
    count = 0
    try:
        with closing(sqlite3.connect(new, isolation_level=None)) as database:
            database.execute("BEGIN IMMEDIATE")
            (fresh,) = database.execute("SELECT value FROM facts WHERE name = 'installation'").fetchone()
            database.execute("DELETE FROM facts")
            for with_log in _views(repaired or damaged):
                count += _carry(repaired or damaged, database, with_log=with_log)
            for statement in _OWN_ONCE_SHARED:
                database.execute(statement)
            database.execute("INSERT OR IGNORE INTO facts (name, value) VALUES ('installation', ?)", (fresh,))
            database.execute("COMMIT")
    finally:
        if repaired is not None:
            repaired.unlink(missing_ok=True)
    return count


def _views(damaged: Path) -> Sequence[bool]:
    """With its write-ahead log, or without: the one that is sound, else both, the one with the log first."""
    for with_log in (True, False):
        if fault_of(damaged, with_log=with_log) is None:
            return (with_log,)
    return (True, False)


def _with_header(damaged: Path, new: Path) -> Path | None:
    """A copy with the header of a new database, and with its first page where that is empty; None where the header is
    sound. A first page is the same in all databases that began at this version."""
    with damaged.open("rb") as file:
        if is_header(file.read(_SCHEMA_AT)):
            return None
    content, model = bytearray(damaged.read_bytes()), new.read_bytes()
    page = int.from_bytes(model[16:18], "big")
    has_schema = bytes(content[_SCHEMA_AT : _SCHEMA_AT + 1]) in {b"\x05", b"\x0d"}
    content[: _SCHEMA_AT if has_schema else page] = model[: _SCHEMA_AT if has_schema else page]
    content[28:40] = (len(content) // page).to_bytes(4, "big") + bytes(8)  # pages; no free ones
    content[92:96] = content[24:28]
    repaired = new.with_name(new.name + _REPAIRED)
    repaired.write_bytes(content)
    return repaired


def _carry(damaged: Path, database: sqlite3.Connection, *, with_log: bool) -> int:
    try:
        with closing(immutable(damaged, with_log=with_log)) as old:
            old.execute("PRAGMA writable_schema = ON")  # also a file that was cut, and a schema that is in part damaged
            found = schema_of(old)
            return sum(
                _carry_table(old, database, table, [name for name in wanted if name in found[table]])
                for table, wanted in schema_at(LATEST).items()
                if table in found and table not in _MADE_ANEW
            )
    except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError) as exc:
        _log.info("%s: nothing can be read: %s", damaged, exc)
        return 0


def _carry_table(old: sqlite3.Connection, database: sqlite3.Connection, table: str, names: Sequence[str]) -> int:
    """The rows of one table that can be read. Of those with one key the first counts."""
    count = 0
    missing = {name: None for name in schema_at(LATEST)[table] if name not in names}
    marks = ", ".join("?" * (len(names) + len(missing)))
    for values in _rows(old, table, names):
        row: dict[str, Any] = {**_DEFAULTS.get(table, {}), **missing, **dict(zip(names, values, strict=True))}
        row |= {name: value for name, value in _DEFAULTS.get(table, {}).items() if row.get(name) is None}
        if table == "sources":
            row |= _READ_ANEW | ({} if row.get("outcome") == "failed" else {"good": None})
        if is_readable(table, row):
            listed = ", ".join(f'"{name}"' for name in row)
            query = f'INSERT OR IGNORE INTO "{table}" ({listed}) VALUES ({marks})'  # noqa: S608 - our own names
            count += database.execute(query, tuple(row.values())).rowcount
    return count


_PERSONAL = ("plans", "trials", "feedback", "keywords", "arrivals")
_DEFAULTS: Mapping[str, Mapping[str, Any]] = {"sources": {"moved_seen": 0}} | {
    name: {"person": 0} for name in _PERSONAL
}
"""What columns hold that older versions lack."""
_OWN_ONCE_SHARED = (
    "DELETE FROM records WHERE source GLOB 'busy-[0-9]*'",
    "DELETE FROM sources WHERE id GLOB 'busy-[0-9]*'",
    "DELETE FROM facts WHERE name GLOB 'habit of busy-[0-9]*' OR name IN ('rating', 'solved', 'problems')",
    """INSERT OR IGNORE INTO own_facts SELECT 0, name, value, seal FROM facts
    WHERE name IN ('people named', 'inbox position', 'inbox problems')
    OR name LIKE 'mail %' OR name LIKE 'notify %' OR name LIKE 'put %'""",
    "DELETE FROM facts WHERE name IN (SELECT name FROM own_facts)",
)
"""Before version 16 what is one person's own stood among the facts; own calendars are read anew."""


def _rows(old: sqlite3.Connection, table: str, names: Sequence[str]) -> Iterator[tuple[Any, ...]]:
    """The values of all rows that can be reached, each row once."""
    seen: set[int] = set()
    for forward in (True, False):
        had_faults = False
        at, step = (-_LARGEST, 1) if forward else (_LARGEST, -1)
        while abs(at) <= _LARGEST:
            try:
                for number, *values in old.execute(_query(table, names, forward=forward), (at,)):
                    if (number <= at) if forward else (number >= at):  # pages that lead in a circle have no end
                        raise sqlite3.DatabaseError("rows out of order")
                    at, step = number, 1 if forward else -1
                    if number not in seen:
                        seen.add(number)
                        yield tuple(values)
                break
            except (sqlite3.DatabaseError, OverflowError, UnicodeDecodeError):
                had_faults = True
                edge = at if abs(at) < _LARGEST else 0 if forward else max(seen, default=0) + 1
                at, step = edge + step, step * 2
        if not had_faults:
            return


def _query(table: str, names: Sequence[str], *, forward: bool) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    sign, order = (">", "ASC") if forward else ("<", "DESC")
    return f'SELECT rowid, {listed} FROM "{table}" NOT INDEXED WHERE rowid {sign} ? ORDER BY rowid {order}'  # noqa: S608
