"""A worker: opens the store for each job, does it, and puts into the queue what follows from it.

The configuration is read anew for each job, so that an edit counts without a restart; so is the version of the tables:
a worker that is older than they are takes no further job.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from planner.config import Config, load
from planner.config.postgres import Postgres
from planner.errors import StoreError, UsageError
from planner.i18n.catalog import Catalog
from planner.members.jobs import Command, tasks
from planner.members.jobs.queue import Jobs
from planner.members.jobs.tasks import Area
from planner.store import Store
from planner.store.connecting import time_of

_log = logging.getLogger(__name__)

TICKED = "ticked"
"""The fact of the store that tells up to when it was looked at what is due."""
FEW = 3
"""So many weeks of a job may be too hard to be proven in time."""
Keeper = Callable[[Command, datetime], bool]
"""Does the keeper's own run of that moment, which publishes for the keeper and for everybody; -> whether it went
well."""
Due = Callable[[datetime, datetime], tuple[Command, ...]]
"""Which of the organisation's runs fall into (since, until], both in its zone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worker:
    """Does jobs of the organisation of a configuration. ``stop`` is called where it must take no more."""

    path: Path
    words: Catalog
    jobs: Jobs
    keeper: Keeper
    due: Due
    stop: Callable[[], None]

    def __call__(self, name: str, **given: object) -> None:
        """Do one job. Raises QuanziError."""
        _log.info("%s: begun", name)
        try:
            getattr(self, f"_{name}")(**given)
        except StoreError as exc:
            _log.warning("%s: %s", name, exc)
            if self._is_older():
                self.stop()
            raise
        _log.info("%s: done", name)

    # Each kind of job.

    def _tick(self) -> None:
        with self._area() as (area, now):
            zone = area.config.zone
            since = _ticked(area.store, zone)
            for command in self.due(since, now) if since is not None and since < now else ():
                self.jobs.begin(command, now)
            for bucket in tasks.due_buckets(area, now):
                self.jobs.crawl(bucket)
            with area.store.transaction():
                area.store.put_fact(TICKED, now.isoformat())

    def _crawl(self, bucket: int) -> None:
        with self._area() as (area, now):
            asked = tasks.crawl_bucket(area, bucket, now)
        if asked:
            self.jobs.relate()

    def _relate(self) -> None:
        with self._area() as (area, now):
            tasks.relate(area, now)

    def _begin(self, command: Command, now: str) -> None:
        if not self.keeper(command, datetime.fromisoformat(now)):
            _log.warning("%s: the keeper's own run did not go well", command)
        self.jobs.diaries(command, datetime.fromisoformat(now))

    def _diaries(self, command: Command, now: str) -> None:
        at = datetime.fromisoformat(now)
        with self._area() as (area, _):
            tasks.read_diaries(area, at, refresh=command == "refresh")
            for numbers in tasks.batches(area.store.member_numbers()):
                self.jobs.plan(numbers, command, at)

    def _plan(self, numbers: list[int], command: Command, now: str) -> None:
        at = datetime.fromisoformat(now)
        with self._area() as (area, _):
            found = tasks.plan_members(area, numbers, at, refresh=command == "refresh")
            sends = area.config.mail is not None and command == "week"
        unproven = sum(each.unproven for each in found)
        if unproven > FEW:  # a solver that cannot start here gives such weeks without a word
            _log.warning("plan: %d of %d weeks could not be proven best", unproven, len(found))
        there = [each.number for each in found if each.state in {"published", "unchanged"}]
        if sends and there:
            self.jobs.letters(there, at)

    def _letters(self, numbers: list[int], now: str) -> None:
        with self._area() as (area, _):
            failed = tasks.send(area, numbers, datetime.fromisoformat(now))
        if failed:
            raise StoreError(self.words("work.letters_failed", count=failed))

    # What they stand on.

    @contextmanager
    def _area(self) -> Iterator[tuple[Area, datetime]]:
        """The organisation as it stands, and the moment by the database's clock, in its zone."""
        config = load(self.path, self.words)
        server = server_of(config, self.words)
        now = time_of(server, self.words).astimezone(config.zone)
        with Store(server, config.language) as store:
            yield Area(config, store), now

    def _is_older(self) -> bool:
        """Whether the tables are those of a newer program."""
        from planner.store.connecting import about_server
        from planner.store.rows import LATEST

        try:
            version = about_server(server_of(load(self.path, self.words), self.words), self.words).version
        except (StoreError, UsageError):
            return False
        return version is not None and version > LATEST


def server_of(config: Config, words: Catalog) -> Postgres:
    """The database of an organisation on many machines. Raises UsageError where the store is a file."""
    if not isinstance(config.kept_in, Postgres):
        raise UsageError(words("work.needs_server"))
    return config.kept_in


def _ticked(store: Store, zone: tzinfo) -> datetime | None:
    """Up to when it was looked at what is due; None before the first time, when nothing is made up for."""
    fact = store.fact(TICKED)
    return None if fact is None else datetime.fromisoformat(fact).astimezone(zone)
