"""Whether the file that ``store:`` names is ours: another program's database is refused, and not touched by looking."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.store.schema import APPLICATION_ID

_HEADER = b"SQLite format 3\x00"
_TABLES = frozenset({"sources", "records", "events", "changes", "plans", "facts", "runs"})
"""Those of our first version, which bore no mark yet."""


def refuse_foreign(path: Path, words: Catalog) -> None:
    """Raises StoreError where the file is no database of ours; a missing or empty one is nobody's yet."""
    if not path.is_file() or path.stat().st_size == 0:
        return
    with path.open("rb") as file:
        if file.read(len(_HEADER)) != _HEADER:
            raise StoreError(words("store.no_database", path=path))
    # Immutable: no lock, no journal, no file beside it. What still stands in a write-ahead log is not seen, but ours
    # has its tables in the file itself from the first moment on.
    address = f"file:{quote(str(path.resolve()))}?mode=ro&immutable=1"
    with closing(sqlite3.connect(address, uri=True)) as database:
        (mark,) = database.execute("PRAGMA application_id").fetchone()
        tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if mark != APPLICATION_ID and not (mark == 0 and (not tables or tables >= _TABLES)):
        raise StoreError(words("store.foreign", path=path))
