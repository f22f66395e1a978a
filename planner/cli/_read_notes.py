"""What was handed to ``quanzi add`` -> its events: a calendar or a page by its reader, words as a note."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import click

from planner.cli._asking import is_agreed
from planner.cli._given import Handed
from planner.cli._input import fetched
from planner.cli._session import AppContext
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.inbox.reading import PATIENT, context_of, deadline_of, read, read_document
from planner.inbox.understanding import events_of, reason_of, why_nothing
from spiders.errors import FetchError
from spiders.items import Context, Document, Event, Reading, Second
from spiders.pool import ReaderPool

SEVERAL = 3
"""A calendar of so many events and more is better followed than copied."""


@dataclass(frozen=True, slots=True)
class Note:
    """One event that was understood; until when one signs up, in the words of the text; the ``file`` that told it,
    where several were given."""

    event: Event
    deadline: str | None = None
    file: str | None = None


def notes_of(session: AppContext, given: Handed, url: str | None, *, asks: bool) -> list[Note]:
    """The events of what was given; of several files those that tell of none are named on standard error. Raises
    UsageError, with the reason, where there are none at all."""
    context = context_of(session.config, session.now, _shown_to_second(session))
    if given.address is not None:
        readings = _settled(session, _linked(session, given.address, context), context)
        events = events_of(readings)
        _followable(session, readings, given.address, len(events), asks=asks)
        return [Note(event) for event in events] or _none(session, readings)
    told: list[tuple[str, list[Reading]]] = []
    found: list[Note] = []
    with ReaderPool(1, PATIENT, reading=read_document) as pool:
        for name, body in _shown(given.documents(session.words, "add"), len(given.files), session.words):
            document = Document(body=body, url=url)
            readings = _readings(session, document, context, pool)
            events = events_of(readings)
            several = name if len(given.files) > 1 else None
            found += [Note(each, deadline_of(document, each, len(events), context), several) for each in events]
            told.append((name, readings))
    for name, readings in told:
        events = events_of(readings)
        if len(given.files) > 1 and not events:
            click.echo(f"{name}: {why_nothing(reason_of(readings), session.words)}", err=True)
        elif name not in {"", "-"}:
            _followable(session, readings, name, len(events), asks=asks)
    return found or _none(session, told[0][1] if len(told) == 1 else ())


def _shown(documents: Iterator[tuple[str, bytes]], count: int, words: Catalog) -> Iterator[tuple[str, bytes]]:
    """The same; on a terminal which of many is read is told in a line that is rewritten."""
    live = count > 1 and sys.stderr.isatty()
    for number, (name, body) in enumerate(documents, 1):
        if live:
            told = words("cli.add_reading", number=number, count=count, file=name)
            click.echo(f"\r\x1b[K{told}", nl=False, err=True)
        yield name, body
        if live:
            click.echo("\r\x1b[K", nl=False, err=True)


def _none(session: AppContext, readings: Iterable[Reading]) -> NoReturn:
    raise UsageError(why_nothing(reason_of(readings), session.words))


def _readings(session: AppContext, document: Document, context: Context, pool: ReaderPool[Reading]) -> list[Reading]:
    """What one document says, settled with the second reader where it is asked."""
    found = _settled(session, [read(document, context, pool)], context)
    if context.second != "never" and not events_of(found):
        return [read(document, replace(context, second="never"), pool)]  # the second reader did not help
    return found


def _shown_to_second(session: AppContext) -> Second:
    """What is added here is the user's own: it is shown to a second reader only where the configuration says so."""
    llm = session.config.llm
    return llm.when if llm is not None and llm.own_notes else "never"


def _settled(session: AppContext, readings: Sequence[Reading], context: Context) -> list[Reading]:
    if context.second == "never":
        return list(readings)
    from planner.cli import _second

    return _second.settled(session, readings)


def _followable(session: AppContext, readings: Sequence[Reading], where: str, count: int, *, asks: bool) -> None:
    """A calendar or a feed with several events can be followed; a person who would rather do so is told how."""
    if count < SEVERAL or not any(reading.reader in {"ical", "feed"} for reading in readings):
        return
    click.echo(session.words("cli.add_follow", count=count, where=where), err=True)
    if asks and is_agreed(session.words("cli.add_follow_question"), session.words, default=True, err=True):
        raise UsageError(session.words("cli.add_follow_next", where=where))


def _linked(session: AppContext, address: str, context: Context) -> list[Reading]:
    """A link's readings. Where the site refuses, the text itself is asked for."""
    try:
        readings = fetched(address, context, session.path)
        refused = next((reading.reason for reading in readings if reading.refused), None)
    except FetchError as exc:
        readings, refused = [], exc.reason
    if refused:
        reason = translate(refused, session.words.language)
        raise UsageError(session.words("cli.add_refused", address=address, reason=reason))
    return readings
