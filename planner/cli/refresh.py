"""``quanzi refresh``: the daily job."""

from __future__ import annotations

import json

import click

from planner.cli import _send
from planner.cli._everyone import for_everyone, show_everyone, task_for
from planner.cli._job import RunOptions, alone, gather_all, job, reporting, shared_entries, show
from planner.cli._language import say
from planner.pipeline import Run
from planner.render.report import report_entry


@job(say("help.refresh"), "force", "everyone")
def refresh(asked: RunOptions) -> None:
    """Gather, and let what is published follow moves and cancellations. No new picks, no mail."""
    gone = everyone = None
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
        if asked.everyone:
            task = task_for(session, asked, gathered.reports, left_out=gone.left_out if gone else {}, refresh=True)
            everyone = for_everyone(session, store, task, asked)
    _send.call_monitor(session)
    more = {} if everyone is None else {"members": everyone.body()}
    if planned is not None:
        show(session, planned, gathered.reports, gone, asked, more=more)
    elif asked.as_json:
        told = {"sources": [report_entry(report) for report in gathered.reports], **more}
        click.echo(json.dumps(told, ensure_ascii=False))
    elif not asked.quiet:
        click.echo(session.words("cli.no_plan", week=session.dates_of(span)), err=True)
    if everyone is not None:
        show_everyone(session, everyone, asked)
