"""What each kind of job does. Their arguments are ids, names of weeks and moments: they are kept in the clear.

Each may be done twice: the same facts give the same bytes, and what is published already stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.config import Config
from planner.gather import Wish, gather, own_calendars, remembered, sources_of
from planner.gather.due import asked_next
from planner.identity import reconcile
from planner.members.diaries import gather_diaries
from planner.members.everyone import outcomes
from planner.members.letters import send_letters
from planner.members.weekly import Outcome, Task
from planner.pipeline.facts import SharedFacts
from planner.plan.solve import SolverProcess
from planner.store import SourceState, Store
from planner.store.shown import files_written
from spiders.buckets import bucket_of
from spiders.hosts import host_of
from spiders.items import Source

BUCKETS = 64
"""So many crawls can run at once, each of hosts of its own."""
MEMBERS_A_JOB = 100
OFTEN_ENOUGH = timedelta(hours=20)
"""A source that answered well is asked again after so long."""


@dataclass(frozen=True, slots=True)
class Area:
    """An organisation's configuration as it stands, and its store, open."""

    config: Config
    store: Store


# Crawling.


def due_buckets(area: Area, now: datetime) -> tuple[int, ...]:
    """The buckets with sources whose time has come."""
    states = area.store.sources()
    return tuple(sorted({_bucket(source) for source in _on_the_web(area.config) if is_due(states.get(source.id), now)}))


def is_due(state: SourceState | None, now: datetime) -> bool:
    """Whether a source is to be asked again; who failed, at the time that is kept for it."""
    if state is None:
        return True
    if state.outcome == "failed":
        return (asked_next(state) or state.tried + OFTEN_ENOUGH) <= now
    return now - state.tried >= OFTEN_ENOUGH or now < state.tried


def crawl_bucket(area: Area, bucket: int, now: datetime) -> int:
    """Ask the sources of one bucket whose time has come; -> how many were asked. Every host is in one bucket alone, and
    a bucket is crawled once at a time: no host is asked twice at once."""
    states = area.store.sources()
    due = {
        source.id
        for source in _on_the_web(area.config)
        if _bucket(source) == bucket and is_due(states.get(source.id), now)
    }
    if due:
        gather(area.config, area.store, now, among=due)
    return len(due)


def relate(area: Area, now: datetime) -> None:
    """Decide which records are one event, on the days where something changed."""
    reconcile(area.config, area.store, now)


def _on_the_web(config: Config) -> list[Source]:
    own = {source.id for source in own_calendars(config)}
    return [source for source in sources_of(config) if source.url is not None and source.id not in own]


def _bucket(source: Source) -> int:
    return bucket_of(host_of(source.url or ""), BUCKETS)


# Planning.


def batches(numbers: Sequence[int]) -> Iterable[list[int]]:
    """Members, job by job."""
    for start in range(0, len(numbers), MEMBERS_A_JOB):
        yield list(numbers[start : start + MEMBERS_A_JOB])


def read_diaries(area: Area, now: datetime, *, refresh: bool) -> None:
    """Ask the own calendars of all members."""
    with area.store.transaction():
        area.store.drop_leftovers()
    members = area.store.members()
    gather_diaries(area.config, area.store, members, now, offline=False, wish=Wish(insist=not refresh))


def plan_members(area: Area, numbers: Sequence[int], now: datetime, *, refresh: bool) -> list[Outcome]:
    """Plan, or refresh, and publish for these members; one member's fault costs that member."""
    own = {source.id for source in own_calendars(area.config)}
    written = files_written(area.store)
    task = Task(
        week=None,
        now=now,
        begin=True,
        refresh=refresh,
        reports=tuple(report for report in remembered(area.config, area.store) if report.source not in own),
        left_out={} if written is None else written.left_out,
    )
    with SolverProcess() as solver:
        facts = SharedFacts(config=area.config, store=area.store, now=now)
        return list(outcomes(facts, numbers, task, solver))


def send(area: Area, numbers: Sequence[int], now: datetime) -> int:
    """Send these members their letters; -> how many failed. What was sent is not sent again."""
    members = area.store.members(numbers)
    return sum(sent.state == "failed" for _, sent in send_letters(area.config, area.store, members, now))
