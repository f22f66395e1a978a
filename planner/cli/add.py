"""``quanzi add``: a pasted announcement, a file or a link becomes an event of the user's own. The WeChat way."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import click

from planner.cli._input import fetched, shown
from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from spiders.errors import FetchError
from spiders.items import Context, Document, Event, Reading, Second
from spiders.reasons import Code, Reason

LONGEST_FILE_NAME = 400
OTHER_TEXTS = {Code.AN_ARTICLE, Code.A_RECAP, Code.A_JOB_ADVERT, Code.A_CALL_FOR_PAPERS}


@click.command(help=say("help.add"))
@click.argument("announcement", metavar="TEXT|FILE|URL|-")
@click.option("--url", metavar="U", help=say("help.url"))
@click.option("--public", is_flag=True, help=say("help.add_public"))
@options("config", "now", "json", "verbose")
def add(
    *,
    announcement: str,
    url: str | None,
    public: bool,
    config: Path | None,
    now: str | None,
    as_json: bool,
    verbose: bool,
) -> None:
    """Show what was understood, ask on a terminal, keep it."""
    from planner.cli import _notices
    from planner.gather import keyed
    from planner.identity.relate import reconcile
    from planner.lock import only_run
    from planner.store.shown import keep_note_visibility
    from planner.types import OWN

    session = open_session(config, now)
    events = [replace(event, source=OWN) for event in _understood(session, announcement, url)]
    _show(events, session.words, as_json=as_json)
    events = _notices.settled(session, events, ask=announcement != "-")
    if not events:
        return
    if (
        sys.stdin.isatty()
        and announcement != "-"
        and not click.confirm(session.words("cli.add_question"), default=True)
    ):
        click.echo(session.words("cli.add_not_kept"), err=True)
        return
    with only_run(Path(session.config.store), session.words.language), session.store() as store:
        notes = keyed(events)
        with store.transaction():
            store.put_records(OWN, notes, session.now)
            keep_note_visibility(store, notes.keys(), public=public)
        reconcile(session.config, store, session.now)
    if not as_json:
        key = "cli.add_kept_one" if len(events) == 1 else "cli.add_kept"
        click.echo(session.words(key, count=len(events)))


def _understood(session: AppContext, announcement: str, url: str | None) -> list[Event]:
    """The events of what was given. Raises UsageError, with the reason, where there are none."""
    from planner.gather.fetch import window

    start, end = window(session.now)
    context = Context(
        source="own",
        now=session.now,
        timezone=session.config.timezone,
        window_start=start,
        window_end=end,
        second=_shown_to_second(session),
    )
    if announcement.startswith(("http://", "https://", "webcal://")):
        readings: Sequence[Reading] = _linked(session, announcement, context)
    else:
        readings = [_read(_text(announcement), context, url)]
    if context.second != "never":
        from planner.cli import _second

        readings = _second.settled(session, readings)
    events = [event for reading in readings for event in (*reading.events, *reading.notices)]
    if not events:
        reason = next((reading.reason for reading in readings if reading.reason), None)
        raise UsageError(_nothing(reason, session.words))
    return events


def _shown_to_second(session: AppContext) -> Second:
    """What is added here is the user's own: it is shown to a second reader only where the configuration says so."""
    llm = session.config.llm
    return llm.when if llm is not None and llm.own_notes else "never"


def _nothing(reason: Reason | None, words: Catalog) -> str:
    """Why there is nothing to add; what the text reads like instead of an announcement is said in a sentence."""
    kind = reason["why"] if reason is not None and reason.code is Code.NO_EVENT else None
    if isinstance(kind, Reason) and kind.code in OTHER_TEXTS:
        return words("cli.add_other", kind=translate(kind, words.language))
    return words("cli.add_nothing", reason=translate(reason, words.language) or words("cli.no_event"))


def _linked(session: AppContext, address: str, context: Context) -> list[Reading]:
    """A link's readings. Where the site refuses, the text itself is asked for."""
    try:
        readings = fetched(address, context)
        refused = next((reading.reason for reading in readings if reading.refused), None)
    except FetchError as exc:
        readings, refused = [], exc.reason
    if refused:
        reason = translate(refused, session.words.language)
        raise UsageError(session.words("cli.add_refused", address=address, reason=reason))
    return readings


def _read(text: bytes, context: Context, url: str | None) -> Reading:
    from spiders.readers import dispatch

    reading = dispatch.read(Document(body=text, url=url), context, "auto")
    return (
        reading if reading.events or reading.notices else dispatch.read(Document(body=text, url=url), context, "text")
    )


def _text(announcement: str) -> bytes:
    """Standard input, a file of that name, or the words themselves."""
    if announcement == "-":
        return sys.stdin.buffer.read()
    if len(announcement) < LONGEST_FILE_NAME and "\n" not in announcement and Path(announcement).is_file():
        return Path(announcement).read_bytes()
    return announcement.encode()


def _show(events: Sequence[Event], words: Catalog, *, as_json: bool) -> None:
    from planner.event_json import to_json

    for event in events:
        click.echo(json.dumps(to_json(event), ensure_ascii=False) if as_json else shown(event, words))
