"""``quanzi members import``: a folder of configurations, or a table of them; what is wrong costs one member."""

from __future__ import annotations

from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.cli.members._addresses import address_option, base_of, told, write
from planner.errors import ConfigError, OutputError
from planner.members.register import entries_of, take_in


@click.command("import", help=say("help.members_import"))
@click.argument("path", metavar="FOLDER|CSV", type=click.Path(exists=True, path_type=Path))
@click.option("--addresses", metavar="F", type=click.Path(path_type=Path), help=say("help.members_addresses"))
@address_option()
@options("config", "now", "verbose")
def command(
    *, path: Path, addresses: Path | None, address: str | None, config: Path | None, now: str | None, verbose: bool
) -> None:
    """Take members in; then say all that is wrong of the others, and end with the code of a wrong configuration."""
    session = open_session(config, now)
    words, base = session.words, base_of(address, session.words)
    if addresses is not None and addresses.exists():
        raise OutputError(words("members.addresses_exist", file=addresses))
    entries = entries_of(path, words)
    with session.store() as store:
        taken = take_in(store, entries.good, session.now)
        if addresses is not None:
            write(addresses, base, taken.new, words)
    click.echo(words("members.taken", new=len(taken.new), changed=len(taken.changed), same=len(taken.same)))
    if addresses is not None and taken.new:
        click.echo(words("members.addresses_in", file=addresses))
    elif taken.new:
        click.echo(words("members.address_once"))
        for name, token in taken.new.items():
            click.echo(f"  {name}: {told(base, token)}")
    if entries.wrong:
        for each in entries.wrong:
            click.echo(each.shown, err=True)
        click.echo(words("members.not_taken", count=len(entries.wrong)), err=True)
        click.get_current_context().exit(ConfigError.exit_code)
