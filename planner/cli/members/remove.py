"""``quanzi members remove``: a member leaves, and with them all that is theirs."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.cli._asking import is_agreed
from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.cli.members._addresses import meant
from planner.errors import UsageError
from planner.members.register import remove


@click.command("remove", help=say("help.members_remove"))
@click.argument("name")
@click.option("--yes", is_flag=True, help=say("help.yes"))
@options("config", "verbose")
def command(*, name: str, yes: bool, config: Path | None, verbose: bool) -> None:
    """Forget a member; ask first on a terminal."""
    session = open_session(config, None)
    words = session.words
    with session.store() as store:
        member = meant(session, store, name)
        if not yes and not sys.stdin.isatty():
            raise UsageError(words("sources.no_terminal"))
        if not yes and not is_agreed(words("members.ask_remove", name=member.name), words, default=False):
            click.echo(words("members.stays", name=member.name), err=True)
            return
        remove(store, member)
    click.echo(words("members.removed", name=member.name))
