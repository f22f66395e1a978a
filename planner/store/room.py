"""Whether a run has the room that it needs, looked at before it begins: what is written to a full disk is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from planner.config.postgres import Postgres
from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.publish import KINDS

COPIES = 3
"""Of the database: itself grown, its log, and a copy before a migration."""
_LEAST = 1_000_000


def need_room(store: Path | Postgres, outputs: Path, words: Catalog) -> None:
    """Raises StoreError where the disks of a store and of the output folder have no room for a run (bytes: three times
    the database, and the outputs once more). Of the disk of a server nothing is known here."""
    needed: dict[int, tuple[Path, int]] = {}
    sizes = [(outputs, sum(map(_size, _written(outputs))))]
    if isinstance(store, Path):
        sizes.insert(0, (store, COPIES * sum(map(_size, (store, store.with_name(f"{store.name}-wal"))))))
    for path, size in sizes:
        folder = _existing(path)
        device = folder.stat().st_dev
        needed[device] = folder, needed.get(device, (folder, _LEAST))[1] + size
    for folder, size in needed.values():
        if shutil.disk_usage(folder).free < size:
            raise StoreError(words("store.no_room", path=folder, megabytes=-(-size // 1_000_000)))


def _written(folder: Path) -> Iterator[Path]:
    """What runs write; the user may keep other things there."""
    for place in (folder, folder / "public"):
        yield from (each for each in (place.iterdir() if place.is_dir() else ()) if each.suffix in KINDS)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _existing(path: Path) -> Path:
    """The folder that is nearest to a path."""
    return next(each for each in path.absolute().parents if each.is_dir()) if not path.is_dir() else path
