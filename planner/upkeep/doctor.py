"""The doctor: everything that an unattended run needs, looked at once. Nothing is changed by looking."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import datetime
from pathlib import Path

from planner.config import Config
from planner.deliver import in_words
from planner.i18n.catalog import Catalog
from planner.store import Store
from planner.upkeep import installation, kept, reach
from planner.upkeep.findings import Finding, ok, wrong
from planner.upkeep.scheduled import schedules

LOCK_FILE = Path(__file__).parents[2] / "requirements.lock"


def examine(
    config: Config, path: Path, now: datetime, words: Catalog, *, offline: bool, trust: ssl.SSLContext | None = None
) -> Iterator[Finding]:
    """The findings, check by check, as each is made. ``path`` is that of the configuration; ``offline`` asks no server.
    ``trust`` replaces the system's certificates."""
    yield from installation.program(LOCK_FILE)
    yield ok("config", "config", path=path)
    place = config.kept_in
    found = kept.store(place) if isinstance(place, Path) else kept.server(place, words)
    with ExitStack() as stack:
        opened = stack.enter_context(Store(place, config.language)) if found.state == "ok" else None
        runs = opened.last_runs() if opened else {}
        asked = [state.tried for state in opened.sources().values()] if opened else []
        yield installation.clock(now, max([*runs.values(), *asked], default=None))
        if isinstance(place, Path) or found.state != "wrong":
            yield installation.lock(place, config.language, now)
        yield from installation.disk(config)
        yield found
        if isinstance(place, Path):
            yield from kept.kept_aside(place)
        yield from installation.secrets(config, os.environ)
        yield from kept.people(Path(config.people.file), words)
        yield from kept.calendars(Path(config.output.folder))
        yield from kept.jobs(runs, now)
        if opened is not None:
            yield from kept.sources(config, opened, now, words)
    yield from schedules(path)
    if not offline:
        yield from reach.deliveries(config, words, trust)


def call(config: Config, words: Catalog, trust: ssl.SSLContext | None = None) -> Finding | None:
    """Tell the monitor, where there is one, that all is well."""
    if config.monitor is None:
        return None
    from planner.deliver.ping import ping

    reason = ping(config.monitor, trust=trust)
    if reason is None:
        return ok("ping", "pinged")
    return wrong("ping", "unpinged", why=in_words(reason, words))
