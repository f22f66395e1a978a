"""What all persons share at one moment: read, told apart and judged once, however many weeks are planned from it."""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from itertools import chain

from planner.config import Config
from planner.config.source import SourceEntry
from planner.gather.retired import retired_entries
from planner.identity import known_records, load_groups, track_changes, undated_records, with_own_words
from planner.identity.relate import horizon, records_of
from planner.plan.circles import Outline, outlines
from planner.rating.kept_evidence import EvidenceReader
from planner.rating.rate import Assessed, assess
from planner.rating.travel import LocalMap
from planner.store import SourceState, Store
from planner.store.steady import found_steady
from planner.store.values import LastSeen
from planner.types import Record, TrackedEvent
from spiders.items import Event

_log = logging.getLogger(__name__)

DAYS_OF_ACQUAINTANCE = 90
"""Rhythms are learnt from so many days back; what ended longer ago is forgotten (``quanzi week``)."""


@dataclass(frozen=True, kw_only=True)
class SharedFacts:
    """The facts of one area: of ``config`` its sources, its city and its zone count, nobody's wishes. Each part is read
    when it is first needed; nothing is written."""

    config: Config
    store: Store
    now: datetime

    @cached_property
    def retired(self) -> tuple[SourceEntry, ...]:
        """Sources that are no longer configured, and whose events are still told, as they were configured."""
        return retired_entries(self.store, self.config)

    @cached_property
    def records(self) -> list[Record]:
        """What is said of the time that events are known of."""
        return known_records(self.config, self.store, self.now)

    @cached_property
    def tracked(self) -> tuple[TrackedEvent, ...]:
        """All events of the horizon with a time."""
        return self.tracked_of(self.records)

    @cached_property
    def undated(self) -> tuple[TrackedEvent, ...]:
        """Events that no source gives a time, of those that sources spoke of lately."""
        return self.tracked_of(undated_records(self.config, self.store, self.now))

    def tracked_of(self, records: Sequence[Record]) -> tuple[TrackedEvent, ...]:
        """The events that these records tell, as they stand now."""
        groups = with_own_words(load_groups(records, self.config.zone), self.store.own_words())
        tracked, _, _ = track_changes(groups, self.store.event_states(), self.now)
        _log.info("%d records, %d events", len(records), len(tracked))
        return tuple(tracked)

    def tracked_by_id(self, ids: Collection[str]) -> tuple[TrackedEvent, ...]:
        """The events of these ids alone."""
        return self.tracked_of(list(chain.from_iterable(self.store.records_of_events(ids).values())))

    @cached_property
    def evidence(self) -> EvidenceReader:
        """What announcements say of themselves: what earlier runs read is not read again."""
        return EvidenceReader(self.store.evidence())

    @cached_property
    def assessed(self) -> Assessed:
        """All events of the horizon with a time, and what they are to anybody."""
        return assess(self.tracked, self.config.zone, self.evidence)

    @cached_property
    def assessed_undated(self) -> Assessed:
        """The same of those without one."""
        return assess(self.undated, self.config.zone, self.evidence)

    @cached_property
    def map(self) -> LocalMap:
        """Where the events are."""
        return LocalMap(self.config.city, self.config.timezone, [each.merged.event for each in self.tracked])

    @cached_property
    def begun(self) -> tuple[Event, ...]:
        """What began before the horizon and is remembered: rhythms are learnt from it."""
        since, _ = horizon(self.now)
        older = records_of(self.config, self.store, self.now - timedelta(days=DAYS_OF_ACQUAINTANCE), since)
        return tuple(each.event for each in older if each.event.start is not None and each.event.start < since)

    @cached_property
    def outlines(self) -> tuple[Outline, ...]:
        """The communities behind all events that are remembered, those that are over included."""
        return outlines(self.tracked, self.begun, self.now, self.config.zone)

    @cached_property
    def sources(self) -> Mapping[str, SourceState]:
        """How every source fared that was ever read."""
        return self.store.sources()

    @cached_property
    def last_seen(self) -> Mapping[str, LastSeen]:
        """When each source last said anything."""
        return self.store.last_seen_of_sources()

    @cached_property
    def communities(self) -> Mapping[str, datetime]:
        """When each community was first heard of."""
        return self.store.communities()

    @cached_property
    def steady(self) -> Mapping[str, datetime]:
        """When whose rhythm was found."""
        return found_steady(self.store)
