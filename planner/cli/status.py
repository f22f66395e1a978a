"""``quanzi status``: how an organisation fares, for people and for monitors."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from planner.cli._language import say
from planner.cli._session import AppContext, open_session, options
from planner.config.postgres import Postgres

if TYPE_CHECKING:
    from planner.members.jobs.status import Standing

MOST_NAMED = 10


@click.command(help=say("help.status"))
@options("config", "now", "quiet", "json", "verbose")
@click.pass_context
def status(
    ctx: click.Context, *, config: Path | None, now: str | None, quiet: bool, as_json: bool, verbose: bool
) -> None:
    """Exit code 0 where nobody has to act, else 1; a wrong configuration is 2 as everywhere."""
    session = open_session(config, now)
    found = _standing(session, now)
    if as_json:
        click.echo(json.dumps(_body(found), ensure_ascii=False))
    else:
        for line in _lines(found, session, only_trouble=quiet):
            click.echo(line, err=quiet)
    ctx.exit(0 if found.is_sound else 1)


def _standing(session: AppContext, now: str | None) -> Standing:
    """By the database's clock, where there is one and no other moment is asked for."""
    from planner.members.jobs.status import standing

    place, at, queue = session.config.kept_in, session.now, None
    if isinstance(place, Postgres):
        from planner.members.jobs.queue import state_of
        from planner.store.connecting import time_of

        queue = state_of(place, session.words)
        at = at if now is not None else time_of(place, session.words)
    with session.store() as store:
        return standing(session.config, store, at, queue)


def _body(found: Standing) -> dict[str, Any]:
    queue = found.queue
    return {
        "sound": found.is_sound,
        "jobs": None if queue is None else {name: dict(each) for name, each in queue.jobs.items()},
        "stalled": None if queue is None else queue.stalled,
        "sources": {"count": found.sources, "late": list(found.late)},
        "members": {"count": found.members, "without_plan": found.without_plan, "failed": list(found.failed)},
    }


def _lines(found: Standing, session: AppContext, *, only_trouble: bool) -> list[str]:
    words, queue = session.words, found.queue
    lines = []
    if queue is not None:
        told = [
            words("status.queue", queue=name, **{state: each.get(state, 0) for state in ("todo", "doing", "failed")})
            for name, each in queue.jobs.items()
        ] or [words("status.no_jobs")]
        lines += [] if only_trouble and not queue.failed else told
        lines += [words("status.stalled", count=queue.stalled)] if queue.stalled or not only_trouble else []
    named = words("digest.comma").join(found.late[:MOST_NAMED]) + (" …" if len(found.late) > MOST_NAMED else "")
    if found.late:
        lines.append(words("status.late", count=len(found.late), total=found.sources, names=named))
    elif not only_trouble:
        lines.append(words("status.none_late", total=found.sources))
    if found.members and (found.without_plan or not only_trouble):
        lines.append(words("status.members", count=found.members, without=found.without_plan))
    if found.failed:
        names = words("digest.comma").join(found.failed[:MOST_NAMED]) + (" …" if len(found.failed) > MOST_NAMED else "")
        lines.append(words("status.failed", count=len(found.failed), names=names))
    return lines
