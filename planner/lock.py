"""One run at a time: a lock of the kernel's on a file beside the store. It dies with the process, even by kill -9."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from planner.errors import AlreadyRunningError, StoreError


@contextmanager
def only_run(store: Path) -> Iterator[None]:
    """Hold the lock of ``store``; its file stays. Raises AlreadyRunningError where another run holds it."""
    from filelock import FileLock, Timeout

    from planner.i18n.reasons import english
    from spiders.failures import os_reason

    path = store.with_name(store.name + ".lock")
    # Kept, and for that never a "soft" lock, whose mere file locks: one that a killed run left would lock for ever.
    lock = FileLock(path, blocking=False, preserve_lock_file=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as exc:
        raise AlreadyRunningError(f"{store}: another run is under way (wait for it to end)") from exc
    except (OSError, NotImplementedError) as exc:
        why = english(os_reason(exc)) if isinstance(exc, OSError) else "locks are not known here"
        raise StoreError(f"{path}: cannot be locked: {why}") from exc
    try:
        yield
    finally:
        lock.release()
