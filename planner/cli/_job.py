"""What the commands that run a step of the weekly job have in common: options, lock, gathering, publishing, showing."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from planner.cli import _send
from planner.cli._limit import FOR_EVERYONE, limited
from planner.cli._log import logging_to
from planner.cli._network import is_needed, wait_for_it
from planner.cli._progress import Progress, news_lines, report_lines
from planner.cli._session import AppContext, open_session, options
from planner.errors import ClockError, DamagedStoreError, OutputError, QuanziError, SolverError, UsageError
from planner.gather import Gathered, Wish, own_calendars, remembered, sources_of, states_of
from planner.gather.policy import longer
from planner.pipeline import PlanResult, gather_step
from planner.pipeline.clock import believed, can_follow, doubted, keep_clock, known_clock
from planner.pipeline.opening import open_alone
from planner.publish import replace_file
from planner.render.report import failed_body, plan_json, report_entry
from planner.store import Store
from planner.text import one_line
from planner.weeks import WeekSpan, week_of
from spiders.items import SourceReport

MAX_WORDS_SHOWN = 12
_COMMON = ("config", "week", "now", "offline", "quiet", "json", "verbose", "log")


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
    log_file: Path | None = None
    force: bool = False
    suspicious: bool = False
    """Whether the store is to be looked at row by row."""
    fresh: tuple[str, ...] = ()
    everyone: bool = False
    """Whether the weeks of all members are meant too."""


def job(about: str, *more: str) -> Callable[[Callable[[RunOptions], None]], click.Command]:
    """A command with the common options and ``more``."""

    def decorate(run: Callable[[RunOptions], None]) -> click.Command:
        def command(**given: Any) -> None:
            asked = RunOptions(**given)
            try:
                run(asked)
            except DamagedStoreError:  # found on the way: mended, and from the beginning
                run(replace(asked, suspicious=True))

        return click.command(run.__name__, help=about)(options(*_COMMON, *more)(command))

    return decorate


@contextmanager
def alone(asked: RunOptions) -> Iterator[tuple[AppContext, Store, WeekSpan]]:
    """The context, the open store and the week asked for, while no other run is at work, for as long as a run may take.
    A solver that cannot start is told in the language of the configuration."""
    session = open_session(asked.config, asked.now)
    span = week_of(asked.week, session.now, session.config.zone)
    try:
        with (
            limited(session.words, longer=_longer(session, asked)),
            logging_to(asked.log_file, verbose=asked.verbose),
            open_alone(session.config, session.words, session.now, thorough=asked.suspicious) as (store, news),
        ):
            for line in news:
                click.echo(line, err=True)
            yield session, store, span
    except SolverError as exc:
        raise SolverError(session.words("cli.no_solver")) from exc


def _longer(session: AppContext, asked: RunOptions) -> float:
    """Seconds that a run may take beyond the usual: hosts with many sources, many members."""
    of_members = FOR_EVERYONE if asked.everyone else 0.0
    return longer(sources_of(session.config), session.config) + of_members


def gather_all(session: AppContext, store: Store, asked: RunOptions, *, insist: bool = False) -> Gathered:
    """Read all sources, or those that are to be read anew, telling how far it is; ``insist``: also those that failed
    lately. Raises UsageError for a source that is none, OutputError where no source has ever succeeded, ClockError
    where the clock cannot be right."""
    _follow_the_clock(session, store, asked)
    if asked.quiet and not asked.offline:  # by itself: nobody sits there and waits
        addresses = [source.url for source in sources_of(session.config) if source.url is not None]
        if is_needed(addresses, session.config.network.allow):
            wait_for_it()
    from planner.cli._inbox import take_in, told

    taken = take_in(session, store, offline=asked.offline)
    told(session, store, taken, quiet=asked.quiet or asked.as_json)
    wish = Wish(insist=insist, fresh=_known_ids(session, asked.fresh))
    progress = Progress(session.words, quiet=asked.quiet or asked.as_json)
    with progress:
        gathered = gather_step(
            session.config,
            store,
            session.now,
            offline=asked.offline,
            progress=progress,
            accept_losses=asked.force,
            wish=wish,
        )
        good = {
            state.id: state.good.astimezone(session.config.zone).date()
            for state in states_of(store).values()
            if state.good
        }
        progress.settle(gathered.reports, good)
    if asked.quiet or asked.as_json:
        for line in news_lines(gathered.news, session.words):  # also under cron: the digest comes once a week
            click.echo(line, err=True)
    if gathered.all_failed and not good:
        for line in report_lines(gathered.reports, session.words) if asked.quiet or asked.as_json else ():
            click.echo(line, err=True)
        error = OutputError(session.words("cli.nothing_ever", config=session.path))
        _report_failure(session, gathered.reports, error, asked)
        raise error
    return gathered


@contextmanager
def reporting(session: AppContext, reports: tuple[SourceReport, ...], asked: RunOptions) -> Iterator[None]:
    """What comes after gathering: where it fails, ``report.json`` and ``--json`` tell of the sources all the same."""
    try:
        yield
    except QuanziError as exc:
        _report_failure(session, reports, exc, asked)
        raise


def shared_entries(session: AppContext, reports: tuple[SourceReport, ...]) -> list[dict[str, Any]]:
    """What is kept of a run: how the sources fared, without the person's own calendars."""
    own = {source.id for source in own_calendars(session.config)}
    return [report_entry(report) for report in reports if report.source not in own]


def _report_failure(
    session: AppContext, reports: tuple[SourceReport, ...], error: QuanziError, asked: RunOptions
) -> None:
    folder = Path(session.config.output.folder)
    body = failed_body(reports, str(error), session.now)
    if folder.is_dir():  # where nothing was ever written, no folder is made for a failure
        with suppress(OSError):
            replace_file(folder / "report.json", body)
    if asked.as_json:
        click.echo(json.dumps(json.loads(body), ensure_ascii=False))


def _follow_the_clock(session: AppContext, store: Store, asked: RunOptions) -> None:
    """Remember that a run is under way at this moment, if that can be. Raises ClockError."""
    clock = known_clock(store)
    if asked.force or can_follow(clock, session.now):
        with store.transaction():
            keep_clock(store, believed(clock, session.now))
        return
    assert clock is not None
    kept, is_told = doubted(clock, session.now)
    with store.transaction():
        keep_clock(store, kept)
    if asked.as_json:
        click.echo(json.dumps({"sources": [report_entry(each) for each in remembered(session.config, store)]}))
    key = "cli.clock_back" if session.now < clock.last else "cli.clock_ahead"
    days = (f"{each.astimezone(session.config.zone):%Y-%m-%d}" for each in (session.now, clock.last))
    raise ClockError(session.words(key, **dict(zip(("now", "last"), days, strict=True))), is_told=is_told)


def _known_ids(session: AppContext, ids: Iterable[str]) -> frozenset[str]:
    known = [source.id for source in sources_of(session.config)]
    for name in ids:
        if name not in known:
            raise UsageError(session.words("cli.source_unknown", source=name, known=", ".join(known) or "–"))
    return frozenset(ids)


def show(
    session: AppContext,
    planned: PlanResult,
    reports: tuple[SourceReport, ...],
    gone: _send.Deliveries | None,
    asked: RunOptions,
    *,
    more: Mapping[str, Any] | None = None,
) -> None:
    """The plan, what was written and what left: as JSON (with ``more``), as a table, or not at all."""
    if asked.as_json:
        body = plan_json(planned, reports)
        body |= gone.body() if gone else dict.fromkeys(("written", "put", "mail", "notify"))
        click.echo(json.dumps({**body, **(more or {})}, ensure_ascii=False))
    elif not asked.quiet:
        from planner.cli._table import print_plan

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
