"""``quanzi members rotate``: a new private address for a member; the old one answers nothing any more."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.cli.members._addresses import address_option, base_of, meant, tell
from planner.members.register import rotate


@click.command("rotate", help=say("help.members_rotate"))
@click.argument("name")
@address_option()
@options("config", "verbose")
def command(*, name: str, address: str | None, config: Path | None, verbose: bool) -> None:
    """Draw a new address."""
    session = open_session(config, None)
    base = base_of(address, session.words)
    with session.store() as store:
        member = meant(session, store, name)
        token = rotate(store, member)
    click.echo(session.words("members.rotated", name=member.name))
    tell(session, base, token)
