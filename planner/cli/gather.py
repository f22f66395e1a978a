"""``quanzi gather``: the first step of the weekly job alone."""

from __future__ import annotations

import json

import click

from planner.cli._job import RunOptions, alone, gather_all, job
from planner.cli._language import say
from planner.render.report import report_entry


@job(say("help.gather"), "force", "fresh")
def gather(asked: RunOptions) -> None:
    """Read all sources into the store."""
    with alone(asked) as (session, store, _):
        gathered = gather_all(session, store, asked)
    if asked.as_json:
        click.echo(json.dumps([report_entry(report) for report in gathered.reports], ensure_ascii=False))
