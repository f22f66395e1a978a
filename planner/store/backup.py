"""One file that holds all that is a user's: written whole or not at all, and read back, while runs go on."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from planner.config import Config
from planner.config.named_files import named_files
from planner.errors import OutputError, StoreError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.store.archive import ELSEWHERE, HOME, ArchiveError, Member, Part, copied, opened, write
from planner.store.ownership import damaged, immutable, refuse_foreign
from planner.store.soundness import fault_of
from spiders.failures import os_reason
from spiders.version import VERSION

_OURS = re.compile(r"quanzi-backup-(\d{4}-\d{2}-\d{2})(?:-(\d+))?\.tar\.gz")
_PUBLISHED = ("*.ics", "public/*.ics", "public/atom.xml", "report.json")
"""What of the outputs is a second copy of the store, not only a picture of it."""
_UNFINISHED, _AN_HOUR = ".quanzi-backup-", 3600
Content = tuple[str, Part, Path, Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """What was written: the file, its size in bytes, what stands in it, and older ones that were removed."""

    path: Path
    size: int
    members: tuple[Member, ...]
    removed: tuple[Path, ...] = ()


def usual_name(folder: Path, day: date) -> Path:
    """A name with the date under which nothing stands."""
    names = (f"quanzi-backup-{day:%Y-%m-%d}{'' if number == 1 else f'-{number}'}.tar.gz" for number in range(1, 10_000))
    return next(path for name in names if not (path := folder / name).exists())


def back_up(
    config: Config, configuration: Path, target: Path, words: Catalog, now: datetime, *, with_secrets: bool = True
) -> Backup:
    """Write ``target``, which must not be there yet. ``configuration`` is the file that ``config`` was read from.

    Raises OutputError where it cannot be written, StoreError where the store is damaged or none of ours.
    """
    temporary: Path | None = None
    try:
        _sweep(target.parent, now)
        descriptor, name = tempfile.mkstemp(prefix=_UNFINISHED, dir=target.parent)  # of mode 600
        temporary = Path(name)
        with (
            tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=target.parent) as folder,
            os.fdopen(descriptor, "wb") as file,
        ):
            contents = list(_contents(config, configuration, Path(folder), words, with_secrets=with_secrets))
            about = {"version": VERSION, "made": now.isoformat(), "home": str(configuration.absolute().parent)}
            members = write(
                file, contents, about | {"configuration": contents[0][0], "without_secrets": not with_secrets}
            )
            file.flush()
            os.fsync(file.fileno())
        _read_back(temporary)
        _put(temporary, target)
    except (OSError, ArchiveError) as exc:
        why = translate(os_reason(exc), words.language) if isinstance(exc, OSError) else words("backup.read_back")
        raise OutputError(words("backup.unwritten", path=target, why=why)) from exc
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)
    return Backup(path=target, size=target.stat().st_size, members=tuple(members))


def _put(temporary: Path, target: Path) -> None:
    """Give a whole file its name, never over another one; memory sticks know no links."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        raise
    except OSError:
        temporary.rename(target)


def _sweep(folder: Path, now: datetime) -> None:
    """Remove what was killed and is nobody's work any more."""
    for stray in folder.glob(f"{_UNFINISHED}*"):
        if stray.stat().st_mtime < now.timestamp() - _AN_HOUR:
            shutil.rmtree(stray) if stray.is_dir() else stray.unlink()


def drop_older(folder: Path, keep: int) -> tuple[Path, ...]:
    """Remove our backups in a folder but the newest ``keep``; -> those that were. Others' files are not looked at."""
    found = {path: match for path in folder.iterdir() if (match := _OURS.fullmatch(path.name)) and path.is_file()}
    ordered = sorted(found, key=lambda path: (found[path][1], int(found[path][2] or 1)))
    removed = ordered[: max(0, len(ordered) - keep)]
    for path in removed:
        path.unlink(missing_ok=True)
    return tuple(removed)


def _contents(
    config: Config, configuration: Path, folder: Path, words: Catalog, *, with_secrets: bool
) -> Iterator[Content]:
    """The configuration first, then all else by name; nothing twice."""
    home = configuration.absolute().parent
    yield f"{HOME}/{configuration.name}", "configuration", configuration.absolute(), configuration
    parts: dict[str, Content] = {}
    store = config.kept_in
    if isinstance(store, Path) and store.is_file():  # a server's has tools of its own
        parts |= _named(home, "store", store, _copy_of(store, folder / "store", words))
    for each in named_files(config):
        if with_secrets or each.role != "secret":
            parts |= _named(home, each.role, each.path)
    outputs = Path(config.output.folder)
    for path in sorted({path for pattern in _PUBLISHED for path in outputs.glob(pattern) if path.is_file()}):
        parts |= _named(home, "output", path)
    parts.pop(f"{HOME}/{configuration.name}", None)
    yield from (parts[name] for name in sorted(parts))


def _named(home: Path, part: Part, path: Path, source: Path | None = None) -> Mapping[str, Content]:
    path = Path(os.path.normpath(path.absolute()))
    inside = path.is_relative_to(home)
    name = f"{HOME}/{path.relative_to(home).as_posix()}" if inside else f"{ELSEWHERE}/{part}-{path.name}"
    return {name: (name, part, path, source or path)}


def _copy_of(store: Path, target: Path, words: Catalog) -> Path:
    """A copy of the store as it is at one moment, also while a run writes to it. Raises StoreError."""
    refuse_foreign(store, words)
    try:
        with closing(immutable(store, with_log=True)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.OperationalError as exc:
        raise StoreError(words("store.unusable", path=store, why=exc)) from exc
    except sqlite3.DatabaseError as exc:
        raise damaged(store, words) from exc
    if fault_of(target) is not None:
        raise damaged(store, words)
    return target


def _read_back(path: Path) -> None:
    with opened(path) as (_, members):
        for member, content in members:
            copied(content, member)


def about_parts(members: tuple[Member, ...]) -> dict[str, Any]:
    """How many files of each part."""
    counted: dict[str, int] = {}
    for each in members:
        counted[each.part] = counted.get(each.part, 0) + 1
    return counted
