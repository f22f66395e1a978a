"""Where the new configuration goes, and writing it there: whole, new, and known as the user's own."""

from __future__ import annotations

import os
from pathlib import Path

import click

from planner.cli._asking import TIMES, answer
from planner.cli._language import say
from planner.cli._own import NAME, own_config, remember, usual_folder
from planner.cli.init._questions import Answers
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.failures import os_reason


def given(config: Path | None, folder: Path | None) -> Path | None:
    """The file that the options name, else ``$QUANZI_CONFIG``; None where the user is to be asked."""
    if folder is not None:
        return folder.expanduser().absolute() / NAME
    named = os.environ.get("QUANZI_CONFIG")
    return config or (Path(named).absolute() if named else None)


def refuse_second() -> None:
    """Raises UsageError where init wrote a configuration for this user before."""
    own = own_config()
    if own is not None and own.is_file():
        raise UsageError(say("cli.init_have", path=own))


def asked(words: Catalog) -> Path:
    """The file in a folder that the user names. Raises click.Abort, also where no such folder can be had."""
    usual = usual_folder()
    for _ in range(TIMES):
        path = Path(answer(words("start.folder"), _short(usual))).expanduser().absolute() / NAME
        if not path.exists():
            return path
        click.echo(words("cli.init_exists", path=path), err=True)
    raise click.Abort


def write(path: Path, answers: Answers, words: Catalog) -> None:
    """A new file with the configuration of these answers, in a folder that is made for it. Raises UsageError."""
    from planner.cli.init._text import render

    text = render(answers, words)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UsageError(words("cli.init_exists", path=path)) from None
    except OSError as exc:
        why = translate(os_reason(exc), words.language)
        raise UsageError(words("cli.init_unwritable", path=path, why=why)) from exc
    click.echo(words("start.written", path=path))


def make_own(path: Path, words: Catalog) -> None:
    """From now on a bare command uses it; where that cannot be noted, it is told."""
    try:
        remember(path)
    except OSError as exc:
        click.echo(words("start.not_noted", why=translate(os_reason(exc), words.language)), err=True)


def _short(folder: Path) -> str:
    """A folder as people write it, ``~`` for their own."""
    try:
        return f"~/{folder.relative_to(Path.home()).as_posix()}"
    except (ValueError, RuntimeError):
        return str(folder)
