"""``quanzi plan``: a week on trial, out of what the store holds."""

from __future__ import annotations

import click

from planner.cli._job import RunOptions, alone, job, show
from planner.cli._language import say
from planner.pipeline import Run


@job(say("help.plan"))
def plan(asked: RunOptions) -> None:
    """Plan, show, and keep it as a trial: nothing of it counts as published."""
    with alone(asked) as (session, store, span):
        run = Run(config=session.config, store=store, now=session.now)
        planned = run.plan(span)
        run.keep_trial(planned)
    show(session, planned, (), None, asked)
    if not (asked.quiet or asked.as_json):
        click.echo(session.words("cli.plan_only"))
