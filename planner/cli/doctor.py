"""``quanzi doctor``: everything an unattended run needs, in a table, for people and for monitors."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli._columns import print_rows
from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.i18n.catalog import Catalog
from planner.upkeep.doctor import call, examine
from planner.upkeep.findings import Finding, is_sound

_MARKS = {"ok": "✓", "note": "·", "wrong": "✗"}
_COLOURS = {"ok": "green", "note": None, "wrong": "red"}


@click.command(help=say("help.doctor"))
@options("config", "now", "offline", "quiet", "json", "verbose")
@click.pass_context
def doctor(
    ctx: click.Context,
    *,
    config: Path | None,
    now: str | None,
    offline: bool,
    quiet: bool,
    as_json: bool,
    verbose: bool,
) -> None:
    """Exit code 0 where nothing is wrong, 1 where somebody has to act; a wrong configuration is 2 as everywhere."""
    session = open_session(config, now)
    words = session.words
    found = list(examine(session.config, session.path, session.now, words, offline=offline))
    if is_sound(found) and not offline:
        called = call(session.config, words)
        found += [called] if called else []
    if as_json:
        told = [{"check": each.check, "state": each.state, "what": each.told(words)} for each in found]
        click.echo(json.dumps({"sound": is_sound(found), "findings": told}, ensure_ascii=False))
    elif quiet:
        for each in found:
            if each.state == "wrong":
                click.echo(f"{words(f'doctor.check_{each.check}')}: {each.told(words)}", err=True)
    else:
        _print(found, session.words)
    ctx.exit(0 if is_sound(found) else 1)


def _print(found: list[Finding], words: Catalog) -> None:
    rows, before = [], ""
    for each in found:
        name = words(f"doctor.check_{each.check}")
        rows.append((_MARKS[each.state], "" if name == before else name, each.told(words)))
        before = name
    print_rows(rows, [_COLOURS[each.state] for each in found])
    count = sum(each.state == "wrong" for each in found)
    click.echo(words("doctor.wrong", count=count) if count else words("doctor.sound"))
