"""``quanzi when``: the time grammar alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import click

from planner.cli._language import say, words_of_environment
from planner.cli._session import moment, options
from planner.errors import UsageError
from planner.i18n.reasons import english, translate
from planner.weeks import is_zone


@click.command(help=say("help.when"))
@click.argument("text", metavar="TEXT|-")
@click.option("--timezone", default="Asia/Shanghai", metavar="Z", help=say("help.timezone"))
@options("now", "json", "verbose")
def when(*, text: str, timezone: str, now: str | None, as_json: bool, verbose: bool) -> None:
    """The time grammar alone; with -, one text a line, each with its own now if it begins with ISO<tab>."""
    from spiders.text.when import read_when

    if not is_zone(timezone):
        raise UsageError(say("cli.timezone_unknown", zone=timezone))
    at = moment(now, timezone)
    pairs = [(text, at)] if text != "-" else _lines_with_now(sys.stdin, at, timezone)
    for words, reference in pairs:
        found = read_when(words, now=reference, timezone=timezone)
        sessions = [_session(session) for session in found.sessions]
        if as_json or text == "-":
            body = {
                "sessions": sessions,
                "recurrence": found.recurrence,
                "conflicts": [english(conflict) for conflict in found.conflicts],
                "periods": [_period(period) for period in found.periods],
            }
            click.echo(json.dumps(body, ensure_ascii=False))
            continue
        for session in sessions:
            end = f" – {session['end']}" if session["end"] else ""
            sure = say(f"cli.sure_{session['sure']}")
            click.echo(f"{session['start']}{end} ({sure})")
        conflicts = (translate(conflict, words_of_environment().language) for conflict in found.conflicts)
        for line in filter(None, (found.recurrence, *conflicts)):
            click.echo(f"  {line}")
        if not sessions and not found.recurrence:
            click.echo(say("cli.no_time"), err=True)


def _lines_with_now(lines: Iterable[str], at: datetime, timezone: str) -> Iterator[tuple[str, datetime]]:
    for number, line in enumerate(lines, 1):
        head, tab, rest = line.rstrip("\n").partition("\t")
        if not tab:
            yield head.replace("\\n", "\n"), at
            continue
        try:
            yield rest.replace("\\n", "\n"), moment(head, timezone)
        except UsageError:
            raise UsageError(say("cli.when_line", line=number)) from None


def _session(session: Any) -> dict[str, Any]:
    def shown(moment: datetime | None) -> str | None:
        if moment is None:
            return None
        return moment.date().isoformat() if session.all_day else moment.isoformat()

    return {
        "start": shown(session.start),
        "end": shown(session.end),
        "all_day": session.all_day,
        "sure": session.sure,
    }


def _period(period: Any) -> dict[str, Any]:
    """A stretch of days or hours that is told without being a session: open hours, a deadline, a season."""
    edges = {name: getattr(period, name) for name in ("start", "end")}
    return {name: edge.isoformat() if edge else None for name, edge in edges.items()} | {"words": period.words}
