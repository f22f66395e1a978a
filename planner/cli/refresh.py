"""``quanzi refresh``: the daily job."""

from __future__ import annotations

import json

import click

from planner.cli import _send
from planner.cli._job import RunOptions, alone, gather_all, job, reporting, shared_entries, show
from planner.cli._language import say
from planner.pipeline import Run
from planner.render.report import report_entry


@job(say("help.refresh"), "force")
def refresh(asked: RunOptions) -> None:
    """Gather, and let what is published follow moves and cancellations. No new picks, no mail."""
    gone = None
    with alone(asked) as (session, store, span):
        gathered = gather_all(session, store, asked)
        run = Run(config=session.config, store=store, now=session.now)
        with reporting(session, gathered.reports, asked):
            planned = run.keep_refreshed(span if asked.week else None)
            if planned is not None:
                gone = _send.publish(session, store, planned, gathered.reports)
                run.keep_shown(planned, gone.public_ids)
            with store.transaction():
                store.put_run("refresh", shared_entries(session, gathered.reports), session.now)
    _send.call_monitor(session)
    if planned is not None:
        show(session, planned, gathered.reports, gone, asked)
    elif asked.as_json:
        click.echo(json.dumps({"sources": [report_entry(report) for report in gathered.reports]}, ensure_ascii=False))
    elif not asked.quiet:
        click.echo(session.words("cli.no_plan", week=session.dates_of(span)), err=True)
