"""Putting a backup in place: checked as a whole before anything is moved, and never over what is there."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from planner.errors import OutputError, UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.store.archive import HOME, ArchiveError, Member, copied, opened
from planner.store.lock import only_run
from planner.store.ownership import immutable
from planner.store.rows import LATEST
from planner.store.soundness import fault_of
from spiders.failures import os_reason

_UNFINISHED = ".quanzi-restore-"
_BESIDE_A_STORE = ("-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What was put where: the configuration, all files, those that the configuration names at another place, and the
    folder that what stood there was moved to, if there was anything."""

    configuration: Path
    made: str
    members: tuple[Member, ...]
    elsewhere: tuple[tuple[Path, str], ...] = ()
    aside: Path | None = None
    without_secrets: bool = False


def restore(archive: Path, folder: Path, words: Catalog, now: datetime, *, force: bool = False) -> Restored:
    """Put a backup into ``folder``. ``force``: what stands in its way is moved aside first.

    Raises UsageError where it is no backup, or something stands in its way; OutputError where the disk does not take
    it; AlreadyRunningError. In each case nothing of what was there is touched.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for stray in folder.glob(f"{_UNFINISHED}*"):  # of a restoring that was killed
            shutil.rmtree(stray)
        with tempfile.TemporaryDirectory(prefix=_UNFINISHED, dir=folder) as name:
            staged = Path(name)
            listed, members = _unpacked(archive, staged, words)
            with _alone(folder, members, words):
                taken = _in_the_way(folder, members)
                if taken and not force:
                    raise UsageError(words("backup.taken", path=taken[0]))
                aside = _moved_aside(folder, taken, now)
                for each in members:
                    target = folder / _place(each)
                    target.parent.mkdir(parents=True, exist_ok=True)
                    (staged / _place(each)).rename(target)
    except ArchiveError as exc:
        raise UsageError(words(f"backup.{exc.key}", path=archive, name=exc.name)) from exc
    except OSError as exc:
        raise OutputError(
            words("backup.unrestored", path=folder, why=translate(os_reason(exc), words.language))
        ) from exc
    return Restored(
        configuration=folder / _place(next(each for each in members if each.name == listed["configuration"])),
        made=str(listed["made"]),
        members=tuple(members),
        elsewhere=tuple(
            (folder / _place(each), each.origin) for each in members if not each.name.startswith(f"{HOME}/")
        ),
        aside=aside,
        without_secrets=bool(listed.get("without_secrets")),
    )


def _unpacked(archive: Path, staged: Path, words: Catalog) -> tuple[Mapping[str, Any], list[Member]]:
    """All files below ``staged``, each as it was; the store looked at. Raises ArchiveError, OSError, UsageError."""
    members: list[Member] = []
    with opened(archive) as (listed, contents):
        for member, content in contents:
            if shutil.disk_usage(staged).free < 2 * member.size:
                raise UsageError(words("store.no_room", path=staged.parent, megabytes=-(-2 * member.size // 1_000_000)))
            target = staged / _place(member)
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                target.chmod(0o644 if member.part == "output" else 0o600)
                copied(content, member, file)
            members.append(member)
        if not any(each.part == "configuration" and each.name == listed["configuration"] for each in members):
            raise ArchiveError("broken")
    for each in members:
        if each.part == "store":
            _look_at(staged / _place(each), archive, words)
    return listed, members


def _look_at(store: Path, archive: Path, words: Catalog) -> None:
    if fault_of(store, thorough=True) is not None:
        raise ArchiveError("damaged_store")
    with closing(immutable(store)) as database:
        (version,) = database.execute("PRAGMA user_version").fetchone()
    if version > LATEST:
        raise UsageError(words("store.newer", path=archive, version=version))


def _place(member: Member) -> Path:
    """Where a file stands below the folder."""
    return Path(member.name.removeprefix(f"{HOME}/"))


@contextmanager
def _alone(folder: Path, members: Sequence[Member], words: Catalog) -> Any:
    """While no run is at work on the store that stands there."""
    stores = [folder / _place(each) for each in members if each.part == "store"]
    with only_run(stores[0], words.language) if stores and stores[0].exists() else nullcontext():
        yield


def _in_the_way(folder: Path, members: Sequence[Member]) -> list[Path]:
    wanted = [folder / _place(each) for each in members]
    logs = [
        path.with_name(path.name + end)
        for each, path in zip(members, wanted, strict=True)
        if each.part == "store"
        for end in _BESIDE_A_STORE
    ]
    return [path for path in (*wanted, *logs) if path.exists() or path.is_symlink()]


def _moved_aside(folder: Path, taken: Sequence[Path], now: datetime) -> Path | None:
    if not taken:
        return None
    names = (f"before-restore-{now:%Y-%m-%d}{'' if number == 1 else f'-{number}'}" for number in range(1, 10_000))
    aside = next(path for name in names if not (path := folder / name).exists())
    for path in taken:
        target = aside / path.relative_to(folder)
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.rename(target)
    return aside
