"""``quanzi publish``: the files of the plan that the store holds."""

from __future__ import annotations

import click

from planner.cli import _send
from planner.cli._job import RunOptions, alone, job, show
from planner.cli._language import say
from planner.errors import UsageError
from planner.gather import remembered
from planner.pipeline import Run


@job(say("help.publish"))
def publish(asked: RunOptions) -> None:
    """Write the week's last trial, which is then published, or else the published plan as the facts stand now."""
    with alone(asked) as (session, store, by_clock):
        run = Run(config=session.config, store=store, now=session.now)
        span = by_clock if asked.week else run.week_shown()
        trial = run.trial(span)
        planned = trial or run.published(span)
        if planned is None:
            raise UsageError(session.words("cli.no_plan", week=session.dates_of(span)))
        reports = remembered(session.config, store)
        gone = _send.publish(session, store, planned, reports)
        public = gone.public_ids
        run.keep_shown(planned, public) if trial is None else run.keep_published(planned, public)
    show(session, planned, reports, gone, asked)
    if trial is not None and not (asked.quiet or asked.as_json):
        click.echo(session.words("cli.trial_published", week=session.dates_of(span)))
