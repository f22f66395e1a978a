"""``quanzi add``: whatever tells of an event becomes an event of the user's own. The WeChat way."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from planner.cli._fields import asked, field_options
from planner.cli._given import Handed, handed
from planner.cli._input import LONGEST_EVIDENCE
from planner.cli._language import say
from planner.cli._read_notes import Note, notes_of
from planner.cli._session import AppContext, open_session, options
from planner.errors import UsageError
from planner.inbox.fields import Given, changed, lines
from planner.text import one_line
from spiders.items import Event

YES, NO, EDIT = frozenset({"y", "yes", "是", "好"}), frozenset({"n", "no", "否", "不"}), frozenset({"e", "edit", "改"})


@click.command(help=say("help.add"))
@click.argument("announcement", metavar="TEXT|FILE…|FOLDER|URL|-", nargs=-1)
@click.option("--clipboard", is_flag=True, help=say("help.add_clipboard"))
@click.option("--inbox", is_flag=True, help=say("help.add_inbox"))
@field_options
@click.option("--public", is_flag=True, help=say("help.add_public"))
@click.option("--yes", is_flag=True, help=say("help.yes"))
@options("config", "now", "json", "verbose")
def add(
    *,
    announcement: tuple[str, ...],
    clipboard: bool,
    inbox: bool,
    title: str | None,
    when: str | None,
    where: str | None,
    price: str | None,
    url: str | None,
    public: bool,
    yes: bool,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Show what was understood, ask on a terminal, keep it."""
    from planner.cli import _notices

    session = open_session(config, now)
    if inbox:
        _of_inbox(session, announcement, as_json=as_json)
        return
    given = Given(title=title, when=when, where=where, price=price, url=url)
    asks = sys.stdin.isatty() and not yes and not as_json
    read = _handed(session, announcement, given, clipboard=clipboard)
    notes = _completed(session, _understood(session, read, given, asks=asks), given, asks=asks)
    if not as_json:
        _show(notes, session)
    events = _notices.settled(session, [note.event for note in notes], ask=asks)
    lacking = [event for event in events if event.start is None and not event.notice]
    kept = [event for event in events if event not in lacking]
    if asks and kept:
        kept = _agreed(session, kept)
    if as_json:
        _print_json(kept)
    if kept:
        _keep(session, kept, public=public)
        if not as_json:
            key = "cli.add_kept_one" if len(kept) == 1 else "cli.add_kept"
            click.echo(session.words(key, count=len(kept)))
    if lacking:
        raise UsageError(session.words("cli.add_needs_when", titles="; ".join(event.title for event in lacking)))


def _of_inbox(session: AppContext, announcement: Sequence[str], *, as_json: bool) -> None:
    """What waits in the inbox, kept without asking. Raises UsageError where none is configured."""
    from planner.cli._inbox import take_in
    from planner.render.arrivals import body, line
    from planner.store.lock import only_run

    words = session.words
    if session.config.inbox is None or announcement:
        raise UsageError(words("inbox.not_configured" if session.config.inbox is None else "cli.add_inbox_alone"))
    with only_run(session.config.kept_in, words.language), session.store() as store:
        taken = take_in(session, store)
    for each in taken.arrivals:
        click.echo(json.dumps(body(each, words), ensure_ascii=False) if as_json else line(each, words))
    if not taken.arrivals and not taken.problems and not as_json:
        click.echo(words("inbox.none"))
    for problem in taken.problems:
        click.echo(problem, err=True)


def _handed(session: AppContext, announcement: Sequence[str], given: Given, *, clipboard: bool) -> Handed | None:
    """What is to be read; None where the fields alone tell an event. Raises UsageError."""
    from planner.cli import _clipboard

    words = session.words
    if clipboard:
        if announcement:
            raise UsageError(words("cli.add_clipboard_alone"))
        return Handed(texts=((words("cli.clipboard"), _clipboard.copied(words)),))
    if any(each.strip() for each in announcement):
        return handed(announcement, words)
    return handed(["-"], words) if given.is_empty else None


def _understood(session: AppContext, read: Handed | None, given: Given, *, asks: bool) -> list[Note]:
    """The events of what was given; with nothing but fields the event that they tell."""
    if read is not None:
        return notes_of(session, read, given.url, asks=asks)
    if given.title and given.when:
        from spiders.readers.announcement.uids import hashed

        event = Event(source="own", uid="", title=given.title, start=None, timezone=session.config.timezone)
        made = changed(event, given, session)
        return [Note(replace(made, uid=hashed("own", made.title, made.start.isoformat() if made.start else "")))]
    raise UsageError(session.words("cli.add_needs_fields"))


def _completed(session: AppContext, notes: Sequence[Note], given: Given, *, asks: bool) -> list[Note]:
    """The events with what was given beside the text, or is answered now, in their fields. Raises UsageError where one
    word is given for several events."""
    if len(notes) > 1 and not _beside_address(given).is_empty:
        raise UsageError(session.words("cli.add_fields_of_several", count=len(notes)))
    completed = []
    for note in notes:
        event = changed(note.event, given, session) if len(notes) == 1 else note.event
        if asks and event.start is None and not event.notice:
            event = _asked_when(session, event)
        completed.append(replace(note, event=event))
    return completed


def _beside_address(given: Given) -> Given:
    """What was given, but for the address: it holds for all events of a text."""
    return replace(given, url=None)


def _asked_when(session: AppContext, event: Event) -> Event:
    """The event at the time that the user tells; without one where nothing is answered."""
    while True:
        told = click.prompt(session.words("cli.own_ask_missing_when", title=event.title), default="", err=True)
        if not told.strip():
            return event
        try:
            return changed(event, Given(when=told), session)
        except UsageError as exc:
            click.echo(str(exc), err=True)


def _agreed(session: AppContext, events: Sequence[Event]) -> list[Event]:
    """Yes keeps all, no none; edit offers each field of each, and asks again."""
    kept = list(events)
    while True:
        answer = click.prompt(session.words("cli.add_question"), default="y", err=True).strip().casefold()
        if answer in YES:
            return kept
        if answer in NO:
            click.echo(session.words("cli.add_not_kept"), err=True)
            return []
        if answer in EDIT:
            kept = [event if event.notice else asked(event, session) for event in kept]
            _show([Note(event) for event in kept], session)
        else:
            click.echo(session.words("cli.add_answers"), err=True)


def _keep(session: AppContext, events: Sequence[Event], *, public: bool) -> None:
    from planner.inbox.keeping import keep
    from planner.store.lock import only_run

    with only_run(session.config.kept_in, session.words.language), session.store() as store:
        keep(session.config, store, session.now, events, public=public)


def _show(notes: Sequence[Note], session: AppContext) -> None:
    from planner.i18n.reasons import translate

    words, file = session.words, None
    for note in notes:
        event = note.event
        if note.file != file:
            file = note.file
            click.echo(words("cli.add_of_file", file=file))
        click.echo("\n".join(lines(event, words, note.deadline)))
        if event.evidence.when:
            told = one_line(event.evidence.when, LONGEST_EVIDENCE)
            click.echo(f"  “{told}” ({words(f'cli.sure_{event.evidence.sure}')})")
        for doubt in event.evidence.doubts:
            click.echo(f"  ! {translate(doubt, words.language)}")


def _print_json(events: Sequence[Event]) -> None:
    from planner.event_json import to_json

    for event in events:
        click.echo(json.dumps(to_json(event), ensure_ascii=False))
