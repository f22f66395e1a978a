"""``quanzi remove EVENT``: an event goes out of plan and calendars, whatever sources say, until that is undone."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._session import open_session, options


@click.command(help=say("help.remove"))
@click.argument("event")
@options("config", "now", "json", "verbose")
def remove(*, event: str, config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """Find it, and keep that it is not wanted."""
    from planner.cli._own_word import keep_removal, meant
    from planner.store.lock import only_run

    session = open_session(config, now)
    with only_run(session.config.kept_in, session.words.language), session.store() as store:
        found = meant(session, store, event)
        keep_removal(session, store, found)
    if as_json:
        click.echo(json.dumps({"removed": found.event.uid, "title": found.event.title}, ensure_ascii=False))
        return
    start = found.event.start
    title = f"{found.event.title} ({start:%Y-%m-%d %H:%M})" if start else found.event.title
    click.echo(session.words("cli.own_removed", title=title))
    click.echo(session.words("cli.own_next"))
