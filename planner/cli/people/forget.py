"""``quanzi forget NAME``: really gone, from the file, the store, our backups and exports, and the pages."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli._asking import is_agreed
from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.cli.people._notes import book_of
from planner.config.layout import LayoutError
from planner.errors import AlreadyRunningError, ConfigError, OutputError
from planner.i18n.reasons import translate
from planner.people.book import Book
from planner.people.copies import copies
from planner.people.exchange import without
from planner.people.find import find_known
from planner.people.forgetting import mentions, without_person, without_person_in
from planner.people.keeping import keep
from planner.people.person import Person
from planner.publish import replace_file
from spiders.failures import os_reason

if TYPE_CHECKING:
    from planner.store import Store

EXPORTS, PLAIN = frozenset({".vcf", ".csv"}), frozenset({".yaml", ".yml"})


@click.command(help=say("help.forget"))
@click.argument("name", nargs=-1, required=True, metavar="NAME")
@click.option("--yes", is_flag=True, help=say("help.forget_yes"))
@options("config", "now", "verbose")
def forget(*, name: tuple[str, ...], yes: bool, config: Path | None, now: str | None, verbose: bool) -> None:
    """Ask once, at a terminal; then take the person out everywhere."""
    session = open_session(config, now)
    words = session.words
    wanted = " ".join(name)
    person = find_known(book_of(session), wanted).person
    asks = sys.stdin.isatty() and not yes
    if asks and not is_agreed(words("people.forget_sure", name=person.name), words, default=False):
        click.echo(words("people.forget_nothing"))
        return
    path = Path(session.config.people.file)
    after = keep(path, lambda book, _: without_person(book, wanted), words)
    click.echo(words("people.forgotten", name=person.name))
    for copy in copies(path):
        _forget_in(copy, person, session)
    _forget_in_store(session, person)
    _tell_mentions(after, person)


def _forget_in(copy: Path, person: Person, session: AppContext) -> None:
    """Take the person out of a backup or an export of ours."""
    words = session.words
    suffix = copy.suffix.casefold()
    is_export = suffix in EXPORTS
    try:
        if is_export:
            changed = _rewritten(copy, lambda raw: without(raw.decode(), person).encode())
        elif suffix in PLAIN:
            changed = _rewritten(copy, lambda raw: without_person_in(raw, person, words))
        else:
            changed = _out_of_backup(copy, person, session)
    except OSError as exc:
        why = translate(os_reason(exc), words.language)
        click.echo(words("people.forget_backup_kept", path=copy, why=why), err=True)
        return
    except (LayoutError, ConfigError, ValueError):
        click.echo(words("people.forget_export_kept", path=copy), err=True)
        return
    if changed:
        click.echo(words("people.forget_export" if is_export else "people.forget_backup", path=copy))


def _rewritten(copy: Path, change: Callable[[bytes], bytes]) -> bool:
    before = copy.read_bytes()
    after = change(before)
    if after != before:
        replace_file(copy, after)
    return after != before


def _out_of_backup(copy: Path, person: Person, session: AppContext) -> bool:
    from planner.store.amend import amend
    from planner.store.archive import ArchiveError

    try:
        return amend(copy, "people", lambda raw: without_person_in(raw, person, session.words))
    except ArchiveError as exc:  # something else stands there by now
        raise ValueError(str(exc)) from exc


def _forget_in_store(session: AppContext, person: Person) -> None:
    """Forget that the person was ever named; the pages that did so are written anew."""
    if not session.has_store():
        return
    from planner.plan.named import forget_named
    from planner.store.lock import only_run

    try:
        with only_run(session.config.kept_in, session.words.language), session.store() as store:
            with store.transaction():
                was_named = forget_named(store, person)
            if was_named and _publish_anew(session, store):
                click.echo(session.words("people.forget_outputs"))
    except AlreadyRunningError:
        click.echo(session.words("people.forget_outputs_later"), err=True)
    except OutputError as exc:
        click.echo(exc.shown, err=True)


def _publish_anew(session: AppContext, store: Store) -> bool:
    """Write the outputs of the published plan; -> whether there is one."""
    from planner.cli import _send
    from planner.gather import remembered
    from planner.pipeline import Run

    run = Run(config=session.config, store=store, now=session.now)
    planned = run.published(run.week_shown())
    if planned is None:
        return False
    gone = _send.publish(session, store, planned, remembered(session.config, store))
    run.keep_shown(planned, gone.public_ids)
    return True


def _tell_mentions(book: Book, person: Person) -> None:
    lines = mentions(book, person.name)
    if lines:
        told = book.words("digest.comma").join(map(str, lines))
        click.echo(book.words("people.forget_mentions", file=book.path.name, lines=told), err=True)
