"""What became of a source that was looked for: written or not, and what of it came into the plan."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import click

from planner.cli._session import AppContext
from planner.cli.sources import _preview
from planner.cli.sources._candidates import Candidate
from planner.config.scalars import block_lines
from planner.plan.week import Pick
from planner.render.cards import CardFormatter
from planner.weeks import WeekSpan


class Planned(NamedTuple):
    """A week that was planned on trial, and the picks that the new sources tell of."""

    week: WeekSpan
    picks: list[Pick]


def tell(session: AppContext, chosen: Sequence[Candidate], planned: Planned, *, as_json: bool) -> None:
    """What was written, and which of its events came into the plan."""
    if as_json:
        picked = [
            {
                "uid": pick.candidate.id,
                "start": pick.candidate.start.isoformat(),
                "title": pick.candidate.rated.event.title,
            }
            for pick in planned.picks
        ]
        _print_json(session, chosen, written=True, week=planned.week.name, picked=picked)
        return
    words = session.words
    ids = words("config.comma").join(each.id for each in chosen)
    click.echo(words("source_add.written", ids=ids, config=session.path))
    formatter = CardFormatter(session.config, words)
    for pick in planned.picks:
        event, day = pick.candidate.rated.event, formatter.day(pick.candidate.start)
        when = formatter.clock.joined(day, formatter.hours(event, assumed=False))
        click.echo("  " + words("source_add.picked", when=when, title=event.title))
    if not planned.picks:
        first, *_, last = (formatter.day(day) for day in planned.week.days)
        click.echo("  " + words("source_add.none_picked", first=first, last=last))
    click.echo(words("source_add.next"))


def tell_unwritten(session: AppContext, chosen: Sequence[Candidate], *, as_json: bool) -> None:
    """The entries, for whoever writes them by hand."""
    if as_json:
        _print_json(session, chosen, written=False)
        return
    key = "source_add.not_written" if any(each.assessment.ahead for each in chosen) else "source_add.not_written_quiet"
    click.echo(session.words(key), err=True)
    for each in chosen:
        click.echo("\n".join(block_lines(each.entry, "  ")), err=True)


def _print_json(session: AppContext, chosen: Sequence[Candidate], **more: Any) -> None:
    bodies = [_preview.body(each, session) for each in chosen]
    click.echo(json.dumps({"sources": bodies, **more}, ensure_ascii=False))
