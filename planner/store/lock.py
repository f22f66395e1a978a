"""One run at a time: a lock of the kernel's on a file beside the store, or of the server's. It dies with the process,
even by kill -9."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from planner.errors import AlreadyRunningError, StoreError

if TYPE_CHECKING:
    from planner.config.postgres import Postgres


@contextmanager
def only_run(store: Path | Postgres, language: str) -> Iterator[None]:
    """Hold the lock of ``store``; its file stays. Raises AlreadyRunningError where another run holds it,
    StoreError where there can be none, or where the store is another program's, beside which nothing is put; UsageError
    where a library is not installed. All speak ``language``."""
    with _of_file(store, language) if isinstance(store, Path) else _of_server(store, language):
        yield


def held_since(store: Path | Postgres, language: str) -> datetime | None:
    """When the run began that holds the lock; None where it is not known, or just ended. Raises StoreError, UsageError,
    OSError."""
    if isinstance(store, Path):
        from planner.store.ownership import lock_of

        return datetime.fromtimestamp(lock_of(store).stat().st_mtime, UTC)
    from planner.i18n.catalog import Catalog
    from planner.store.connecting import connected

    words = Catalog(language)
    with connected(store, words) as connection:
        from planner.store.on_server import run_since

        return run_since(connection, store, words)


@contextmanager
def _of_server(server: Postgres, language: str) -> Iterator[None]:
    from planner.i18n.catalog import Catalog
    from planner.store.connecting import connected

    words = Catalog(language)
    with connected(server, words) as connection:
        from planner.store.on_server import lock_run

        lock_run(connection, server, words)
        yield


@contextmanager
def _of_file(store: Path, language: str) -> Iterator[None]:
    from filelock import FileLock, Timeout

    from planner.i18n.catalog import Catalog
    from planner.i18n.reasons import translate
    from planner.store.ownership import lock_of, refuse_foreign
    from spiders.failures import os_reason

    words = Catalog(language)
    path = lock_of(store)
    if not path.exists():
        refuse_foreign(store, words)
    # Kept, and for that never a "soft" lock, whose mere file locks: one that a killed run left would lock for ever.
    lock = FileLock(path, blocking=False, preserve_lock_file=True)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as exc:
        raise AlreadyRunningError(words("lock.held", store=store)) from exc
    except (OSError, NotImplementedError) as exc:
        why = translate(os_reason(exc), language) if isinstance(exc, OSError) else words("lock.unknown")
        raise StoreError(words("lock.impossible", path=path, why=why)) from exc
    try:
        yield
    finally:
        lock.release()
