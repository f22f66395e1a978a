"""``quanzi members list``: who the members are, and whether they have a plan. Nobody's week, wishes or address."""

from __future__ import annotations

import json
from pathlib import Path

import click

from planner.cli._columns import lines_of
from planner.cli._language import say
from planner.cli._long_list import Extent, long_list
from planner.cli._session import AppContext, open_session, options
from planner.store import Member


@click.command("list", help=say("help.members_list"))
@long_list()
@options("config", "json", "verbose")
def command(*, extent: Extent, config: Path | None, as_json: bool, verbose: bool) -> None:
    """All members by name."""
    session = open_session(config, None)
    with session.store() as store:
        known = store.members()
    shown = known[: extent.most(len(known))]
    if as_json:
        for each in shown:
            click.echo(json.dumps(_body(each, session), ensure_ascii=False))
        return
    lines = lines_of([_row(each, session) for each in shown]) or [session.words("members.none")]
    extent.show(lines, session.words, left_out=len(known) - len(shown))


def _body(member: Member, session: AppContext) -> dict[str, str | None]:
    zone = session.config.zone
    return {
        "name": member.name,
        "joined": member.joined.astimezone(zone).isoformat(),
        "planned": None if member.planned is None else member.planned.astimezone(zone).isoformat(),
        "fault": member.fault,
    }


def _row(member: Member, session: AppContext) -> tuple[str, ...]:
    words, zone = session.words, session.config.zone
    if member.fault is not None:
        state = words("members.row_failed", fault=member.fault)
    elif member.planned is not None:
        state = words("members.row_planned", day=f"{member.planned.astimezone(zone):%Y-%m-%d}")
    else:
        state = words("members.row_never")
    return member.name, words("members.row_joined", day=f"{member.joined.astimezone(zone):%Y-%m-%d}"), state
