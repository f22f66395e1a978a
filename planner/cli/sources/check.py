"""``quanzi sources check``: the sources are asked now, and judged by what they answer. No event is kept."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

import click

from planner.cli._columns import print_rows
from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.cli.sources._advice import advice
from planner.cli.sources._meant import meant
from planner.gather import sources_of
from planner.gather.checking import Checked, check, twins
from planner.i18n.reasons import english, translate
from planner.store.lock import only_run
from planner.text import one_line
from spiders.reasons import Code

COLOUR_OF_VERDICT = {"failed": "red", "quiet": "yellow", "thin": "yellow"}
COLUMNS = ("source", "verdict", "events", "ahead", "date", "place", "address", "link", "doubts", "newest")
LONGEST_ADDRESS = 400


@click.command("check", help=say("help.sources_check"))
@click.argument("wanted", metavar="[ID]...", nargs=-1)
@options("config", "now", "json", "verbose")
def command(*, wanted: tuple[str, ...], config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """Ask the sources, and tell what they are worth."""
    session = open_session(config, now)
    names = {meant(session, each).id for each in wanted} or {entry.id for entry in session.config.sources}
    chosen = [source for source in sources_of(session.config) if source.id in names]
    found: dict[str, Checked] = {}
    # Alone, since a host is never asked twice at a time.
    with only_run(session.config.kept_in, session.words.language), session.store() as store:
        for each in check(chosen, session.config, store, session.now):
            found[each.source.id] = each
            _show_progress(session.words("check.checking", done=len(found), total=len(chosen)))
    _show_progress("")
    done = [found[source.id] for source in chosen if source.id in found]
    same = twins(done)
    if as_json:
        for each in done:
            body = _body(each, session) | {"same_as": same.get(each.source.id)}
            click.echo(json.dumps(body, ensure_ascii=False))
    elif done:
        _print(done, same, session)
    else:
        click.echo(session.words("cli.sources_none"))


def _show_progress(line: str) -> None:
    """One line that is rewritten, on a terminal only."""
    if sys.stderr.isatty():
        click.echo(f"\r\x1b[K{line}", nl=False, err=True)


def _body(checked: Checked, session: AppContext) -> dict[str, Any]:
    """One source as other programs read it: shares between 0 and 1, bytes, seconds."""

    def moment(at: datetime | None) -> str | None:
        return at.astimezone(session.config.zone).isoformat() if at else None

    source, found, seconds = checked.source, checked.assessment, checked.result.seconds
    return {
        "id": source.id,
        "kind": source.kind,
        "address": source.address,
        "verdict": found.verdict,
        "outcome": checked.outcome,
        "reason": english(found.reason) if found.reason else None,
        "reader": found.reader,
        "events": found.total,
        "dated": found.dated,
        "ahead": found.ahead,
        "shares": {name: round(share, 3) for name, share in asdict(found.shares).items()},
        "oldest": moment(found.oldest),
        "newest": moment(found.newest),
        "zone": found.zone,
        "timezone": source.timezone,
        "robots": checked.robots,
        "size": checked.result.size,
        "seconds": None if seconds is None else round(seconds, 3),
        "moved_to": checked.result.moved,
        "notes": [english(note) for note in found.notes],
    }


def _print(done: list[Checked], same: Mapping[str, str], session: AppContext) -> None:
    words = session.words
    head = tuple(words(f"check.{name}") for name in COLUMNS)
    colours = [None, *(COLOUR_OF_VERDICT.get(each.assessment.verdict) for each in done)]
    notes = [_notes(each, same.get(each.source.id), session) for each in done]
    print_rows([head, *(_row(each, session) for each in done)], colours, [[], *notes])


def _row(checked: Checked, session: AppContext) -> tuple[str, ...]:
    found = checked.assessment
    shares = (found.shares.date, found.shares.place, found.shares.address, found.shares.url, found.shares.doubts)
    newest = f"{found.newest.astimezone(session.config.zone):%Y-%m-%d}" if found.newest else "–"
    percents = [f"{share:.0%}" if found.total else "–" for share in shares]
    verdict = session.words(f"verdict.{found.verdict}")
    return checked.source.id, verdict, str(found.total), str(found.ahead), *percents, newest


def _notes(checked: Checked, same: str | None, session: AppContext) -> list[str]:
    """Why it is not good and what to do; how it was read; what else one should know."""
    words, found = session.words, checked.assessment
    why = [translate(found.reason, words.language), advice(found.reason, words) or ""]
    lines = [words("check.dash").join(filter(None, why)), words("check.point").join(_facts(checked, session))]
    if checked.result.moved:
        lines.append(words("sources.moved_to", address=one_line(checked.result.moved, LONGEST_ADDRESS)))
    if same is not None:
        lines.append(words("check.same_as", source=same))
    others = [translate(note, words.language) for note in found.notes if note.code is not Code.ZONE_NOT_STATED]
    if others:
        lines.append(words("check.also", notes=words("check.semicolon").join(others)))
    return [line for line in lines if line]


def _facts(checked: Checked, session: AppContext) -> Iterator[str]:
    words, found = session.words, checked.assessment
    if found.reader is not None:
        yield words("check.reader", reader=found.reader)
    if found.zone is not None:
        yield words(f"check.zone_{found.zone}", zone=checked.source.timezone)
    if found.oldest is not None:
        yield words("check.since", day=words.full_day(found.oldest.astimezone(session.config.zone).date()))
    if checked.robots is not None:
        yield words(f"check.robots_{checked.robots}")
    if checked.result.size is not None:
        yield words("check.size", kilobytes=math.ceil(checked.result.size / 1024))
    if checked.result.seconds is not None:
        yield words("check.seconds", seconds=f"{checked.result.seconds:.1f}")
