"""Whether a database of ours is sound: its pages, its tables, and every value that has a form of its own."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

from planner.store.ownership import HEADER, immutable
from planner.store.rows import JSON_COLUMNS, LATEST, columns, is_readable, schema_at, schema_of


def fault_of(path: Path, *, with_log: bool = True, thorough: bool = False) -> str | None:
    """What is wrong with a database, in SQLite's words or ours (English); None where it is sound, or where there is
    none. Nothing is written to it. ``with_log``: as its write-ahead log leaves it; ``thorough``: every single row is
    read as the program does."""
    if not path.is_file():
        return None
    with path.open("rb") as file:
        header = file.read(100)
    if not header:
        return None
    if not is_header(header):
        return "its header is damaged"
    try:
        with closing(immutable(path, with_log=with_log)) as database:
            return _fault(database, thorough=thorough)
    except sqlite3.DatabaseError as exc:
        return str(exc) if _is_damage(exc) else None
    except (OverflowError, UnicodeDecodeError) as exc:  # numbers too large; an error that quotes what is no text
        return str(exc)


def version_of(path: Path) -> int:
    """Of the tables of a sound database: `LATEST` where this program made them last. Nothing is written."""
    with closing(immutable(path, with_log=True)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        return int(version)


def has_wrong_log(path: Path) -> bool:
    """Whether a write-ahead log beside the database makes it another one: opened for writing, it would become that."""
    log = path.with_name(f"{path.name}-wal")
    if not log.is_file() or log.stat().st_size == 0:
        return False
    try:
        with closing(immutable(path, with_log=True)) as database:
            database.execute("BEGIN")
            (version,) = database.execute("PRAGMA user_version").fetchone()
            return _wrong_schema(version, columns(schema_of(database))) is not None
    except sqlite3.DatabaseError as exc:
        return _is_damage(exc)
    except UnicodeDecodeError:
        return True


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether it says something of the database, and not that it is in use, or may not be read. What is no text, or
    too large a number, Python finds, and gives no name to."""
    name = str(getattr(error, "sqlite_errorname", ""))
    return name in {"", "SQLITE_NOTADB", "SQLITE_FORMAT"} or name.startswith("SQLITE_CORRUPT")


def is_header(header: bytes) -> bool:
    """Whether the first hundred bytes are those of a database that we may write to (sqlite.org/fileformat2.html)."""
    size = int.from_bytes(header[16:18], "big")
    return (
        len(header) == 100
        and header.startswith(HEADER)
        and (size == 1 or (size >= 512 and size & (size - 1) == 0))
        and header[18] in {1, 2}
        and header[19] in {1, 2}
        and header[21:24] == b"\x40\x20\x20"
        and int.from_bytes(header[44:48], "big") <= 4
        and int.from_bytes(header[56:60], "big") in {0, 1}
    )


def _fault(database: sqlite3.Connection, *, thorough: bool) -> str | None:
    database.execute("BEGIN")  # all that follows is seen at one moment
    (told,) = database.execute("PRAGMA integrity_check(1)").fetchone()
    if told != "ok":
        return str(told)
    (version,) = database.execute("PRAGMA user_version").fetchone()
    found = columns(schema_of(database))
    wrong = _wrong_schema(version, found)
    if wrong is not None or not 0 <= version <= LATEST:
        return wrong
    for table, column in sorted(JSON_COLUMNS & found):
        query = f'SELECT "{column}" FROM "{table}" WHERE json_valid("{column}") = 0'  # noqa: S608 - our own names
        if not all(_is_json(text) for (text,) in database.execute(query)):
            return f"{table}: a value is damaged"
    return _unreadable(database) if thorough and version == LATEST else None


def _wrong_schema(version: int, found: frozenset[tuple[str, str]]) -> str | None:
    """What is wrong with the tables that were found; nothing is known of a newer program's."""
    if not 0 <= version <= LATEST:
        return None
    wanted = columns(schema_at(version))
    if not wanted <= found:
        return "tables are missing"
    if found and not version:
        return "its tables are another program's"
    return "its version is damaged" if found & (columns(schema_at(LATEST)) - wanted) else None


def _is_json(text: object) -> bool:
    """Python's word counts: it also writes what SQLite does not know (numbers without end)."""
    try:
        json.loads(str(text))
    except ValueError:
        return False
    return True


def _unreadable(database: sqlite3.Connection) -> str | None:
    for table in schema_at(LATEST):
        cursor = database.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - our own names
        names = [each[0] for each in cursor.description]
        if not all(is_readable(table, dict(zip(names, row, strict=True))) for row in cursor):
            return f"{table}: a row is damaged"
    return None
