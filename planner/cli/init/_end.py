"""After the file is written: what it reads, an address to follow as well, mail, and the command to run next."""

from __future__ import annotations

import shlex
import sys
from pathlib import Path

import click

from planner.cli._asking import answer
from planner.cli._program import program
from planner.cli.init._questions import Answers
from planner.errors import QuanziError
from planner.i18n.catalog import Catalog


def say_what_follows(path: Path, answers: Answers, words: Catalog) -> None:
    """Sources, mail and the next command, in that order."""
    _tell_sources(answers, words)
    try:
        _follow_one(path, words)
    except click.Abort:  # the configuration is written: no answer is no failure
        click.echo()
    if answers.mail:
        click.echo(words("start.mail_steps", mail=answers.mail, secret=path.parent / "mail.secret", path=path))
    click.echo(words("start.next", command=command_for(path)))


def _tell_sources(answers: Answers, words: Catalog) -> None:
    from planner.cli.init._sources import sources_at_start
    from spiders.catalogue import city_named

    place = answers.place
    city = place.within if place.within == place.catalogue else place.name
    entries = sources_at_start(answers)
    names = words("digest.comma").join(entry.id for entry in entries)
    key = "start.sources" if city_named(place.catalogue, place.zone).is_known else "start.sources_few"
    click.echo(words(key, city=city, count=len(entries), names=names))


def _follow_one(path: Path, words: Catalog) -> None:
    """One address that the user knows, found and followed as by ``quanzi sources add``; failures cost nothing else."""
    text = answer(words("start.follow"))
    if not text or text.casefold() in words("start.no").split():
        return
    from planner.cli.sources.add import command

    arguments = ["--config", str(path), "--", text]
    try:
        command.main(arguments if sys.stdin.isatty() else ["--yes", *arguments], standalone_mode=False)
    except (QuanziError, click.ClickException) as exc:
        click.echo(exc.format_message() if isinstance(exc, click.ClickException) else str(exc), err=True)


def command_for(path: Path) -> str:
    """The command of the week for this configuration, as it works when it is typed here."""
    from planner.cli._session import find_config

    try:
        if find_config(None).resolve() == path.resolve():
            return f"{program()} week"
    except QuanziError:
        pass
    return f"{program()} week --config {shlex.quote(str(path))}"
