"""How an organisation fares: jobs that wait, stall or failed; sources that are late; members without a plan. No word of
anybody's week."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from planner.config import Config
from planner.gather import own_calendars, sources_of
from planner.gather.due import asked_next, is_gone
from planner.store import Member, SourceState, Store
from spiders.items import Source

LATE = timedelta(hours=48)
"""A source that should have been asked so long ago: nobody crawls, or one host holds up many."""
A_WEEK = timedelta(days=8)
"""Members are planned once a week; whoever joined lately waits for the first time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueState:
    """Jobs by queue and state (todo, doing, failed ...), and how many are ``stalled``: their workers gave no sign."""

    jobs: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    stalled: int = 0

    @property
    def failed(self) -> int:
        """Jobs that were tried as often as may be, of the last days."""
        return sum(each.get("failed", 0) for each in self.jobs.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """``queue`` is None where there is none (one machine); ``late`` are ids of sources; of members, how many there are,
    how many have no plan of the last week, and whose last try failed."""

    queue: QueueState | None
    sources: int
    late: tuple[str, ...]
    members: int
    without_plan: int
    failed: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nobody has to act."""
        trouble = self.queue is not None and (self.queue.stalled or self.queue.failed)
        return not (trouble or self.late or self.without_plan or self.failed)


def standing(config: Config, store: Store, now: datetime, queue: QueueState | None) -> Standing:
    """How it fares at this moment."""
    states, members = store.sources(), store.members()
    own = {source.id for source in own_calendars(config)}
    sources = [source for source in sources_of(config) if source.url is not None and source.id not in own]
    return Standing(
        queue=queue,
        sources=len(sources),
        late=tuple(source.id for source in sources if _is_late(source, states.get(source.id), now)),
        members=len(members),
        without_plan=sum(_has_none(member, now) for member in members),
        failed=tuple(member.name for member in members if member.fault is not None),
    )


def _is_late(source: Source, state: SourceState | None, now: datetime) -> bool:
    if state is None or is_gone(source, state):
        return state is None
    return max(filter(None, (state.tried, asked_next(state)))) < now - LATE


def _has_none(member: Member, now: datetime) -> bool:
    return (member.planned or member.joined) < now - A_WEEK
