"""``quanzi when``: the time grammar alone."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from planner.cli._language import say
from planner.cli._session import moment, options
from planner.cli._setting import Setting, setting_of
from planner.errors import UsageError
from planner.i18n.reasons import english, translate


@click.command(help=say("help.when"))
@click.argument("text", metavar="TEXT|-")
@click.option("--timezone", metavar="Z", help=say("help.timezone"))
@options("config", "now", "json", "verbose")
def when(
    *, text: str, timezone: str | None, config: Path | None, now: str | None, as_json: bool, verbose: bool
) -> None:
    """The time grammar alone; with -, one text a line, each with its own now if it begins with ISO<tab>."""
    from spiders.text.when import read_when

    setting = setting_of(config, timezone)
    words = setting.words
    at = moment(now, setting.timezone, words)
    pairs = [(text, at)] if text != "-" else _lines_with_now(sys.stdin, at, setting)
    for line, reference in pairs:
        found = read_when(line, now=reference, timezone=setting.timezone)
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
            sure = words(f"cli.sure_{session['sure']}")
            click.echo(f"{session['start']}{end} ({sure})")
        conflicts = (translate(conflict, words.language) for conflict in found.conflicts)
        for more in filter(None, (found.recurrence, *conflicts)):
            click.echo(f"  {more}")
        if not sessions and not found.recurrence:
            click.echo(words("cli.no_time"), err=True)


def _lines_with_now(lines: Iterable[str], at: datetime, setting: Setting) -> Iterator[tuple[str, datetime]]:
    for number, line in enumerate(lines, 1):
        head, tab, rest = line.rstrip("\n").partition("\t")
        if not tab:
            yield head.replace("\\n", "\n"), at
            continue
        try:
            yield rest.replace("\\n", "\n"), moment(head, setting.timezone)
        except UsageError:
            raise UsageError(setting.words("cli.when_line", line=number)) from None


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
