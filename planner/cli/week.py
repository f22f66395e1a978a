"""``quanzi week`` and its steps: gather, plan, publish, deliver."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from planner.cli import _send
from planner.cli._language import say
from planner.cli._progress import Progress, report_line
from planner.cli._session import AppContext, open_session, options
from planner.cli._table import print_plan
from planner.errors import OutputError, UsageError
from planner.gather import Gathered, remembered
from planner.lock import only_run
from planner.pipeline import PlanResult, gather_step, kept_plan, plan_numbers, plan_step, refresh_step, report_entry
from planner.store import Store
from planner.text import one_line
from planner.weeks import week_of
from spiders.items import SourceReport

DAYS_REMEMBERED = 90  # what ended longer ago is forgotten, with its history
MAX_WORDS_SHOWN = 12
COMMON = ("config", "week", "now", "offline", "quiet", "json", "verbose")


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """The options that all these commands take."""

    config: Path | None
    week: str | None
    now: str | None
    offline: bool
    quiet: bool
    as_json: bool
    verbose: bool
    force: bool = False


def _job(about: str, *more: str) -> Callable[[Callable[[RunOptions], None]], click.Command]:
    """A command with the common options and ``more``."""

    def decorate(run: Callable[[RunOptions], None]) -> click.Command:
        def command(**given: Any) -> None:
            run(RunOptions(**given))

        return click.command(run.__name__, help=about)(options(*COMMON, *more)(command))

    return decorate


@_job(say("help.week"), "force")
def week(asked: RunOptions) -> None:
    """The weekly job: gather, plan, publish, deliver."""
    session = open_session(asked.config, asked.now)
    span = week_of(asked.week, session.now, session.config.zone)
    with _alone(session), session.store() as store:
        gathered = _gather(session, store, asked)
        _stop_if_nothing_ever(session, store, gathered)
        planned = plan_step(session.config, store, session.now, span)
        gone = _send.publish(session, store, planned, gathered.reports)
        with store.transaction():
            store.put_run("week", [report_entry(report) for report in gathered.reports], session.now)
            store.prune(session.now, DAYS_REMEMBERED)
        gone = _send.send(session, store, planned, gathered.reports, gone)
    _show(session, planned, gathered.reports, gone, asked)


@_job(say("help.gather"), "force")
def gather(asked: RunOptions) -> None:
    """Read all sources into the store."""
    session = open_session(asked.config, asked.now)
    with _alone(session), session.store() as store:
        gathered = _gather(session, store, asked)
        _stop_if_nothing_ever(session, store, gathered)
    if asked.as_json:
        click.echo(json.dumps([report_entry(report) for report in gathered.reports], ensure_ascii=False))


@_job(say("help.plan"))
def plan(asked: RunOptions) -> None:
    """Plan out of what the store holds."""
    session = open_session(asked.config, asked.now)
    span = week_of(asked.week, session.now, session.config.zone)
    with _alone(session), session.store() as store:
        planned = plan_step(session.config, store, session.now, span)
    _show(session, planned, (), None, asked)
    if not (asked.quiet or asked.as_json):
        click.echo(session.words("cli.plan_only"))


@_job(say("help.publish"))
def publish(asked: RunOptions) -> None:
    """Write the files of the plan that the store holds."""
    session = open_session(asked.config, asked.now)
    span = week_of(asked.week, session.now, session.config.zone)
    with _alone(session), session.store() as store:
        planned = kept_plan(session.config, store, session.now, span)
        if planned is None:
            raise UsageError(session.words("cli.no_plan", week=span.name))
        reports = remembered(session.config, store)
        gone = _send.publish(session, store, planned, reports)
    _show(session, planned, reports, gone, asked)


@_job(say("help.refresh"), "force")
def refresh(asked: RunOptions) -> None:
    """The daily job: gather, and let what is published follow moves and cancellations. No new picks, no mail."""
    session = open_session(asked.config, asked.now)
    with _alone(session), session.store() as store:
        gathered = _gather(session, store, asked)
        _stop_if_nothing_ever(session, store, gathered)
        span = week_of(asked.week, session.now, session.config.zone)
        planned = refresh_step(session.config, store, session.now, span if asked.week else None)
        gone = None if planned is None else _send.publish(session, store, planned, gathered.reports)
    if planned is not None:
        _show(session, planned, gathered.reports, gone, asked)
    elif not asked.quiet:
        click.echo(session.words("cli.no_plan", week=span.name), err=True)


def _alone(session: AppContext) -> AbstractContextManager[None]:
    return only_run(Path(session.config.store))


def _gather(session: AppContext, store: Store, asked: RunOptions) -> Gathered:
    progress = Progress(session.words, quiet=asked.quiet or asked.as_json)
    with progress:
        gathered = gather_step(
            session.config, store, session.now, offline=asked.offline, progress=progress, accept_losses=asked.force
        )
        progress.settle(gathered.reports)
    if asked.quiet or asked.as_json:
        for report in gathered.alarms:  # also under cron: the digest comes once a week
            click.echo(f"{report.source}: {report_line(report, session.words)}", err=True)
    return gathered


def _stop_if_nothing_ever(session: AppContext, store: Store, gathered: Gathered) -> None:
    """Exit code 1 where no source has ever succeeded: there is nothing to plan from."""
    if gathered.all_failed and not any(state.good for state in store.sources().values()):
        for report in gathered.reports:
            click.echo(f"{report.source}: {report_line(report, session.words)}", err=True)
        raise OutputError(session.words("cli.nothing_ever", config=session.path))


def _show(
    session: AppContext,
    planned: PlanResult,
    reports: tuple[SourceReport, ...],
    gone: _send.Deliveries | None,
    asked: RunOptions,
) -> None:
    if asked.as_json:
        body = plan_json(planned, reports)
        body |= gone.body() if gone else dict.fromkeys(("written", "put", "mail", "notify"))
        click.echo(json.dumps(body, ensure_ascii=False))
    elif not asked.quiet:
        print_plan(planned, session.config, session.words)
        _show_edit(session, planned)
        if gone is not None:
            _send.show(session, gone)


def _show_edit(session: AppContext, planned: PlanResult) -> None:
    """Which picks came and went because keywords were edited."""
    edit = planned.edit
    if edit is None:
        return
    shown = " ".join(edit.words[:MAX_WORDS_SHOWN]) + (" …" if len(edit.words) > MAX_WORDS_SHOWN else "")
    click.echo(session.words("cli.edit", words=shown))
    for what, titles in (("came", edit.came), ("went", edit.went)):
        for title in titles:
            click.echo("  " + session.words(f"change.{what}", title=one_line(title, 80)))
    if not (edit.came or edit.went):
        click.echo("  " + session.words("cli.edit_nothing"))


def plan_json(planned: PlanResult, reports: tuple[SourceReport, ...]) -> dict[str, Any]:
    """The plan with value, bound and status, each pick with its terms; the report."""
    body = plan_numbers(planned.plan)
    body["picks"] = [_pick_json(pick) for pick in planned.plan.picks]
    body["changes"] = list(planned.changes)
    body["notes"] = list(planned.plan.notes)
    edit = planned.edit
    body["edit"] = edit and {"words": list(edit.words), "came": list(edit.came), "went": list(edit.went)}
    body["sources"] = [report_entry(report) for report in reports]
    return body


def _pick_json(pick: Any) -> dict[str, Any]:
    candidate = pick.candidate
    rated = candidate.rated
    return {
        "uid": rated.event.uid,
        "id": rated.id,
        "title": rated.event.title,
        "start": candidate.start.isoformat(),
        "end": candidate.end.isoformat(),
        "end_assumed": candidate.end_assumed,
        "track": rated.score.track,
        "topics": list(rated.label.topics),
        "place": rated.event.place.name if rated.event.place else None,
        "url": rated.event.url,
        "cost": candidate.cost,
        "score": rated.score.total,
        "terms": [{"name": term.name, "points": term.points, "about": term.about} for term in rated.score.terms],
        "runner_up": pick.runner_up
        and {"uid": pick.runner_up.rated.event.uid, "title": pick.runner_up.rated.event.title},
        "margin": pick.margin,
    }
