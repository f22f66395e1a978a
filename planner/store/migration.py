"""From an older schema to the latest: a whole copy first, then one transaction a step.

A run that is killed in between leaves the last step that was done; the next one goes on from there.
"""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.store.schema import MIGRATIONS

COPIES_KEPT = 2
_SPARE = 1_000_000  # bytes, beside the copy itself


def migrate(database: sqlite3.Connection, path: Path | str, words: Catalog) -> None:
    """Bring an open database to the latest schema. Raises StoreError for a newer one, which is not touched, and where
    there is no room for a copy; sqlite3.Error and OSError."""
    at = _version(database)
    if at > len(MIGRATIONS):
        raise StoreError(words("store.newer", path=path, version=at))
    if 0 < at < len(MIGRATIONS) and path != ":memory:":
        _copy_aside(database, Path(path), at + 1, words)
    for number in range(at + 1, len(MIGRATIONS) + 1):
        database.execute("BEGIN IMMEDIATE")
        if _version(database) < number:  # or another process was faster
            for statement in statements(MIGRATIONS[number - 1]):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {number}")
        database.execute("COMMIT")


def copies(path: Path) -> list[Path]:
    """The copies that were made of a store before its migrations, the oldest first."""
    found = {each: re.fullmatch(r"\.before-(\d+)", each.name[len(path.name) :]) for each in path.parent.iterdir()}
    numbered = {each: int(match[1]) for each, match in found.items() if match and each.name.startswith(path.name)}
    return sorted(numbered, key=lambda each: numbered[each])


def _version(database: sqlite3.Connection) -> int:
    return int(database.execute("PRAGMA user_version").fetchone()[0])


def _copy_aside(database: sqlite3.Connection, path: Path, number: int, words: Catalog) -> None:
    """A copy of the database beside it, whole and on disk, or none; of older ones the newest stays."""
    copy = path.with_name(f"{path.name}.before-{number}")
    part = copy.with_name(f"{copy.name}.part")
    (pages,), (size,) = (database.execute(f"PRAGMA {name}").fetchone() for name in ("page_count", "page_size"))
    needed = pages * size + _SPARE
    if shutil.disk_usage(path.parent).free < needed:
        raise StoreError(words("store.no_room", path=path, megabytes=-(-needed // 1_000_000)))
    part.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(part)) as target:
            target.execute("PRAGMA journal_mode = OFF")  # nothing beside it: what is not whole is no copy
            database.backup(target)
        with part.open("rb") as file:
            os.fsync(file.fileno())
        part.replace(copy)
    except FileNotFoundError:
        if not copy.exists():  # another process was faster, and made it
            raise
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    for old in copies(path)[:-COPIES_KEPT]:
        old.unlink(missing_ok=True)


def statements(script: str) -> Iterator[str]:
    """The statements of a script: unlike `executescript` they may be part of a transaction that is open."""
    begun = ""
    for piece in script.split(";")[:-1]:
        begun += piece + ";"
        if sqlite3.complete_statement(begun):
            yield begun
            begun = ""
