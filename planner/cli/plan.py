"""``quanzi plan``: a week on trial, out of what the store holds."""

from __future__ import annotations

import click

from planner.cli._job import RunOptions, alone, job, show
from planner.cli._language import say
from planner.gather import sources_of, states_of
from planner.gather.unread import unread
from planner.pipeline import Run

MAX_NAMED = 6


@job(say("help.plan"))
def plan(asked: RunOptions) -> None:
    """Plan, show, and keep it as a trial: nothing of it counts as published."""
    with alone(asked) as (session, store, span):
        run = Run(config=session.config, store=store, now=session.now)
        planned = run.plan(span, run.rest_before(span, begin=asked.week is None, on_trial=True))
        run.keep_trial(planned)
        waiting = unread(sources_of(session.config), states_of(store))
    show(session, planned, (), None, asked)
    if not (asked.quiet or asked.as_json):
        click.echo(session.words("cli.plan_only"))
    if waiting and not asked.quiet:
        names = session.words("digest.comma").join(waiting[:MAX_NAMED]) + (" …" if len(waiting) > MAX_NAMED else "")
        click.echo(session.words("cli.unread", names=names), err=True)
