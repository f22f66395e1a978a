"""``quanzi`` alone: what is planned from now on, as it was published; without a configuration, how to begin."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import replace

import click

from planner.cli._columns import cut, print_rows
from planner.cli._language import say
from planner.cli._own import own_config
from planner.cli._program import program
from planner.cli._session import AppContext, find_config, open_session
from planner.cli._table import COLOUR_OF_TRACK, MAX_TITLE
from planner.errors import UsageError
from planner.glance import DIGEST
from planner.pipeline import PlanResult, Run
from planner.plan.week import Pick
from planner.render import news
from planner.render.cards import CardFormatter
from planner.weeks import WeekSpan, week_of

TOLD_CHANGES = frozenset({"moved", "place", "cancelled", "postponed", "restored"})
"""What happened to picks; which ones came and went by planning anew is no news for who looks up an evening."""


def look() -> None:
    """This week and the next where they were published, or what to do. Writes nothing, asks nobody. Raises UsageError,
    ConfigError or StoreError."""
    try:
        path = find_config(None)
    except UsageError:
        if own_config() is not None:  # it is gone
            raise
        _tell_steps()
        return
    show(open_session(path, None))


def show(session: AppContext) -> None:
    """What is planned from ``session.now`` on."""
    words = session.words
    if not session.has_store():
        click.echo(words("cli.now_nothing", program=program()))
        return
    with session.store() as store:
        run = Run(config=session.config, store=store, now=session.now, planned_alone=True)
        this = week_of("this", session.now, session.config.zone)
        next_one = this.shifted(1)
        now, later = run.published(this), run.published(next_one)
        is_tried = any(store.trial(week.name) is not None for week in (this, next_one))
    formatter = CardFormatter(session.config, words)
    left = _left(now, session) if now is not None else ()
    if now is not None and (left or later is None or _changes(now)):
        title = "cli.now_this" if left and len(left) == len(now.plan.picks) else "cli.now_rest"
        _print(title, this, now, left, formatter)
    if later is not None:
        _print("cli.now_next", next_one, later, later.plan.picks, formatter)
    if later is None and not left:
        key = "cli.now_tried" if is_tried else "cli.now_nothing" if now is None else "cli.now_over"
        click.echo(words(key, program=program()))


def _left(planned: PlanResult, session: AppContext) -> tuple[Pick, ...]:
    """The picks that are not over."""
    return tuple(pick for pick in planned.plan.picks if pick.candidate.end > session.now)


def _changes(planned: PlanResult) -> tuple[Mapping[str, str], ...]:
    return tuple(change for change in planned.changes if change["what"] in TOLD_CHANGES)


def _print(title: str, week: WeekSpan, planned: PlanResult, picks: tuple[Pick, ...], formatter: CardFormatter) -> None:
    words = formatter.words
    click.echo(words(title, dates=formatter.clock.week(week.monday)))
    if not picks:
        click.echo("  " + words("cli.now_nothing_left"))
    cards = [formatter.pick_card(pick) for pick in picks]
    rows = [
        (card.day, card.hours, card.track_name, cut(card.title, MAX_TITLE), card.place, card.price) for card in cards
    ]
    print_rows(rows, [COLOUR_OF_TRACK.get(card.track) for card in cards])
    for line in news.changes(formatter, replace(planned, changes=_changes(planned))):
        click.echo(f"  {line}")


def _tell_steps() -> None:
    """The way to a first week, in the environment's language."""
    has_no_name = shutil.which("quanzi") is None
    steps = ("install", "init", "week") if has_no_name and DIGEST.is_file() else ("init", "week", "look")
    click.echo(say("cli.steps"))
    name = "quanzi" if "install" in steps else program()
    rows = [(say(f"cli.step_{step}", program=name), say(f"cli.step_{step}_does")) for step in steps]
    print_rows(rows)
    click.echo(say("cli.steps_more", program=program()))
