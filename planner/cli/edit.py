"""``quanzi edit EVENT``: what the user says of an event counts, whatever sources say, until it is taken back."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from planner.cli._fields import asked, field_options
from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.errors import UsageError
from planner.inbox.fields import Given, changed, lines


@click.command(help=say("help.edit"))
@click.argument("event")
@field_options
@options("config", "now", "json", "verbose")
def edit(
    *,
    event: str,
    title: str | None,
    when: str | None,
    where: str | None,
    price: str | None,
    url: str | None,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Find it, put what is given in its place (or offer each field on a terminal), keep that."""
    from planner.cli._own_word import differing, keep_edit, meant
    from planner.event_json import to_json
    from planner.store.lock import only_run

    session = open_session(config, now)
    given = Given(title=title, when=when, where=where, price=price, url=url)
    with only_run(session.config.kept_in, session.words.language), session.store() as store:
        found = meant(session, store, event)
        if given.is_empty and not sys.stdin.isatty():
            raise UsageError(session.words("cli.own_nothing_given"))
        after = asked(found.event, session) if given.is_empty else changed(found.event, given, session)
        names = {"title": title, "time": when, "place": where, "price": price, "url": url}
        named = [name for name, told in names.items() if told is not None] or differing(found.event, after)
        if named:
            keep_edit(session, store, found, after, named)
    if as_json:
        click.echo(json.dumps(to_json(after), ensure_ascii=False))
        return
    click.echo("\n".join(lines(after, session.words)))
    click.echo(session.words("cli.own_edited" if named else "cli.own_nothing_given", title=after.title))
    if named:
        click.echo(session.words("cli.own_next"))
