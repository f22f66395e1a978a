"""``quanzi went | skip | like | dislike EVENT``: feedback, which can be listed and reset."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from planner.cli._language import say
from planner.cli._long_list import Extent, long_list
from planner.cli._session import AppContext, open_session, options
from planner.errors import UsageError
from planner.rating.feedback import learn
from planner.store.lock import only_run
from planner.text import casefold
from planner.types import Feedback, Verdict

if TYPE_CHECKING:
    from planner.store import Store


def _command(verdict: Verdict) -> click.Command:
    @click.command(verdict, help=say(f"help.{verdict}"))
    @click.argument("event", required=False)
    @click.option("--list", "show", is_flag=True, help=say("help.feedback_list"))
    @click.option("--reset", "forget", is_flag=True, help=say("help.feedback_reset"))
    @long_list(limited=False)
    @options("config", "now", "json", "verbose")
    def command(
        *,
        event: str | None,
        show: bool,
        forget: bool,
        extent: Extent,
        config: Path | None,
        now: str | None,
        as_json: bool,
        verbose: bool,
    ) -> None:
        session = open_session(config, now)
        with session.store() as store:
            if forget:
                with only_run(session.config.kept_in, session.words.language):
                    _forget(session, store, event)
            elif show:
                _show(session, store, extent, as_json=as_json)
            elif event is None:
                raise UsageError(session.words("cli.feedback_needs_event"))
            else:
                with only_run(session.config.kept_in, session.words.language):
                    _keep(session, store, verdict, event, as_json=as_json)

    return command


def _keep(session: AppContext, store: Store, verdict: Verdict, wanted: str, *, as_json: bool) -> None:
    """Note a verdict with what it speaks for now."""
    from planner.cli._find import find_event
    from planner.pipeline import Run
    from planner.pipeline.verdicts import give, told
    from planner.weeks import week_of

    run = Run(config=session.config, store=store, now=session.now)
    week = week_of("this", session.now, session.config.zone)
    picked = run.picked_ids()
    found = find_event(run.rated, wanted, week, session.words, picked=picked, now=session.now, past=verdict == "went")
    given, declined = give(run, found, verdict)
    if as_json:
        came = [pick.candidate.rated.event.uid for pick in declined.came] if declined is not None else None
        click.echo(json.dumps({**_body(given), **({} if came is None else {"instead": came})}, ensure_ascii=False))
        return
    click.echo(session.words("cli.feedback_kept", verdict=session.words(f"feedback.{verdict}"), title=given.title))
    if declined is not None:
        click.echo("\n".join(told(declined, session.words)))


def _forget(session: AppContext, store: Store, wanted: str | None) -> None:
    """Forget the verdicts on the event meant (by its id or words of the title as it was then), or all of them."""
    events: set[str | None] = {None}
    if wanted is not None:
        name, words = wanted.removesuffix("@quanzi"), casefold(wanted).split()
        events = {
            each.event
            for each in store.feedback()
            if each.event.startswith(name) or all(word in casefold(each.title) for word in words)
        }
        if not events:
            raise UsageError(session.words("cli.event_unknown", event=wanted))
        if len(events) > 1:
            shown = "; ".join(
                sorted({f"{each.event[:6]} {each.title}" for each in store.feedback() if each.event in events})
            )
            raise UsageError(session.words("cli.event_ambiguous", event=wanted, matches=shown))
    with store.transaction():
        count = sum(store.forget_feedback(event) for event in events)
    click.echo(session.words("cli.feedback_forgotten", count=count))


def _show(session: AppContext, store: Store, extent: Extent, *, as_json: bool) -> None:
    """Every verdict that stands, and what each feature is worth because of them."""
    given = store.feedback()
    learnt = sorted(learn(given).points.items(), key=lambda each: (-abs(each[1]), each[0]))
    if as_json:
        values = [{"kind": kind, "name": name, "points": points} for (kind, name), points in learnt]
        click.echo(json.dumps({"feedback": [_body(each) for each in given], "learnt": values}, ensure_ascii=False))
        return
    if not given:
        click.echo(session.words("cli.feedback_none"))
        return
    lines = []
    for each in given:
        day = each.at.astimezone(session.config.zone)
        verdict = session.words(f"feedback.{each.verdict}")
        lines.append(f"{day:%Y-%m-%d}  {verdict}  {each.event[:6]}  {each.title}")
    lines.append(session.words("cli.feedback_learnt"))
    for (kind, name), points in learnt:
        shown = session.words(f"{_NAMED[kind]}.{name.replace('.', '_')}") if kind in _NAMED else name
        lines.append(f"  {points:+.2f}  {session.words(f'feedback.{kind}')}  {shown}")
    extent.show(lines, session.words)


_NAMED = {"form": "form", "sign": "kind"}


def _body(given: Feedback) -> dict[str, object]:
    values = {"event": given.event, "verdict": given.verdict, "at": given.at.isoformat(), "title": given.title}
    return {**values, "features": [f"{kind}: {name}" for kind, name in given.features]}


went, skip, like, dislike = (_command(verdict) for verdict in ("went", "skip", "like", "dislike"))
