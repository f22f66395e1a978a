"""What was handed to ``quanzi add`` -> its events: a calendar or a page by its reader, words as a note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import click

from planner.cli._asking import is_agreed
from planner.cli._given import handed
from planner.cli._input import fetched
from planner.cli._session import AppContext
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.errors import FetchError
from spiders.items import Context, Document, Event, Reading, Second
from spiders.reasons import Code, Reason

OTHER_TEXTS = {Code.AN_ARTICLE, Code.A_RECAP, Code.A_JOB_ADVERT, Code.A_CALL_FOR_PAPERS}
SEVERAL = 3
"""A calendar of so many events and more is better followed than copied."""
ONE_DAY = timedelta(days=1)

Told = tuple[Event, str | None]
"""An event, and until when one signs up."""


def notes_of(session: AppContext, what: str, url: str | None, *, asks: bool) -> list[Told]:
    """The events of what was given. Raises UsageError, with the reason, where there are none."""
    context = _context(session)
    given = handed(what, session.words)
    if given.address is not None:
        readings = _settled(session, _linked(session, given.address, context), context)
        told: list[Told] = [(event, None) for reading in readings for event in (*reading.events, *reading.notices)]
        _followable(session, readings, given.address, len(told), asks=asks)
    else:
        told = []
        readings = []
        for name, body in given.texts:
            read = _settled(session, [_read(body, context, url)], context)
            if context.second != "never" and not any(each.events or each.notices for each in read):
                read = [_read(body, replace(context, second="never"), url)]  # the second reader did not help
            readings += read
            events = [event for reading in read for event in (*reading.events, *reading.notices)]
            told += [
                (event, None if event.notice else _deadline(body, event, len(events), context)) for event in events
            ]
            if name not in {"", "-"}:
                _followable(session, read, name, len(events), asks=asks)
    if not told:
        reason = next((reading.reason for reading in readings if reading.reason), None)
        raise UsageError(_nothing(reason, session.words))
    return told


def _context(session: AppContext) -> Context:
    from planner.gather.fetch import window

    start, end = window(session.now)
    return Context(
        source="own",
        now=session.now,
        timezone=session.config.timezone,
        window_start=start,
        window_end=end,
        second=_shown_to_second(session),
    )


def _shown_to_second(session: AppContext) -> Second:
    """What is added here is the user's own: it is shown to a second reader only where the configuration says so."""
    llm = session.config.llm
    return llm.when if llm is not None and llm.own_notes else "never"


def _settled(session: AppContext, readings: Sequence[Reading], context: Context) -> list[Reading]:
    if context.second == "never":
        return list(readings)
    from planner.cli import _second

    return _second.settled(session, readings)


def _read(body: bytes, context: Context, url: str | None) -> Reading:
    """Markup and calendars by their readers, words as a note; a text of what is over says what it reads like."""
    from spiders.readers import dispatch, note
    from spiders.text.clean import plain
    from spiders.text.decode import decode

    document = Document(body=body, url=url)
    reading = dispatch.read(document, context, "auto")
    is_text = reading.why is not None and reading.why.code in {Code.BY_PLAIN_TEXT, Code.BY_NOTHING}
    if not is_text and (reading.events or reading.notices):
        return reading
    if context.second != "never" and reading.questions:
        return reading
    text = decode(body).text
    noted = note.read(text if is_text else plain(text).text, context, url=url)
    ahead = [each for each in noted.events if each.start is not None and each.start >= context.now - ONE_DAY]
    if noted.notices or ahead or any(each.notice for each in noted.events):
        return noted
    return noted if reading.events or not _is_other(reading.reason) else reading


def _is_other(reason: Reason | None) -> bool:
    """Whether a text without a time ahead reads as something else, a report of what was, say."""
    kind = reason["why"] if reason is not None and reason.code is Code.NO_EVENT else None
    return isinstance(kind, Reason) and kind.code in OTHER_TEXTS - {Code.AN_ARTICLE}


def _deadline(body: bytes, event: Event, count: int, context: Context) -> str | None:
    from spiders.readers import note
    from spiders.text.decode import decode

    text = decode(body).text if count == 1 else event.description or ""
    return note.deadline_of(text[:5_000], context)


def _followable(session: AppContext, readings: Sequence[Reading], where: str, count: int, *, asks: bool) -> None:
    """A calendar or a feed with several events can be followed; a person who would rather do so is told how."""
    if count < SEVERAL or not any(reading.reader in {"ical", "feed"} for reading in readings):
        return
    click.echo(session.words("cli.add_follow", count=count, where=where), err=True)
    if asks and is_agreed(session.words("cli.add_follow_question"), session.words, default=True, err=True):
        raise UsageError(session.words("cli.add_follow_next", where=where))


def _nothing(reason: Reason | None, words: Catalog) -> str:
    """Why there is nothing to add; what the text reads like instead of an announcement is said in a sentence."""
    kind = reason["why"] if reason is not None and reason.code is Code.NO_EVENT else None
    if isinstance(kind, Reason) and kind.code in OTHER_TEXTS:
        return words("cli.add_other", kind=translate(kind, words.language))
    return words("cli.add_nothing", reason=translate(reason, words.language) or words("cli.no_event"))


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
