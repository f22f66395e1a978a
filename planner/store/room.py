"""Whether a run has the room that it needs, looked at before it begins: what is written to a full disk is lost."""

from __future__ import annotations

import shutil
from pathlib import Path

from planner.errors import StoreError
from planner.i18n.catalog import Catalog

COPIES = 3
"""Of the database: itself grown, its log, and a copy before a migration."""
_LEAST = 1_000_000


def need_room(store: Path, outputs: Path, words: Catalog) -> None:
    """Raises StoreError where the disks of a store and of the output folder have no room for a run (bytes: three times
    the database, and the outputs once more)."""
    needed: dict[int, tuple[Path, int]] = {}
    for path, size in ((store, COPIES * _size(store)), (outputs, _size(outputs))):
        folder = _existing(path)
        device = folder.stat().st_dev
        needed[device] = folder, needed.get(device, (folder, _LEAST))[1] + size
    for folder, size in needed.values():
        if shutil.disk_usage(folder).free < size:
            raise StoreError(words("store.no_room", path=folder, megabytes=-(-size // 1_000_000)))


def _size(path: Path) -> int:
    files = path.rglob("*") if path.is_dir() else (path, path.with_name(path.name + "-wal"))
    return sum(each.stat().st_size for each in files if each.is_file())


def _existing(path: Path) -> Path:
    """The folder that is nearest to a path."""
    return next(each for each in path.absolute().parents if each.is_dir()) if not path.is_dir() else path
