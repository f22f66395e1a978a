"""``quanzi work``: a worker of an organisation, on any machine that reaches its database."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, get_args

import click

from planner.cli._language import say
from planner.cli._log import logging_to
from planner.cli._program import this_program
from planner.cli._session import AppContext, open_session, options
from planner.config.extras import pip_install
from planner.errors import UsageError
from planner.members.jobs import QUEUES, Command
from planner.upkeep.schedule import due, jobs

if TYPE_CHECKING:
    from procrastinate import App


SECONDS_BETWEEN_LOOKS = 5.0
STARTS = ("week", "refresh", "crawl")


@click.command(help=say("help.work"))
@click.option("--queues", metavar="NAMES", default=",".join(QUEUES), show_default=True, help=say("help.work_queues"))
@click.option("--processes", type=click.IntRange(1, 256), metavar="N", help=say("help.work_processes"))
@click.option("--start", type=click.Choice(STARTS), help=say("help.work_start"))
@click.option("--until-idle", is_flag=True, help=say("help.work_until_idle"))
@options("config", "log", "quiet", "verbose")
def work(
    *,
    queues: str,
    processes: int | None,
    start: str | None,
    until_idle: bool,
    config: Path | None,
    log_file: Path | None,
    quiet: bool,
    verbose: bool,
) -> None:
    """Take jobs until told to stop."""
    session = open_session(config, None)
    words = session.words
    wanted = [each.strip() for each in queues.split(",") if each.strip()]
    unknown = sorted(set(wanted) - set(QUEUES))
    if unknown or not wanted:
        raise UsageError(words("work.queues_unknown", given=", ".join(unknown), known=", ".join(QUEUES)))
    try:
        import procrastinate  # noqa: F401 - whether it is there
    except ImportError:
        raise UsageError(words("work.no_extra", command=pip_install("procrastinate"))) from None
    from planner.members.jobs.worker import server_of

    server_of(session.config, words)
    count = processes or os.cpu_count() or 1
    if start is not None:
        _start(session, start)
        if not quiet:
            click.echo(words("work.started", what=start))
    elif count > 1:
        _several(count)
    else:
        with logging_to(log_file, verbose=verbose):
            if not quiet:
                click.echo(words("work.begun", queues=", ".join(wanted)), err=True)
            _serve(session, wanted, until_idle=until_idle)


def _serve(session: AppContext, queues: list[str], *, until_idle: bool) -> None:
    """One worker in this process."""
    from planner.members.jobs.queue import Jobs, app_of, declare, serve
    from planner.members.jobs.worker import Worker, server_of

    path, words = session.path.absolute(), session.words
    server = server_of(session.config, words)

    def made() -> App:
        app = app_of(server, words)
        worker = Worker(
            path=path,
            words=words,
            jobs=Jobs(app),
            keeper=lambda command, now: _keep(path, command, now),
            due=lambda since, until: _due(session, since, until),
            stop=lambda: os.kill(os.getpid(), signal.SIGTERM),
        )
        declare(app, worker)
        return app

    asyncio.run(serve(made, queues, f"{socket.gethostname()}-{os.getpid()}", stop_when_idle=until_idle))


def _start(session: AppContext, what: str) -> None:
    """Put a run into the queue now, whatever the hour."""
    from planner.members.jobs.queue import Jobs, app_of, declare
    from planner.members.jobs.tasks import BUCKETS
    from planner.members.jobs.worker import server_of
    from planner.store.connecting import time_of

    server = server_of(session.config, session.words)
    now = time_of(server, session.words).astimezone(session.config.zone)
    app = app_of(server, session.words)
    declare(app, lambda *_, **__: None)
    with app.open():
        queue = Jobs(app)
        if what == "crawl":
            for bucket in range(BUCKETS):
                queue.crawl(bucket)
        elif what == "week":
            queue.begin("week", now)
        else:
            queue.begin("refresh", now)


def _keep(path: Path, command: str, now: datetime) -> bool:
    """The keeper's own run: this very program, which leaves the web to the crawls."""
    call = [*this_program(), command, "--offline", "--quiet", "--config", str(path), "--now", now.isoformat()]
    return subprocess.run(call, cwd=path.parent, check=False).returncode == 0  # noqa: S603 - this very program


def _due(session: AppContext, since: datetime, until: datetime) -> tuple[Command, ...]:
    """Which of the two runs fall into that time, by the organisation's own clocks."""
    wanted = jobs(["quanzi"], session.path.absolute(), until, session.config.zone, session.words, mail=False)
    names = {job.name for job in due(wanted, since, until)}
    return tuple(name for name in get_args(Command) if name in names)


def _several(count: int) -> None:
    """As many processes of this program, each with one job at a time; all end together. One that dies is replaced, a
    little later; one that ends well has nothing left to do, or was told to."""
    call = [*this_program(), *_with_one_process(sys.argv[1:])]
    stop = threading.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda *_: stop.set())
    children = [subprocess.Popen(call) for _ in range(count)]  # noqa: S603 - this very program
    while children and not stop.wait(SECONDS_BETWEEN_LOOKS):
        running = [child for child in children if child.poll() is None]
        died = [child for child in children if child.poll() not in {None, 0}]
        children = [*running, *(subprocess.Popen(call) for _ in died)]  # noqa: S603
    for child in children:
        child.terminate()
    for child in children:
        child.wait()


def _with_one_process(arguments: Sequence[str]) -> list[str]:
    """The same call for one process."""
    return [*arguments, "--processes", "1"]
