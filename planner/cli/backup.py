"""``quanzi backup``: all that is the user's in one file."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.errors import UsageError


@click.command(help=say("help.backup"))
@click.argument("file", required=False, type=click.Path(path_type=Path))
@click.option("--keep", type=click.IntRange(min=1), metavar="N", help=say("help.backup_keep"))
@click.option("--without-secrets", is_flag=True, help=say("help.backup_without_secrets"))
@options("config", "now", "quiet", "json", "verbose")
def backup(
    *,
    file: Path | None,
    keep: int | None,
    without_secrets: bool,
    config: Path | None,
    now: str | None,
    quiet: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    """Write a backup, also while a run is at work; tell what stands in it."""
    from planner.people.copies import remember_copy
    from planner.store.backup import about_parts, back_up, drop_older, usual_name

    session = open_session(config, now)
    words = session.words
    target = file or usual_name(Path(), session.now.date())
    if target.is_dir():
        target = usual_name(target, session.now.date())
    if target.exists():
        raise UsageError(words("backup.exists", path=target))
    people = Path(session.config.people.file)
    if people.is_file():  # before it is there: whoever is forgotten is looked for there too
        with suppress(OSError):
            remember_copy(people, target)
    made = back_up(session.config, session.path, target, words, session.now, with_secrets=not without_secrets)
    removed = drop_older(target.absolute().parent, keep) if keep else ()
    parts = about_parts(made.members)
    is_whole = isinstance(session.config.kept_in, Path)
    if as_json:
        told = {"file": str(target), "bytes": made.size, "parts": parts, "removed": [str(path) for path in removed]}
        if not is_whole:
            told["without_store"] = session.config.store
        click.echo(json.dumps(told, ensure_ascii=False))
    elif not quiet:
        counted = words("digest.comma").join(words(f"backup.part_{part}", count=count) for part, count in parts.items())
        click.echo(words("backup.written", path=target, size=f"{max(made.size / 1e6, 0.1):.1f}", parts=counted))
        if "secret" in parts:
            click.echo(words("backup.holds_secrets"))
        for path in removed:
            click.echo(words("backup.removed", path=path))
    if not is_whole and not as_json:  # also under cron: who restores it without its store has lost that
        click.echo(words("backup.without_store", store=session.config.store), err=quiet)
