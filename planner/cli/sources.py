"""``quanzi sources``: the sources and how they fare."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli._language import say
from planner.cli._session import open_session, options
from planner.cli._table import print_rows
from planner.i18n.reasons import english


@click.group(help=say("help.sources"))
def sources() -> None:
    """The sources and how they fare."""


@sources.command("list", help=say("help.sources_list"))
@options("config", "now", "json", "verbose")
def list_sources(*, config: Path | None, now: str | None, as_json: bool, verbose: bool) -> None:
    """Every configured source with its last state."""
    session = open_session(config, now)
    with session.store() as store:
        states = store.sources()
    rows = []
    for entry in session.config.sources:
        state = states.get(entry.id)
        good = state.good.astimezone(session.config.zone) if state and state.good else None
        if as_json:
            body = {
                "id": entry.id,
                "kind": entry.kind,
                "address": entry.url or entry.file or entry.text,
                "outcome": state and state.outcome,
                "count": state.count if state else 0,
                "reason": english(state.reason) if state and state.reason else None,
                "last_success": good.isoformat() if good else None,
            }
            click.echo(json.dumps(body, ensure_ascii=False))
            continue
        outcome = session.words(f"cli.outcome_{state.outcome}") if state else session.words("cli.never")
        when = f"{good:%Y-%m-%d %H:%M}" if good else session.words("cli.never")
        count = str(state.count if state else 0)
        rows.append((entry.id, entry.kind, outcome, count, when, (entry.url or entry.file or entry.text or "")))
    if rows:
        print_rows(rows)
    elif not as_json:
        click.echo(session.words("cli.sources_none"))
