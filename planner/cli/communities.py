"""``quanzi communities``: who is behind the events, how steadily they meet, when next, how to join."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from planner.cli._language import say
from planner.cli._long_list import Extent, long_list
from planner.cli._session import AppContext, open_session, options
from planner.pipeline import Run
from planner.plan.circles import Circle
from planner.render import rhythm
from planner.render.cards import CardFormatter


@click.command(help=say("help.communities"))
@click.option("--track", type=click.Choice(["industry", "practice", "client", "other"]), help=say("help.track"))
@long_list()
@options("config", "now", "json", "verbose")
def communities(
    *, track: str | None, extent: Extent, config: Path | None, now: str | None, as_json: bool, verbose: bool
) -> None:
    """One entry or object for each community, those of the user's tracks and the steadiest first."""
    session = open_session(config, now)
    with session.store() as store:
        run = Run(config=session.config, store=store, now=session.now)
        found = [each for each in run.circles if track is None or each.track == track]
    if as_json:
        for each in found[: extent.limit]:
            click.echo(json.dumps(_body(each, session), ensure_ascii=False))
        return
    formatter = CardFormatter(session.config, session.words)
    shown = found[: extent.most(len(found))]
    told = [line for each in shown for line in rhythm.lines(formatter, each)]
    extent.show(told or [session.words("communities.none")], session.words, left_out=len(found) - len(shown))


def _body(circle: Circle, session: AppContext) -> dict[str, Any]:
    """A community as JSON: ``next`` is announced, ``expected`` is a guess from its rhythm."""
    zone, known, coming = session.config.zone, circle.cadence, circle.coming
    start = coming.event.start if coming else None
    return {
        "name": circle.name,
        "track": circle.track,
        "meetings": circle.meetings,
        "place": circle.where,
        "steady": circle.is_steady,
        "cadence": known
        and {
            "weekdays": list(known.weekdays),
            "interval": known.interval,
            "nth": known.nth,
            "at": known.at and known.at.isoformat("minutes"),
            "meetings": known.meetings,
            "fit": known.fit,
        },
        "last": circle.last and circle.last.astimezone(zone).isoformat(),
        "next": coming
        and start
        and {"uid": coming.event.uid, "start": start.astimezone(zone).isoformat(), "title": coming.event.title},
        "expected": circle.expected and circle.expected.isoformat(),
        "links": list(circle.links),
        "join": {"sign_up": circle.join.sign_up, "account": circle.join.account, "group": circle.join.group},
    }
