"""``quanzi sources remove``: one source out of the configuration, which else stays as it is to the byte.

What it said stays known as not confirmed, so that a plan that counts on it keeps standing; or all of it is forgotten.
"""

from __future__ import annotations

import difflib
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import click

from planner.cli._asking import is_agreed
from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.cli.sources._meant import meant
from planner.config.edit import rewrite, without_entry
from planner.config.source import SourceEntry
from planner.errors import UsageError
from planner.gather.retired import kept_entry
from planner.store.lock import only_run

FAR = timedelta(days=3660)


@click.command("remove", help=say("help.sources_remove"))
@click.argument("source", metavar="ID")
@click.option("--yes", is_flag=True, help=say("help.yes"))
@click.option("--forget", is_flag=True, help=say("help.sources_forget"))
@options("config", "now", "verbose")
def command(*, source: str, yes: bool, forget: bool, config: Path | None, now: str | None, verbose: bool) -> None:
    """Take one source out; ask first on a terminal."""
    session = open_session(config, now)
    entry = _entry(session, source, forget=forget)
    if not _agreed(session, source, entry, yes=yes, forget=forget):
        click.echo(session.words("sources.not_removed"), err=True)
        return
    with only_run(session.config.kept_in, session.words.language), session.store() as store:
        coming = len(store.future_of(source, session.now, session.now + FAR))
        with store.transaction():  # also of the file: what cannot be written is not forgotten either
            if forget:
                store.forget(source)
            elif entry is not None:
                store.retire(source, kept_entry(entry), session.now)
            gone = _take_out(session, source) if entry is not None else ()
    _tell(session, source, gone, coming, forget=forget)


def _entry(session: AppContext, source: str, *, forget: bool) -> SourceEntry | None:
    """The entry of the configuration; None where it was taken out before, and what it said is to be forgotten now.
    Raises UsageError."""
    try:
        return meant(session, source)
    except UsageError:
        with session.store() as store:
            if source not in store.sources():
                raise
        if forget:
            return None
        raise UsageError(session.words("sources.out_already", source=source)) from None


def _agreed(session: AppContext, source: str, entry: SourceEntry | None, *, yes: bool, forget: bool) -> bool:
    if yes:
        return True
    if not sys.stdin.isatty():
        raise UsageError(session.words("sources.no_terminal"))
    key = "sources.ask" if not forget else "sources.ask_and_forget" if entry else "sources.ask_to_forget"
    return is_agreed(session.words(key, source=source, file=session.path), session.words, default=False)


def _take_out(session: AppContext, source: str) -> tuple[str, ...]:
    """Write the configuration; -> the lines that are no longer in it."""
    path, words = session.path, session.words
    before, after = rewrite(path, lambda raw: without_entry(raw, source, words, str(path)), words)
    return tuple(_lines_gone(before.decode("utf-8-sig"), after.decode("utf-8-sig")))


def _lines_gone(before: str, after: str) -> Iterator[str]:
    lines = before.splitlines()
    for what, first, last, _, _ in difflib.SequenceMatcher(None, lines, after.splitlines(), False).get_opcodes():
        if what in {"delete", "replace"}:
            yield from lines[first:last]


def _tell(session: AppContext, source: str, gone: tuple[str, ...], coming: int, *, forget: bool) -> None:
    words = session.words
    if gone:
        click.echo(words("sources.removed", source=source, file=session.path))
        for line in gone:
            click.echo(f"  {line}")
    if forget:
        click.echo(words("sources.forgotten", source=source, count=coming))
    elif coming:
        click.echo(words("sources.kept", source=source, count=coming))
