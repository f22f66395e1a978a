"""The queue of jobs: Procrastinate, in the same database as the facts.

A job is done at least once: where a worker dies, another takes its job over within two minutes. Locks by name keep what
must not run twice at a time: a bucket of hosts, whatever decides about events.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from collections.abc import Callable
from datetime import datetime
from typing import Any

import procrastinate
import psycopg
from procrastinate import exceptions
from procrastinate.jobs import Status

from planner.config.postgres import Postgres
from planner.errors import StoreError
from planner.i18n.catalog import Catalog
from planner.members.jobs import Command
from planner.members.jobs.status import QueueState
from planner.store.connecting import connected, parameters
from planner.store.roles import JOBS as SCHEMA

_log = logging.getLogger(__name__)

TICK = "tick"
"""A queue beside `QUEUES`: once a few minutes somebody who may write among the facts looks at what is due."""
MAY_TICK = frozenset({"crawl", "keep"})
SECONDS_WITHOUT_A_SIGN = 60.0
"""A worker that gave no sign for so long is gone. It gives one each `SECONDS_BETWEEN_SIGNS`."""
SECONDS_BETWEEN_SIGNS, SECONDS_BETWEEN_SWEEPS = 10.0, 15.0
SECONDS_TO_END = 120.0
SECONDS_AFTER_A_FAULT = 5.0
HOURS_KEPT, SECONDS_BETWEEN_CLEANINGS = 72, 3600.0
"""Jobs that are done, or failed for good, are remembered so long."""
_ANY_TRY = procrastinate.RetryStrategy(max_attempts=4, wait=20)
"""A database that goes away for a minute costs no week."""
Work = Callable[..., None]


def app_of(server: Postgres, words: Catalog) -> procrastinate.App:
    """The queue in that database, with its tables, which are made where there are none. Raises StoreError."""
    told = parameters(server, words)
    with connected(server, words) as connection:
        _prepare(connection)
    settings = {"options": f"-c search_path={SCHEMA}", "application_name": "quanzi-jobs"}
    connector = procrastinate.PsycopgConnector(kwargs={**told, **settings}, min_size=1, max_size=3)
    return procrastinate.App(connector=connector)


def _prepare(connection: psycopg.Connection[tuple[Any, ...]]) -> None:
    """Make the tables of the queue, whoever else does the same."""
    with connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (SCHEMA,))
        found = connection.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.procrastinate_jobs",)).fetchone()
        if found == (None,):
            connection.execute(f"CREATE SCHEMA IF NOT EXISTS {SCHEMA}")
            connection.execute(f"SET LOCAL search_path = {SCHEMA}")
            connection.execute(procrastinate.schema.SchemaManager.get_schema().encode())


def declare(app: procrastinate.App, work: Work) -> None:
    """Tell the queue of the kinds of jobs; each calls ``work`` with its name and its arguments."""

    def task(name: str, queue: str, retry: procrastinate.RetryStrategy | bool) -> None:
        def run(**given: Any) -> None:
            work(name, **given)

        app.task(name=name, queue=queue, retry=retry)(run)

    # No delayed retry where a lock is held: it would hold up whatever waits for the same one.
    task("crawl", "crawl", False)
    task("relate", "keep", False)
    task("begin", "keep", False)
    task("diaries", "plan", False)
    task("plan", "plan", _ANY_TRY)
    task("letters", "letters", _ANY_TRY)

    @app.periodic(cron="*/5 * * * *")
    @app.task(name=TICK, queue=TICK, queueing_lock=TICK, lock=TICK)
    def tick(timestamp: int) -> None:
        work(TICK)


class Jobs:
    """Puts jobs into an open queue. One that waits already, by its lock, is not put there twice."""

    def __init__(self, app: procrastinate.App) -> None:
        self._app = app

    def crawl(self, bucket: int) -> None:
        self._put("crawl", lock=f"crawl-{bucket}", queueing_lock=f"crawl-{bucket}", bucket=bucket)

    def relate(self) -> None:
        self._put("relate", lock="relate", queueing_lock="relate")

    def begin(self, command: Command, now: datetime) -> None:
        """The keeper's own run, then everybody's."""
        self._put("begin", lock="relate", queueing_lock=f"begin-{command}", command=command, now=now.isoformat())

    def diaries(self, command: Command, now: datetime) -> None:
        self._put("diaries", lock="diaries", queueing_lock=f"diaries-{command}", command=command, now=now.isoformat())

    def plan(self, numbers: list[int], command: Command, now: datetime) -> None:
        self._put("plan", numbers=numbers, command=command, now=now.isoformat())

    def letters(self, numbers: list[int], now: datetime) -> None:
        self._put("letters", numbers=numbers, now=now.isoformat())

    def _put(self, name: str, *, lock: str | None = None, queueing_lock: str | None = None, **given: Any) -> None:
        with contextlib.suppress(exceptions.AlreadyEnqueued):
            self._app.configure_task(name, lock=lock, queueing_lock=queueing_lock).defer(**given)


async def serve(
    made: Callable[[], procrastinate.App], queues: list[str], name: str, *, stop_when_idle: bool = False
) -> None:
    """Take jobs, one at a time, until told to stop (SIGTERM, SIGINT); ``stop_when_idle``: until none is left. Jobs of
    workers that are gone are put back meanwhile. A database that goes away is waited for: ``made`` gives the queue, and
    a new one each time."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        with contextlib.suppress(NotImplementedError):  # Windows
            loop.add_signal_handler(each, stop.set)
    while not stop.is_set():
        try:
            await _take_jobs(made(), queues, name, stop, stop_when_idle=stop_when_idle)
            if stop_when_idle:
                return
        except (exceptions.ConnectorException, StoreError, psycopg.Error, OSError) as exc:
            _log.warning("the queue does not answer: %s", type(exc).__name__)
        with contextlib.suppress(TimeoutError):  # a worker that lost its database ends without an error
            await asyncio.wait_for(stop.wait(), SECONDS_AFTER_A_FAULT)


async def _take_jobs(
    app: procrastinate.App, queues: list[str], name: str, stop: asyncio.Event, *, stop_when_idle: bool
) -> None:
    """One worker, until it is told to stop or ends."""
    async with app.open_async():
        working = asyncio.create_task(
            app.run_worker_async(
                queues=[*queues, *([TICK] if set(queues) & MAY_TICK else [])],
                name=name,
                concurrency=1,
                wait=not stop_when_idle,
                update_heartbeat_interval=SECONDS_BETWEEN_SIGNS,
                stalled_worker_timeout=SECONDS_WITHOUT_A_SIGN,
                shutdown_graceful_timeout=SECONDS_TO_END,
                install_signal_handlers=False,
            )
        )
        others = [asyncio.create_task(_sweep_always(app)), asyncio.create_task(stop.wait())]
        try:
            await asyncio.wait([working, others[1]], return_when=asyncio.FIRST_COMPLETED)
            working.cancel()  # it ends the job that it is at
            with contextlib.suppress(asyncio.CancelledError):
                await working
        finally:
            for each in others:
                each.cancel()
            await asyncio.gather(*others, return_exceptions=True)


async def _sweep_always(app: procrastinate.App) -> None:
    """No job of its own: one that is stalled could not be swept by it."""
    loop, cleaned = asyncio.get_running_loop(), -SECONDS_BETWEEN_CLEANINGS
    while True:
        with contextlib.suppress(exceptions.ConnectorException, psycopg.Error):
            await sweep(app)
            if loop.time() - cleaned >= SECONDS_BETWEEN_CLEANINGS:
                await app.job_manager.delete_old_jobs(HOURS_KEPT, include_failed=True, include_aborted=True)
                cleaned = loop.time()
        await asyncio.sleep(SECONDS_BETWEEN_SWEEPS)


async def sweep(app: procrastinate.App, seconds: float = SECONDS_WITHOUT_A_SIGN) -> int:
    """Put back what workers left behind that gave no sign for so long; -> how many jobs. Where the same waits already,
    since it fell due again, what was left behind is dropped, and its lock with it."""
    stalled = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=seconds))
    for job in stalled:
        try:
            await app.job_manager.retry_job(job)
        except exceptions.UniqueViolation:
            assert job.id is not None
            await app.job_manager.finish_job_by_id_async(job.id, status=Status.ABORTED, delete_job=True)
    return len(stalled)


def state_of(server: Postgres, words: Catalog) -> QueueState:
    """How the queue stands; an empty one where no worker ever ran. Raises StoreError."""
    with connected(server, words) as connection:
        if connection.execute("SELECT to_regclass(%s)", (f"{SCHEMA}.procrastinate_jobs",)).fetchone() == (None,):
            return QueueState()
        connection.execute(f"SET search_path = {SCHEMA}")
        jobs: dict[str, dict[str, int]] = {}
        counted = connection.execute(
            "SELECT queue_name, status::text, count(*) FROM procrastinate_jobs"
            " WHERE status IN ('todo', 'doing', 'failed') GROUP BY queue_name, status ORDER BY queue_name, status"
        )
        for queue, status, count in counted:
            jobs.setdefault(queue, {})[status] = count
        (stalled,) = connection.execute(
            "SELECT count(*) FROM procrastinate_jobs AS job LEFT JOIN procrastinate_workers AS worker"
            " ON worker.id = job.worker_id WHERE job.status = 'doing'"
            " AND (worker.id IS NULL OR worker.last_heartbeat < now() - make_interval(secs => %s))",
            (2 * SECONDS_WITHOUT_A_SIGN,),
        ).fetchone() or (0,)
    return QueueState(jobs=jobs, stalled=stalled)
