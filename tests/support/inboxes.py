"""Sessions that read an inbox, and what came of it."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.cli._session import AppContext
from planner.config import Config
from planner.i18n.catalog import Catalog
from planner.store import Store
from planner.types import OWN
from spiders import subprocess

NOW = datetime(2026, 11, 20, 20, tzinfo=ZoneInfo("Asia/Shanghai"))


def session_of(config: Config, folder: Path, now: datetime = NOW) -> AppContext:
    """A call of the program in that folder."""
    return AppContext(config=config, path=folder / "config.yaml", now=now, words=Catalog(config.language))


def titles_of(store: Store) -> list[str]:
    """The titles of the user's own events, in their order."""
    found = store.records(NOW - timedelta(days=400), NOW + timedelta(days=400))
    return sorted(record.event.title for record in found if record.source == OWN)


def is_killed(work: Callable[[], object]) -> bool:
    """Whether a process that does this is killed in the middle of it."""
    child = os.fork()
    if child == 0:
        # What starts processes for these tests (`conftest`) answers the process that started it, and no copy of it.
        subprocess._SPAWN = multiprocessing.get_context("spawn")
        try:
            work()
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL


class Deadly:
    """Stands in for a function; at one of its calls, counted from 1, this process is killed."""

    def __init__(self, function: Callable[..., Any], *, at: int) -> None:
        self._function, self._at, self.count = function, at, 0

    def __call__(self, *given: Any, **named: Any) -> Any:
        self.count += 1
        if self.count == self._at:
            os.kill(os.getpid(), signal.SIGKILL)
        return self._function(*given, **named)

    def __get__(self, instance: Any, owner: type) -> Any:
        return lambda *given, **named: self(instance, *given, **named)
