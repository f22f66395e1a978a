"""``quanzi init``: a few questions, one configuration in a folder of the user's own. Nothing is ever overwritten."""

from __future__ import annotations

import os
from pathlib import Path

import click

from planner.cli._language import say, words_of_reader
from planner.cli._session import options
from planner.errors import UsageError
from planner.i18n.catalog import Catalog


@click.command(help=say("help.init"))
@options("config")
@click.option("--folder", type=click.Path(path_type=Path), metavar="D", help=say("help.init_folder"))
@options("verbose")
def init(config: Path | None, folder: Path | None, verbose: bool) -> None:
    """Ask, write, and say what to run next."""
    from planner.cli.init import _end, _place, _questions

    if config is not None and folder is not None:
        raise UsageError(say("cli.init_both"))
    path = _place.given(config, folder)
    if path is None:
        _place.refuse_second()
    elif path.exists():
        raise UsageError(say("cli.init_exists", path=path))
    words = words_of_reader()
    try:
        words = Catalog(_questions.language(words))
        click.echo(words("start.hello"))
        answers = _questions.ask(words)
        path = path or _place.asked(words)
    except click.Abort:  # the end of the input, or Ctrl-C
        click.echo("\n" + words("cli.init_nothing"), err=True)
        raise
    _place.write(path, answers, words)
    if config is None and "QUANZI_CONFIG" not in os.environ:
        _place.make_own(path, words)
    _end.say_what_follows(path, answers, words)
