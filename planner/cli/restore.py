"""``quanzi restore``: a backup put in place, on this machine or another."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import click

from planner.cli._language import say, words_of_reader
from planner.cli._own import config_in_sight, usual_folder
from planner.cli._program import program
from planner.cli._session import moment, options
from planner.errors import UsageError


@click.command(help=say("help.restore"))
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--to", "folder", type=click.Path(path_type=Path), metavar="F", help=say("help.restore_to"))
@click.option("--force", is_flag=True, help=say("help.restore_force"))
@options("now", "verbose")
def restore(*, file: Path, folder: Path | None, force: bool, now: str | None, verbose: bool) -> None:
    """Put a backup in place and tell what is where."""
    from planner.store.backup import about_parts
    from planner.store.restore import restore as put_in_place

    words = words_of_reader()
    if not file.is_file():
        raise UsageError(words("backup.absent", path=file))
    known = config_in_sight(None)
    place = (folder or (known.parent if known else usual_folder())).absolute()
    done = put_in_place(file, place, words, moment(now, "UTC"), force=force)
    if done.aside is not None:
        names = [each.name.partition("/")[2] for each in done.members if each.part == "people"]
        _remember_aside(place, done.aside, names)
    parts = about_parts(done.members)
    counted = words("digest.comma").join(words(f"backup.part_{part}", count=count) for part, count in parts.items())
    click.echo(words("backup.restored", path=place, made=done.made[:16].replace("T", " "), parts=counted))
    if done.aside is not None:
        click.echo(words("backup.aside", path=done.aside))
    for path, origin in done.elsewhere:
        click.echo(words("backup.elsewhere", path=path, origin=origin, config=done.configuration))
    if done.without_secrets:
        click.echo(words("backup.no_secrets"))
    click.echo(words("backup.next", program=program(), config=done.configuration))


def _remember_aside(place: Path, aside: Path, names: Iterable[str]) -> None:
    """Whoever is forgotten is looked for in what was moved aside too."""
    from planner.people.copies import remember_copy

    for name in names:
        if (aside / name).is_file():
            with suppress(OSError):
                remember_copy(place / name, aside / name)
