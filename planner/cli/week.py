"""``quanzi week``: the weekly job."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli import _send
from planner.cli._everyone import for_everyone, show_everyone, task_for
from planner.cli._job import RunOptions, alone, gather_all, job, reporting, shared_entries, show
from planner.cli._language import say
from planner.cli._session import AppContext
from planner.errors import ConfigError
from planner.people.book import open_book
from planner.pipeline import Run
from planner.pipeline.clock import known_clock, slept_long

DAYS_REMEMBERED = 90  # what ended longer ago is forgotten, with its history


@job(say("help.week"), "force", "everyone")
def week(asked: RunOptions) -> None:
    """Gather, plan, publish, deliver."""
    everyone = None
    with alone(asked) as (session, store, span):
        slept = slept_long(known_clock(store), session.now)
        gathered = gather_all(session, store, asked, insist=True)
        run = Run(config=session.config, store=store, now=session.now)
        with reporting(session, gathered.reports, asked):
            tell_of_wrong_people(session)
            planned = run.plan(span, run.rest_before(span, begin=asked.week is None))
            gone = _send.publish(session, store, planned, gathered.reports)
            run.keep_published(planned, gone.public_ids)
            with store.transaction():
                store.put_run("week", shared_entries(session, gathered.reports), session.now)
                if asked.force or not slept:
                    store.prune(session.now, DAYS_REMEMBERED)
        gone = _send.send(session, store, planned, gathered.reports, gone)
        if asked.everyone:
            task = task_for(session, asked, gathered.reports, left_out=gone.left_out)
            everyone = for_everyone(session, store, task, asked)
    _send.call_monitor(session)
    more = {} if everyone is None else {"members": everyone.body()}
    show(session, planned, gathered.reports, gone, asked, more=more)
    if everyone is not None:
        show_everyone(session, everyone, asked)


def tell_of_wrong_people(session: AppContext) -> None:
    """One line where something in the people's file is left out; the daily job says nothing of it."""
    path = Path(session.config.people.file)
    try:
        count = len(open_book(path, session.words).problems())
    except ConfigError as exc:
        click.echo(str(exc), err=True)
        return
    if count:
        click.echo(session.words("people.left_out", file=path.name, count=count), err=True)
