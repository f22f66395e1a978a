"""``quanzi history``: what changed about an event, when, and which source said so."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from planner.cli._find import find_event
from planner.cli._language import say
from planner.cli._long_list import Extent, long_list
from planner.cli._session import open_session, options
from planner.pipeline import Run
from planner.render.cards import CardFormatter
from planner.weeks import week_of


@click.command(help=say("help.history"))
@click.argument("event")
@long_list(limited=False)
@options("config", "now", "json", "verbose")
def history(*, event: str, extent: Extent, config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """What changed about an event, when, and which source said so."""
    session = open_session(config, now)
    words, zone = session.words, session.config.zone
    with session.store() as store:
        run = Run(config=session.config, store=store, now=session.now)
        week = week_of(None, session.now, zone)
        found = find_event(run.rated, event, week, words, picked=run.picked_ids(), now=session.now)
        changes = store.history(found.id)
    state = found.tracked.state
    if as_json:
        for each in changes:
            body = {"at": each.at.astimezone(zone).isoformat(), "field": each.field, "before": each.before}
            click.echo(json.dumps({**body, "after": each.after, "source": each.source}, ensure_ascii=False))
        return
    formatter = CardFormatter(session.config, words)
    lines = [found.event.title, f"  {_told_moment(state.first_seen, formatter)}  {words('history.first')}"]
    for each in changes:
        before, after = (_told_face(each.field, value, formatter) for value in (each.before, each.after))
        told = words(f"history.{each.field}", before=before, after=after)
        lines.append(f"  {_told_moment(each.at, formatter)}  {told} ({each.source})")
    extent.show(lines, words)


def _told_face(field: str, value: str | None, formatter: CardFormatter) -> str:
    """One side of a change as people say it: moments like the digest's, statuses in words."""
    if value is None:
        return "–"
    if field == "status":
        return formatter.words(f"history.status_{value}")
    return _told_moment(datetime.fromisoformat(value), formatter) if field in {"start", "end"} else value


def _told_moment(moment: datetime, formatter: CardFormatter) -> str:
    local = moment.astimezone(formatter.config.zone)
    return formatter.clock.moment(local)
