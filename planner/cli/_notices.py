"""Pasted notices: which known event they name is said, and asked on a terminal where it is not clear."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from planner.cli._session import AppContext
from planner.inbox.notices import Meant, about, meanings
from planner.inbox.notices import settled as settled_alone
from planner.types import Merged
from spiders.items import Event


def settled(session: AppContext, events: Sequence[Event], *, ask: bool) -> list[Event]:
    """The events to keep: a notice is kept where it names a known event, or tells where an event has moved."""
    notices = [event for event in events if event.notice]
    if not notices:
        return list(events)
    with session.store() as store:
        found = iter(meanings(session.config, store, session.now, notices))
    chosen = [_named(session, next(found), ask=ask and sys.stdin.isatty()) if each.notice else each for each in events]
    return [event for event in chosen if event is not None]


def _named(session: AppContext, meant: Meant, *, ask: bool) -> Event | None:
    if len(meant.possible) > 1 and ask:
        return about(meant.notice, _asked(session, meant), session.config.zone)
    if not meant.chosen:
        key = "cli.add_notice_new" if meant.is_kept else "cli.add_notice_unknown"
        click.echo(session.words(key, title=meant.notice.title), err=True)
        return meant.notice if meant.is_kept else None
    key = "cli.add_notice_one" if len(meant.chosen) == 1 else "cli.add_notice_several"
    click.echo(session.words(key, events="; ".join(_line(session, each) for each in meant.chosen)), err=True)
    return settled_alone(meant, session.config.zone)


def _asked(session: AppContext, meant: Meant) -> Merged:
    """The event that the user means; the one that the notice seems to mean is offered."""
    lines = [f"{place}. {_line(session, each)}" for place, each in enumerate(meant.possible, 1)]
    click.echo("\n".join(lines), err=True)
    likely = meant.possible.index(meant.chosen[0]) + 1 if len(meant.chosen) == 1 else None
    answers = click.IntRange(1, len(meant.possible))
    question = session.words("cli.add_notice_which")
    return meant.possible[click.prompt(question, type=answers, default=likely, err=True) - 1]


def _line(session: AppContext, merged: Merged) -> str:
    start = merged.event.start
    when = f"{start.astimezone(session.config.zone):%Y-%m-%d %H:%M} " if start is not None else ""
    return f"{when}{merged.event.title}"
