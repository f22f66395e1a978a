"""The weeks of all members after the keeper's own: own calendars, plans, letters, and what is told of it: no week."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import click

from planner.cli._job import RunOptions
from planner.cli._session import AppContext
from planner.gather import Wish, own_calendars
from planner.members.diaries import gather_diaries
from planner.members.everyone import plan_everyone
from planner.members.letters import send_letters
from planner.members.weekly import Outcome, Task
from planner.store import Store
from spiders.items import SourceReport

MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Everyone:
    """What became of the members' weeks: how many of each state, who failed by which fault, how many weeks are not
    proven, how many letters were sent and failed."""

    states: Mapping[str, int]
    failed: Sequence[tuple[str, str]] = ()
    unproven: int = 0
    letters: Mapping[str, int] = field(default_factory=dict)

    def body(self) -> dict[str, Any]:
        """The entry of ``--json``."""
        return {
            "count": sum(self.states.values()),
            **{state: self.states.get(state, 0) for state in ("published", "unchanged", "nothing", "left")},
            "failed": [{"name": name, "fault": fault} for name, fault in self.failed],
            "unproven": self.unproven,
            "letters": {state: self.letters.get(state, 0) for state in ("sent", "already", "failed")},
        }


def task_for(
    session: AppContext,
    asked: RunOptions,
    reports: Sequence[SourceReport],
    *,
    left_out: Mapping[str, int],
    refresh: bool = False,
) -> Task:
    """What a run does for each member: what it did for the keeper. ``reports`` tell how all sources fared, of which the
    keeper's own calendars are nobody else's."""
    own = {source.id for source in own_calendars(session.config)}
    return Task(
        week=asked.week,
        now=session.now,
        begin=asked.week is None,
        refresh=refresh,
        reports=tuple(report for report in reports if report.source not in own),
        left_out=left_out,
    )


def for_everyone(session: AppContext, store: Store, task: Task, asked: RunOptions) -> Everyone:
    """Ask the members' own calendars, plan, publish, and send letters with the weekly job."""
    with store.transaction():
        store.drop_leftovers()
    members = store.members()
    names = {each.number: each.name for each in members}
    wish = Wish(insist=not task.refresh)
    gather_diaries(session.config, store, members, session.now, offline=asked.offline, wish=wish)
    outcomes: list[Outcome] = []
    tell = _progress(session, len(members), quiet=asked.quiet or asked.as_json)

    def done(outcome: Outcome) -> None:
        outcomes.append(outcome)
        tell(len(outcomes))

    plan_everyone(session.config, task, list(names), done)
    tell(None)
    there = {each.number for each in outcomes if each.state in {"published", "unchanged"}}
    letters: Counter[str] = Counter()
    if not task.refresh and session.config.mail is not None:
        waiting = [each for each in members if each.number in there]
        letters.update(sent.state for _, sent in send_letters(session.config, store, waiting, session.now))
    return Everyone(
        states=Counter(each.state for each in outcomes),
        failed=sorted((names[each.number], each.fault or "") for each in outcomes if each.state == "failed"),
        unproven=sum(each.unproven for each in outcomes),
        letters=letters,
    )


def _progress(session: AppContext, count: int, *, quiet: bool) -> Callable[[int | None], None]:
    """One line that is rewritten, on a terminal only; None ends it."""
    live = not quiet and sys.stderr.isatty()

    def tell(done: int | None) -> None:
        if live:
            line = "" if done is None else session.words("members.progress", done=done, total=count)
            click.echo(f"\r\x1b[K{line}", nl=False, err=True)

    return tell


def show_everyone(session: AppContext, told: Everyone, asked: RunOptions) -> None:
    """A line of numbers; those who failed, and weeks that nobody proved, on standard error, also when quiet."""
    words, states = session.words, told.states
    if not (asked.quiet or asked.as_json):
        click.echo(
            words(
                "members.done",
                count=sum(states.values()),
                published=states.get("published", 0),
                unchanged=states.get("unchanged", 0),
            )
        )
        if told.letters.get("sent"):
            click.echo(words("members.letters", count=told.letters["sent"]))
    for name, fault in told.failed[:MOST_NAMED]:
        click.echo(words("members.failed", name=name, fault=fault), err=True)
    if len(told.failed) > MOST_NAMED:
        click.echo(words("members.failed_more", count=len(told.failed) - MOST_NAMED), err=True)
    if told.unproven:
        click.echo(words("members.unproven", count=told.unproven), err=True)
    if told.letters.get("failed"):
        click.echo(words("members.letters_failed", count=told.letters["failed"]), err=True)
