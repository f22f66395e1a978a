"""The machine and the folder: program, clock, lock, disk, secrets."""

from __future__ import annotations

import platform
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from importlib import metadata
from pathlib import Path

from planner.config import Config
from planner.config.named_files import NamedSecret, named_secrets
from planner.config.postgres import Postgres
from planner.config.private_file import OpenToOthersError, private_bytes
from planner.errors import AlreadyRunningError, StoreError
from planner.store.lock import held_since, only_run
from planner.upkeep.findings import Finding, at, note, ok, wrong
from spiders.version import VERSION

LONGEST_RUN = timedelta(minutes=20)
"""A run ends itself after fifteen minutes."""
BUILT = datetime(2026, 1, 1, tzinfo=UTC)
"""No clock that is right shows an earlier day."""
ROOM = 3
"""So many times what the store and the outputs take must be free: a copy, what is written ahead, new outputs."""
LEAST_ROOM = 50_000_000
_PIN = re.compile(r"[A-Za-z0-9._-]+==")


def program(lock_file: Path) -> Iterator[Finding]:
    """Versions; libraries that are not what the program asks for, or older than those of its own ``lock_file``, which
    a clone has."""
    yield ok("program", "program", version=VERSION, python=platform.python_version(), system=platform.system())
    unfit = sorted(_unfit())
    if unfit:
        yield wrong("program", "libraries_unfit", names=", ".join(unfit))
    behind = sorted(_behind(lock_file))
    if behind:
        yield note("program", "libraries_old", count=len(behind), names=", ".join(behind[:5]))


def _unfit() -> Iterator[str]:
    from packaging.requirements import Requirement

    for text in metadata.requires("quanzi") or ():
        wanted = Requirement(text)
        if wanted.marker is not None and not wanted.marker.evaluate({"extra": ""}):
            continue
        try:
            found = metadata.version(wanted.name)
        except metadata.PackageNotFoundError:
            yield wanted.name
            continue
        if not wanted.specifier.contains(found, prereleases=True):
            yield f"{wanted.name} {found}"


def _behind(lock_file: Path) -> Iterator[str]:
    from packaging.requirements import Requirement
    from packaging.version import Version

    try:
        lines = lock_file.read_text("utf-8").splitlines()
    except OSError:  # installed from a wheel
        return
    for pinned in (Requirement(line.removesuffix("\\")) for line in lines if _PIN.match(line)):
        if pinned.marker is not None and not pinned.marker.evaluate():  # for another system
            continue
        try:
            found = metadata.version(pinned.name)
        except metadata.PackageNotFoundError:
            continue
        if any(Version(found) < Version(each.version) for each in pinned.specifier):
            yield f"{pinned.name} {found}"


def clock(now: datetime, last: datetime | None) -> Finding:
    """The machine's clock against what the store remembers (``last``), which only a wrong clock can be ahead of."""
    if now < BUILT:
        return wrong("clock", "clock_past", now=at(now))
    if last is not None and now < last - timedelta(minutes=10):
        return wrong("clock", "clock_back", now=at(now), last=f"{last.astimezone(now.tzinfo):%Y-%m-%d %H:%M}")
    return ok("clock", "clock", now=at(now), zone=str(now.tzinfo))


def lock(store: Path | Postgres, language: str, now: datetime) -> Finding:
    """Whether a run could begin. One that is under way since long hangs."""
    try:
        with only_run(store, language):
            return ok("lock", "lock_free")
    except AlreadyRunningError:
        began = held_since(store, language)
        minutes = 0 if began is None else int((now - began).total_seconds() // 60)
        hangs = timedelta(minutes=minutes) > LONGEST_RUN
        return wrong("lock", "lock_hangs", minutes=minutes) if hangs else ok("lock", "lock_held")
    except StoreError as exc:
        return wrong("lock", "said", why=str(exc))


def disk(config: Config) -> Iterator[Finding]:
    """Whether the folders can be written, and hold what the next run needs."""
    store, out = config.kept_in, Path(config.output.folder)
    file = store if isinstance(store, Path) else out
    for folder in dict.fromkeys(_nearest(each) for each in (file.parent, out)):
        try:
            with tempfile.TemporaryFile(dir=folder):
                pass
        except OSError:
            yield wrong("disk", "unwritable", folder=folder)
            continue
        needed = max(LEAST_ROOM, ROOM * (_size(file) + sum(map(_size, out.rglob("*")))))
        free = shutil.disk_usage(folder).free
        told = {"folder": folder, "free": free // 1_000_000, "needed": needed // 1_000_000}
        yield wrong("disk", "full", **told) if free < needed else ok("disk", "room", **told)


def _nearest(folder: Path) -> Path:
    """The folder, or the nearest above it that is there."""
    return next((each for each in (folder, *folder.parents) if each.is_dir()), folder)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def secrets(config: Config, environment: Mapping[str, str]) -> Iterator[Finding]:
    """Files and variables that the configuration names, by keys alone: what is in a variable's name may be a secret."""
    named = named_secrets(config)
    for each in named:
        if each.is_file:
            yield from _of_file(each)
        elif not environment.get(each.name, "").strip():
            yield note("secrets", "variable_unset", setting=each.key)
    if not named:
        yield ok("secrets", "no_secrets")


def _of_file(secret: NamedSecret) -> Iterator[Finding]:
    try:
        content = private_bytes(Path(secret.name), 65_536)
    except OpenToOthersError:
        yield wrong("secrets", "secret_open", setting=secret.key, file=secret.name)
    except OSError:
        yield wrong("secrets", "secret_missing", setting=secret.key, file=secret.name)
    else:
        if content.strip():
            yield ok("secrets", "secret", setting=secret.key)
        else:
            yield wrong("secrets", "secret_missing", setting=secret.key, file=secret.name)
