"""What the installation holds: the store, the published calendars, the last runs, the sources."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from planner.config import Config
from planner.config.postgres import Postgres
from planner.config.private_file import OpenToOthersError, private_bytes
from planner.errors import ConfigError, StoreError, UsageError
from planner.gather.health import source_health
from planner.i18n.catalog import Catalog
from planner.people.book import open_book
from planner.store import Store
from planner.store.connecting import about_server
from planner.store.rows import LATEST
from planner.store.soundness import fault_of, version_of
from planner.upkeep.calendar_form import events_and_faults
from planner.upkeep.findings import Finding, at, note, ok, wrong

PATIENCE = {"week": timedelta(days=8), "refresh": timedelta(days=3)}
"""After so long without coming to its end a job does not run any more; a laptop may sleep over a weekend."""
MOST_NAMED = 5


def store(path: Path) -> Finding:
    """Whether it is sound, every row of it; the next run makes or mends it."""
    if not path.is_file() or path.stat().st_size == 0:
        return note("store", "store_none", path=path)
    fault = fault_of(path, thorough=True)
    if fault is not None:
        return wrong("store", "store_damaged", path=path, why=fault)
    version = version_of(path)
    if version != LATEST:
        key = "store_newer" if version > LATEST else "store_older"
        return (wrong if version > LATEST else note)("store", key, path=path, version=version)
    ahead = path.with_name(f"{path.name}-wal")
    size = path.stat().st_size + (ahead.stat().st_size if ahead.is_file() else 0)
    return ok("store", "store", megabytes=f"{size / 1_000_000:.1f}")


def server(place: Postgres, words: Catalog) -> Finding:
    """Whether a database answers, and what stands in it; the next run makes its tables or brings them up."""
    try:
        about = about_server(place, words)
    except (StoreError, UsageError) as exc:
        return wrong("store", "said", why=str(exc))
    if about.version is None:
        return note("store", "store_none", path=place)
    if about.version != LATEST:
        key = "store_newer" if about.version > LATEST else "store_older"
        return (wrong if about.version > LATEST else note)("store", key, path=place, version=about.version)
    megabytes = f"{about.size / 1_000_000:.1f}"
    return ok("store", "store_server", path=place, server=about.server, megabytes=megabytes)


def kept_aside(path: Path) -> Iterator[Finding]:
    """Damaged stores that were put aside: nobody needs them once all is well again."""
    aside = sorted(path.parent.glob(f"{path.name}.damaged-*"))
    if aside:
        yield note("store", "store_aside", names=", ".join(each.name for each in aside[:MOST_NAMED]))


def people(path: Path, words: Catalog) -> Iterator[Finding]:
    """Whether the file of people can be read, by its owner alone; nothing where there is none. It names nobody."""
    if not path.is_file():
        return
    try:
        with suppress(OSError):
            private_bytes(path, 0)
        book = open_book(path, words)
        wrongs, count = len(book.problems()), len(book.known)
    except OpenToOthersError:
        yield wrong("people", "people_open", file=path)
    except ConfigError as exc:
        yield wrong("people", "said", why=str(exc))
    else:
        yield note("people", "people_wrong", count=wrongs) if wrongs else ok("people", "people", count=count)


def calendars(folder: Path) -> Iterator[Finding]:
    """Every calendar below ``folder``, the private plan first."""
    paths = [*sorted(folder.glob("*.ics")), *sorted((folder / "public").glob("*.ics"))]
    if not paths:
        yield note("calendars", "calendars_none", folder=folder)
    for path in paths:
        name = path.relative_to(folder).as_posix()
        try:
            count, faults = events_and_faults(path.read_bytes())
        except OSError as exc:
            yield wrong("calendars", "calendar_unreadable", name=name, why=exc.strerror)
            continue
        for fault in faults:
            yield wrong("calendars", fault, name=name)
        if not faults:
            yield ok("calendars", "calendar", name=name, count=count)


def jobs(runs: Mapping[str, datetime], now: datetime) -> Iterator[Finding]:
    """When the weekly and the daily job last came to their end."""
    for name, patience in PATIENCE.items():
        last = runs.get(name)
        if last is None:
            yield note("jobs", "job_never", name=name)
            continue
        told = {"name": name, "at": at(last.astimezone(now.tzinfo)), "days": (now - last).days}
        if now - last <= patience:
            yield ok("jobs", "job", **told)
        else:
            yield wrong("jobs", "job_late", **told) if name == "week" else note("jobs", "job_late", **told)


def sources(config: Config, opened: Store, now: datetime, words: Catalog) -> Iterator[Finding]:
    """How many fare well, and which do not and since when. Wrong is only that none does."""
    ids = [entry.id for entry in config.sources]
    states = opened.sources()
    asked = [name for name in ids if name in states]
    silent = source_health(asked, states, opened.last_seen_of_sources(), now)
    well = len(asked) - len(silent)
    if not ids or not asked:
        yield note("sources", "sources_unasked", count=len(ids))
        return
    yield (
        ok("sources", "sources", well=well, count=len(ids))
        if well
        else wrong("sources", "sources_none", count=len(ids))
    )
    for each in silent[:MOST_NAMED]:
        since = f"{each.since.astimezone(now.tzinfo):%Y-%m-%d}" if each.since else words("doctor.never")
        yield note("sources", f"source_{each.kind}", name=each.source, since=since)
    if len(silent) > MOST_NAMED:
        yield note("sources", "sources_more", count=len(silent) - MOST_NAMED)
