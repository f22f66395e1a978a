"""One member's week over facts that were read once: planned or refreshed, rendered, and published in one transaction.

The same facts give the same bytes, so that a week which is planned twice is published once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

from planner.config import Config
from planner.gather.diary import own_calendars
from planner.gather.states import as_it_last_was
from planner.i18n.catalog import Catalog
from planner.members.wishes import personal
from planner.pipeline import PlanResult, Run
from planner.pipeline.facts import SharedFacts
from planner.plan.solved import Solver
from planner.render.digest import DigestBuilder
from planner.render.files import OutputFiles
from planner.store import Member, Store
from planner.weeks import week_of
from spiders.items import SourceReport

LETTER = "letter"
"""The member's small fact that tells what their letter is called."""
State = Literal["published", "unchanged", "nothing", "left", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is done for each member: ``week`` is its name; ``begin``: where the week that runs was never published, its
    rest is planned too; ``refresh``: follow the facts, no new picks. ``reports`` tell how the shared sources fared,
    ``left_out`` how many events found no room in the public calendars."""

    week: str | None
    now: datetime
    begin: bool = False
    refresh: bool = False
    reports: tuple[SourceReport, ...] = ()
    left_out: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one member's week. ``unproven``: whether the solver had no time to prove it; ``fault`` is a code:
    what is told of others names no word of theirs."""

    number: int
    state: State
    unproven: bool = False
    fault: str | None = None


def publish_week(facts: SharedFacts, member: Member, task: Task, solver: Solver) -> Outcome:
    """Raises SolverError, StoreError, ValidationError; nothing is published then."""
    config, store = personal(facts.config, member.wishes), facts.store.of(member.number)
    run = Run(config=config, store=store, now=task.now, shared=facts, solver=solver)
    planned = _planned(run, task)
    if planned is None:
        return Outcome(number=member.number, state="nothing")
    words = Catalog(config.language)
    reports = (*task.reports, *_of_calendars(config, store))
    files = OutputFiles(config=config, words=words, now=task.now).own(planned, reports, task.left_out)
    with store.transaction():
        if not store.is_member():
            return Outcome(number=member.number, state="left")
        if not task.refresh:
            run.keep_own(planned)
            if config.mail is not None:
                store.put_own_fact(LETTER, json.dumps(_letter(config, words, planned, reports), ensure_ascii=False))
        changed = store.put_published({name: (etag_of(body), body) for name, body in files.items()}, task.now)
        store.note_planned(task.now, None)
    unproven = planned.plan.status != "optimal"
    return Outcome(number=member.number, state="published" if changed else "unchanged", unproven=unproven)


def _planned(run: Run, task: Task) -> PlanResult | None:
    span = week_of(task.week, run.now, run.config.zone)
    if task.refresh:
        return run.keep_refreshed(span if task.week else None)
    return run.plan(span, run.rest_before(span, begin=task.begin))


def _of_calendars(config: Config, store: Store) -> Iterator[SourceReport]:
    states = store.diaries() if config.week.busy else {}
    for source in own_calendars(config):
        yield as_it_last_was(source, states.get(source.id))


def _letter(config: Config, words: Catalog, planned: PlanResult, reports: tuple[SourceReport, ...]) -> dict[str, Any]:
    view = DigestBuilder(config, words, for_others=True).view(planned, reports)
    return {
        "week": planned.plan.week.name,
        "subject": words("mail.subject", dates=view.dates, summary=view.summary),
        "empty": not planned.plan.picks,
        "until": planned.plan.week.end.isoformat(),
    }


def etag_of(content: bytes) -> str:
    """The entity tag of a file (RFC 9110, 8.8.3): the same bytes, the same tag, on every machine."""
    return f'"{hashlib.blake2b(content, digest_size=16).hexdigest()}"'
