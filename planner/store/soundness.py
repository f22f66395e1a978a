"""Whether a store is sound, seen without touching it: nothing is made, migrated or mended by looking."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from planner.store.schema import MIGRATIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Soundness:
    """``size`` in bytes, with what is written ahead; ``version`` of its tables; ``fault`` in SQLite's words, None where
    there is none."""

    size: int
    version: int
    fault: str | None

    @property
    def is_newer(self) -> bool:
        """Whether a newer program made it."""
        return self.version > len(MIGRATIONS)


def soundness(path: Path) -> Soundness | None:
    """How the store stands; None where there is none. Raises nothing: what cannot be read is its fault."""
    try:
        size = path.stat().st_size
        ahead = path.with_name(path.name + "-wal")
        size += ahead.stat().st_size if ahead.is_file() else 0
    except FileNotFoundError:
        return None
    except OSError as exc:
        return Soundness(size=0, version=0, fault=exc.strerror or type(exc).__name__)
    version, fault = 0, None
    try:
        # A database in WAL mode that nobody has open is read without the two files that reading would leave beside it.
        untouched = "" if ahead.exists() else "&immutable=1"
        address = f"file:{quote(str(path.resolve()))}?mode=ro{untouched}"
        with closing(sqlite3.connect(address, uri=True, timeout=5.0)) as database:
            (version,) = database.execute("PRAGMA user_version").fetchone()
            (said,) = database.execute("PRAGMA quick_check(1)").fetchone()
            fault = None if said == "ok" else str(said)
    except sqlite3.Error as exc:
        fault = str(exc)
    return Soundness(size=size, version=version, fault=fault)
