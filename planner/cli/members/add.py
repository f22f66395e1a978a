"""``quanzi members add``: one member, with the wishes of a file or with none of their own."""

from __future__ import annotations

from pathlib import Path
from typing import BinaryIO

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.cli.members._addresses import address_option, base_of, tell
from planner.errors import UsageError
from planner.members.register import entry_of, member_named, take_in
from spiders.text.decode import decode

MOST_BYTES = 1_000_000


@click.command("add", help=say("help.members_add"))
@click.argument("name")
@click.argument("file", type=click.File("rb"), required=False)
@address_option()
@options("config", "now", "verbose")
def command(
    *,
    name: str,
    file: BinaryIO | None,
    address: str | None,
    config: Path | None,
    now: str | None,
    verbose: bool,
) -> None:
    """Take one member in, and tell the private address."""
    session = open_session(config, now)
    base = base_of(address, session.words)
    body = file.read(MOST_BYTES) if file is not None else b""
    where = name if file is None else getattr(file, "name", "<stdin>")
    entry = entry_of(decode(body).text, name, where, session.words)
    with session.store() as store:
        if member_named(store, entry.name) is not None:
            raise UsageError(session.words("members.known", name=entry.name))
        taken = take_in(store, [entry], session.now)
    click.echo(session.words("members.added", name=entry.name))
    tell(session, base, taken.new[entry.name])
