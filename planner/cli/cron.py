"""``quanzi cron``: the lines that make this installation run by itself."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._program import this_program
from planner.cli._session import open_session, options
from planner.upkeep.schedule import KINDS, Kind, jobs, service, text_for

_OF_SYSTEM: dict[str, tuple[Kind, ...]] = {"darwin": ("launchd", "crontab"), "win32": ("windows",)}


@click.command(help=say("help.cron"))
@click.option("--for", "kind", type=click.Choice([*KINDS, "all"]), help=say("help.cron_for"))
@options("config", "now", "verbose")
def cron(*, kind: str | None, config: Path | None, now: str | None, verbose: bool) -> None:
    """Print what to paste into this machine's scheduler; nothing is installed."""
    session = open_session(config, now)
    machine = session.now.astimezone().tzinfo
    assert machine is not None
    program, path = this_program(), session.path.absolute()
    sends = session.config.mail is not None or session.config.notify is not None
    wanted = jobs(program, path, session.now, machine, session.words, mail=sends)
    chosen = [name for name in KINDS if kind in {name, "all"}] or _OF_SYSTEM.get(sys.platform, ("crontab", "systemd"))
    click.echo(f"# {session.words('cron.about', zone=session.config.timezone)}")
    for name in chosen:
        click.echo("\n" + text_for(name, wanted, session.words), nl=False)
    click.echo(f"\n# {session.words('cron.serving')}")
    for name in chosen:
        click.echo("\n" + text_for(name, (service(program, path),), session.words), nl=False)
