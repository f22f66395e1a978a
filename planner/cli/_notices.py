"""Pasted notices: which known event they name is said, and asked on a terminal where it is not clear."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace

import click

from planner.cli._session import AppContext
from planner.types import OWN, Merged, Record
from spiders.items import Event


def settled(session: AppContext, events: Sequence[Event], *, ask: bool) -> list[Event]:
    """The events to keep: a notice is kept where it names a known event, or tells where an event has moved."""
    if not any(event.notice for event in events):
        return list(events)
    from planner.identity import known_records, load_groups, with_own_words

    with session.store() as store:
        known = load_groups(known_records(session.config, store, session.now), session.config.zone)
        known = with_own_words(known, store.own_words())
    kept = []
    for event in events:
        chosen = _named(session, event, known, ask=ask and sys.stdin.isatty()) if event.notice else event
        if chosen is not None:
            kept.append(chosen)
    return kept


def _named(session: AppContext, event: Event, known: Sequence[Merged], *, ask: bool) -> Event | None:
    from planner.identity.notices import Known

    at = session.now
    notice = Record(source=OWN, key=event.uid, event=event, event_id=None, first_seen=at, last_seen=at, changed=at)
    groups = Known([_as_called(each) for each in known], session.config.zone)
    possible = groups.fitting(notice)
    chosen = groups.meant(notice, possible)
    if len(possible) > 1 and ask:
        possible.sort(key=lambda number: known[number].event.start or at)
        return _about(session, event, known[_asked(session, possible, chosen, known)])
    fits = [known[number] for number in chosen]
    if not fits:
        is_move = event.notice == "moved"
        key = "cli.add_notice_new" if is_move else "cli.add_notice_unknown"
        click.echo(session.words(key, title=event.title), err=True)
        return event if is_move else None
    key = "cli.add_notice_one" if len(fits) == 1 else "cli.add_notice_several"
    click.echo(session.words(key, events="; ".join(_line(session, each) for each in fits)), err=True)
    return _about(session, event, fits[0]) if len(fits) == 1 and fits[0].word is not None else event


def _as_called(merged: Merged) -> list[Record]:
    """The records of an event, and what the user calls it."""
    own = [replace(merged.records[0], event=merged.event)] if merged.word is not None else []
    return [*merged.records, *own]


def _asked(session: AppContext, possible: Sequence[int], chosen: Sequence[int], known: Sequence[Merged]) -> int:
    """The number of the event that the user means; the one that the notice seems to mean is offered."""
    lines = [f"{place}. {_line(session, known[number])}" for place, number in enumerate(possible, 1)]
    click.echo("\n".join(lines), err=True)
    likely = possible.index(chosen[0]) + 1 if len(chosen) == 1 else None
    answers = click.IntRange(1, len(possible))
    question = session.words("cli.add_notice_which")
    return possible[click.prompt(question, type=answers, default=likely, err=True) - 1]


def _about(session: AppContext, event: Event, chosen: Merged) -> Event:
    """The notice as one of the chosen event alone, in its sources' words."""
    told = next(each.event for each in chosen.records if each.event.notice is None or each is chosen.records[-1])
    start = told.start
    if start is None:
        return event
    former = start.astimezone(session.config.zone).date()
    if event.notice == "moved":
        title = told.title if chosen.word is not None else event.title
        return replace(event, title=title, former=former, former_until=None)
    return replace(event, title=told.title, start=start, all_day=told.all_day, former=former, former_until=None)


def _line(session: AppContext, merged: Merged) -> str:
    start = merged.event.start
    when = f"{start.astimezone(session.config.zone):%Y-%m-%d %H:%M} " if start is not None else ""
    return f"{when}{merged.event.title}"
