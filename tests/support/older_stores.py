"""A store as a program of an earlier version would have left it: what its tables had room for."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from planner.store.rows import schema_at
from planner.store.schema import MIGRATIONS


def made_older(path: Path, version: int) -> None:
    """Put a store of that version in the place of ``path``, with all rows that it can hold."""
    aside = path.with_name(f"{path.name}.latest")
    with closing(sqlite3.connect(path)) as latest:
        latest.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        latest.execute("PRAGMA journal_mode = DELETE")
    path.rename(aside)
    with closing(sqlite3.connect(path)) as older, closing(sqlite3.connect(aside)) as latest:
        for step in MIGRATIONS[:version]:
            older.executescript(step)
        older.execute("DELETE FROM facts")
        for table, columns in schema_at(version).items():
            known = {row[1] for row in latest.execute(f"PRAGMA table_info({table})")}
            names = [name for name in columns if name in known]
            rows = latest.execute(f"SELECT {', '.join(names)} FROM {table} ORDER BY rowid").fetchall()
            older.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})", rows)
        older.commit()
        older.execute(f"PRAGMA user_version = {version}")
    aside.unlink()
