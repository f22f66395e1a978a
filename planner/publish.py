"""Putting outputs in place: each file whole or not at all, and only when its bytes differ.

A file that does not change keeps its time, so that a web server's validators stay true (RFC 9110, 8.8).
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from planner.errors import OutputError
from planner.i18n.reasons import english
from spiders.failures import os_reason

_log = logging.getLogger(__name__)

PREFIX = ".quanzi-"
KINDS = {
    ".ics": "text/calendar; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/atom+xml; charset=utf-8",
}
"""What the outputs are to HTTP, by the endings of their names; nothing else is an output."""


def publish(folder: Path, files: Mapping[str, bytes]) -> list[str]:
    """Write ``files`` (relative names) below ``folder``; -> the names that were replaced.

    All new contents are on disk before the first file is replaced. Raises OutputError; then no file was replaced, or,
    where the disk fails during the very replacing, each file is still whole.
    """
    prepared: list[tuple[Path, Path, str]] = []
    try:
        _sweep(folder)
        for name, content in sorted(files.items()):
            target = folder / name
            if not _differs(target, content):
                continue
            prepared.append((_written(target, content), target, name))
        for temporary, target, _ in prepared:
            temporary.replace(target)
        for parent in {target.parent for _, target, _ in prepared}:
            sync_folder(parent)
    except OSError as exc:
        for temporary, _, _ in prepared:
            temporary.unlink(missing_ok=True)
        why = english(os_reason(exc))
        raise OutputError(f"{folder}: outputs not written: {why} (the old ones are whole)") from exc
    _log.info("%d of %d files replaced", len(prepared), len(files))
    return [name for _, _, name in prepared]


def digest_of(content: bytes) -> str:
    """What `standing` knows a file by."""
    return hashlib.blake2b(content, digest_size=16).hexdigest()


def standing(folder: Path, digests: Mapping[str, str]) -> dict[str, bytes] | None:
    """The files of these names below ``folder``; None where one of them is not as it was written."""
    found = {}
    for name, digest in digests.items():
        try:
            content = (folder / name).read_bytes()
        except OSError:
            return None
        if digest_of(content) != digest:
            return None
        found[name] = content
    return found


def replace_file(target: Path, content: bytes, mode: int | None = None, prefix: str = PREFIX) -> None:
    """Put one file in place, whole or not at all; its mode stays, unless one is named. A killed process leaves a file
    behind whose name begins with ``prefix``. Raises OSError."""
    temporary = _written(target, content, mode, prefix)
    try:
        temporary.replace(target)
        sync_folder(target.parent)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise


def _sweep(folder: Path) -> None:
    """Remove what killed runs left behind."""
    for place in (folder, folder / "public"):
        if place.is_dir():
            for stray in place.glob(f"{PREFIX}*"):
                stray.unlink(missing_ok=True)


def _differs(target: Path, content: bytes) -> bool:
    try:
        return target.read_bytes() != content
    except FileNotFoundError:
        return True


def _written(target: Path, content: bytes, mode: int | None = None, prefix: str = PREFIX) -> Path:
    """A temporary file beside the target, whole and on disk, with this mode or the target's."""
    target.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=prefix, dir=target.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        usual = target.stat().st_mode & 0o777 if target.exists() else 0o644
        temporary.chmod(usual if mode is None else mode)
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary


def sync_folder(folder: Path) -> None:
    """Make the new names lasting. Windows cannot open folders, and needs no such thing."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
