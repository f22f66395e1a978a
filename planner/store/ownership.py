"""Whether the file that ``store:`` names is ours: another program's database is refused, and not touched by looking.

A file beside which a run of ours left its lock was our store. Whatever stands there now is our store damaged, or what
came in its place: that is no reason to refuse, but one to keep it aside (`planner.store.healing`).
"""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from planner.errors import DamagedStoreError, StoreError
from planner.i18n.catalog import Catalog
from planner.store.schema import APPLICATION_ID

HEADER = b"SQLite format 3\x00"
_TABLES = frozenset({"sources", "records", "events", "changes", "plans", "facts", "runs"})
"""Those of our first version, which bore no mark yet."""
_OUR_WORDS = (b"CREATE TABLE records (", b"CREATE TABLE own_words (")
"""How our tables stand in the bytes of a database."""


_LOOKS, _BETWEEN_LOOKS = 20, 0.1  # seconds


def lock_of(store: Path) -> Path:
    """The file beside a store that locks it; a run that was refused leaves none."""
    return store.with_name(store.name + ".lock")


def refuse_foreign(path: Path, words: Catalog) -> None:
    """Raises StoreError where the file is no database of ours, DamagedStoreError where it is one no longer; a missing
    or empty one is nobody's yet."""
    if not path.is_file() or path.stat().st_size == 0:
        return
    strange = _settled_strangeness(path)
    if strange is not None:
        key, why = strange
        raise damaged(path, words) if is_ours(path) else StoreError(words(f"store.{key}", path=path, why=why))


def is_ours(path: Path) -> bool:
    """Whether what stands there was our store once: a run of ours locked it, or its bytes tell."""
    return lock_of(path).exists() or _speaks_of_us(path)


def damaged(path: Path, words: Catalog) -> DamagedStoreError:
    """What is said of a damaged store where nothing is mended."""
    return DamagedStoreError(words("store.damaged", path=path))


def immutable(path: Path, *, with_log: bool = False) -> sqlite3.Connection:
    """The database for reading alone: no lock, no journal, no file beside it is written to. What stands in a
    write-ahead log is seen ``with_log``, which may put an index of that log beside it. Raises sqlite3.Error."""
    log = "" if with_log else "&immutable=1"
    return sqlite3.connect(f"file:{quote(str(path.resolve()))}?mode=ro{log}", uri=True, isolation_level=None)


def _settled_strangeness(path: Path) -> tuple[str, str] | None:
    """What is strange about a file that nobody writes to: a look without a lock at one that is being written to proves
    nothing, and is repeated."""
    for _ in range(_LOOKS):
        before = path.stat()
        strange = _strangeness(path)
        if strange is None:
            return None
        time.sleep(_BETWEEN_LOOKS)
        after = path.stat()
        again = _strangeness(path)
        if (before.st_mtime_ns, before.st_size) == (after.st_mtime_ns, after.st_size) and again is not None:
            return again
    return strange


def _strangeness(path: Path) -> tuple[str, str] | None:
    """Why the file is not ours, as the key of a text and what SQLite says of it; None where it is."""
    # What stands in a write-ahead log is not seen, but ours has its tables in the file from the first moment on.
    try:
        with closing(immutable(path)) as database:
            (mark,) = database.execute("PRAGMA application_id").fetchone()
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except (sqlite3.DatabaseError, UnicodeDecodeError) as exc:  # the latter: what SQLite says quotes no text
        # Only now: a file that is closed beside SQLite takes the locks of this process with it (fcntl(2)).
        if path.read_bytes()[: len(HEADER)] != HEADER:
            return "no_database", ""
        return "unusable", str(exc)
    return None if tables >= _TABLES or mark == APPLICATION_ID or (mark == 0 and not tables) else ("foreign", "")


def _speaks_of_us(path: Path) -> bool:
    """Whether our tables stand in the bytes of a file that can be read as a database no longer."""
    content = path.read_bytes()
    return all(word in content for word in _OUR_WORDS)
