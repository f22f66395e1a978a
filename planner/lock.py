"""One run at a time: a lock of the kernel's on a file beside the store. It dies with the process, even by kill -9."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from planner.errors import AlreadyRunningError, StoreError


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


fcntl = _module("fcntl")  # POSIX
msvcrt = _module("msvcrt")  # Windows


@contextmanager
def only_run(store: Path) -> Iterator[None]:
    """Hold the lock of ``store``; its file stays. Raises AlreadyRunningError where another run holds it."""
    path = store.with_name(store.name + ".lock")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+b")
    except OSError as exc:
        raise StoreError(f"{path}: cannot be locked: {(exc.strerror or str(exc)).lower()}") from exc
    with file:
        try:
            if fcntl is not None:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            elif msvcrt is not None:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError as exc:
            raise AlreadyRunningError(f"{store}: another run is under way (wait for it to end)") from exc
        yield
