"""A damaged store is kept aside and a new one takes its place, with all that can still be read of the old one.

The new one is whole before the old one is moved; whatever is killed in between is finished by the next run.
"""

from __future__ import annotations

import glob
import logging
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.publish import sync_folder
from planner.store import Store
from planner.store.ownership import refuse_foreign
from planner.store.salvage import salvage
from planner.store.soundness import fault_of

_log = logging.getLogger(__name__)

_BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite puts beside a database, by the ends of the names."""


def heal(
    path: Path,
    words: Catalog,
    now: datetime,
    complete: Callable[[Store], None],
    *,
    was_filled: bool = False,
    thorough: bool = False,
) -> Path | None:
    """Put a new store in the place of a damaged one; -> where the damaged one is kept, None where it was sound.

    ``complete`` adds what is known from elsewhere to the new store before it counts; ``was_filled``: it is known that
    an empty file is not as it was left; ``thorough`` looks at every row. Call with the lock of the store held, which
    nobody gets beside another program's file. Raises StoreError where it cannot be replaced; nothing is moved then.
    """
    try:
        interrupted = _finish(path, now)
        if interrupted is not None or not _is_damaged(path, words, was_filled=was_filled, thorough=thorough):
            return interrupted
        _rebuild(path, words.language, complete)
        return _finish(path, now)
    except OSError as exc:
        raise StoreError(words("store.unusable", path=path, why=exc)) from exc


def _is_damaged(path: Path, words: Catalog, *, was_filled: bool, thorough: bool) -> bool:
    if not path.is_file():
        return False
    fault = "it is empty" if was_filled and path.stat().st_size == 0 else fault_of(path, thorough=thorough)
    if fault is None:
        try:
            refuse_foreign(path, words)
        except StoreError:
            fault = "another program's file stands in its place"
    if fault is not None:
        _log.info("%s: %s", path, fault)
    return fault is not None


def _rebuild(path: Path, language: str, complete: Callable[[Store], None]) -> None:
    """A whole new store under a name of its own."""
    began, whole = _beginning(path), _whole(path)
    for stray in began.parent.glob(f"{glob.escape(began.name)}*"):
        stray.unlink()
    with Store(began, language):
        pass
    _log.info("%s: %d rows were still readable", path, salvage(path, began))
    with Store(began, language) as store:
        complete(store)
    with began.open("rb+") as file:
        os.fsync(file.fileno())
    began.replace(whole)
    sync_folder(path.parent)


def _finish(path: Path, now: datetime) -> Path | None:
    """Put a store that is whole in its place, and what stands there aside."""
    for stray in path.parent.glob(f"{glob.escape(_beginning(path).name)}*") if path.parent.is_dir() else ():
        stray.unlink()
    if not _whole(path).is_file():
        return None
    aside = _free_name(path, now)
    for end in (*_BESIDE, ""):  # the log first: it must never stand beside another database
        old = path.with_name(path.name + end)
        if old.is_file():
            old.rename(aside.with_name(aside.name + end))
    _whole(path).rename(path)
    sync_folder(path.parent)
    return aside


def _beginning(path: Path) -> Path:
    return path.with_name(f"{path.name}.rebuilding")


def _whole(path: Path) -> Path:
    return path.with_name(f"{path.name}.rebuilt")


def _free_name(path: Path, now: datetime) -> Path:
    """A name with the date under which nothing stands; what an interrupted move began goes on under its name."""
    for number in range(1, 10_000):
        name = f"{path.name}.damaged-{now:%Y-%m-%d}" + (f"-{number}" if number > 1 else "")
        taken = [each for each in ("", *_BESIDE) if path.with_name(name + each).exists()]
        if "" not in taken and not any(path.with_name(path.name + each).exists() for each in taken):
            return path.with_name(name)
    raise FileExistsError(f"{path.name}.damaged-{now:%Y-%m-%d}")
