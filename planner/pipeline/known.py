"""What is known at one moment, rated for one user."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any

from planner.config import Config
from planner.config.source import SourceEntry
from planner.errors import ConfigError
from planner.gather.retired import retired_entries
from planner.i18n.catalog import Catalog
from planner.identity import known_records, load_groups, track_changes, undated_records, with_own_words
from planner.identity.relate import horizon, records_of
from planner.people.acquaintance import Acquaintances, acquaintances_of
from planner.people.book import open_book
from planner.people.person import NOBODY_KNOWN, People
from planner.plan import saved
from planner.plan.circles import Circle, circles
from planner.rating import keywords
from planner.rating.kept_evidence import EvidenceReader
from planner.rating.kept_rating import Rating, from_text, made_of, to_text
from planner.rating.rate import rate
from planner.rating.travel import TravelTimes
from planner.store import Store
from planner.types import Keyword, Rated, TrackedEvent
from planner.weeks import WeekSpan, week_of

_log = logging.getLogger(__name__)

WEEKS_OF_ACQUAINTANCE = 4
"""Whose events stood in the plans of so many weeks is no longer new."""

DAYS_OF_ACQUAINTANCE = 90
"""Rhythms are learnt from so many days back; what ended longer ago is forgotten (``quanzi week``)."""

RATING = "rating"
"""The fact of the store that holds the last one."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the store holds at one moment: read and rated once, when it is first needed. Nothing is written."""

    config: Config
    store: Store
    now: datetime
    planned_alone: bool = False
    """Only picks of plans published for this week and later ones, and their backups: rating all events takes longer
    than anybody waits for a look."""

    alone: frozenset[str] = frozenset()
    """Where there are any: only the events of these ids."""

    @cached_property
    def retired(self) -> tuple[SourceEntry, ...]:
        """Sources that are no longer configured, and whose events are still told, as they were configured."""
        return retired_entries(self.store, self.config)

    @cached_property
    def people(self) -> People:
        """Whom the user knows; nobody where that cannot be read, which the runs that publish tell."""
        try:
            return open_book(Path(self.config.people.file), Catalog(self.config.language)).people
        except ConfigError:
            return NOBODY_KNOWN

    @cached_property
    def acquaintances(self) -> Acquaintances:
        """Whom the user may meet again where, without a name."""
        return acquaintances_of(self.people)

    @cached_property
    def places(self) -> TravelTimes:
        """Ways from home and between events."""
        config, events = self.config, [each.merged.event for each in self._known]
        return TravelTimes(config.home, config.city, config.timezone, events)

    @cached_property
    def _known(self) -> list[TrackedEvent]:
        """All events of the horizon with a time."""
        if self.alone:
            return self._tracked(list(chain.from_iterable(self.store.records_of_events(self.alone).values())))
        records = known_records(self.config, self.store, self.now)
        if self.planned_alone:
            planned = self._planned()
            records = [each for each in records if each.event_id in planned or each.event.notice]
        return self._tracked(records)

    def _planned(self) -> set[str]:
        """The ids of picks and backups from this week on."""
        bodies = self.store.plans_since(self.this_week.name).values()
        picks = [pick for body in bodies for pick in (*body["picks"], *body.get("off", ()))]
        return {name for pick in picks for name in (pick["id"], pick.get("runner_up")) if name}

    @cached_property
    def _evidence(self) -> EvidenceReader:
        """What announcements say of themselves: what earlier runs read is not read again."""
        return EvidenceReader(self.store.evidence())

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """All events of the horizon with a time, classified and scored."""
        return self._rating.rated

    @cached_property
    def _rating(self) -> Rating:
        """What an earlier run kept of it, where that is made of the same."""
        tracked, config = self._known, self._with_retired(self.config)
        wanted = made_of(tracked, config, self.store.feedback(), self._planned_lately)
        kept = from_text(self.store.own_fact(RATING), wanted, tracked)
        if kept is not None:
            return kept
        rated = self._rate(tracked, self.config)
        return Rating(made_of=wanted, rated=rated, caught=keywords.catches(self.config, rated))

    def _keep_rating(self) -> None:
        """Keep it for the next run. Write inside ``transaction``."""
        if not (self._rating.is_kept or self.alone or self.planned_alone):
            self.store.put_own_fact(RATING, to_text(self._rating))

    @cached_property
    def undated(self) -> tuple[Rated, ...]:
        """Events that no source gives a time, of those that sources spoke of lately."""
        return self._rate(self._tracked(undated_records(self.config, self.store, self.now)), self.config)

    @cached_property
    def circles(self) -> tuple[Circle, ...]:
        """The communities behind all events that are remembered, those that are over included."""
        since, _ = horizon(self.now)
        older = records_of(self.config, self.store, self.now - timedelta(days=DAYS_OF_ACQUAINTANCE), since)
        begun = [each.event for each in older if each.event.start is not None and each.event.start < since]
        return circles(self.rated, begun, self.now, self.config.zone)

    @cached_property
    def _keywords(self) -> list[Keyword]:
        """The keywords of the configuration, with what each has caught so far."""
        caught = zip(self._rating.rated, self._rating.caught, strict=True)
        return keywords.followed(self.config, self.store.keywords(), caught, self.now)

    @property
    def today(self) -> date:
        """The user's day."""
        return self.now.astimezone(self.config.zone).date()

    @cached_property
    def this_week(self) -> WeekSpan:
        """The week that runs."""
        return week_of("this", self.now, self.config.zone)

    def week_with(self, rated: Rated) -> WeekSpan | None:
        """The week that an event is, or would be, planned in; None without a time."""
        plans = self.store.plans_since(self.this_week.name)
        for name, body in plans.items():  # what is open for days is planned on one of them
            if rated.id in saved.published_of(body):
                return week_of(name, self.now, self.config.zone)
        start = rated.event.start
        return None if start is None else week_of("this", start, self.config.zone)

    def _tracked(self, records: Sequence[Any]) -> list[TrackedEvent]:
        groups = with_own_words(load_groups(records, self.config.zone), self.store.own_words())
        tracked, _, _ = track_changes(groups, self.store.event_states(), self.now)
        _log.info("%d records, %d events", len(records), len(tracked))
        return tracked

    def _rate(self, tracked: Iterable[TrackedEvent], config: Config) -> tuple[Rated, ...]:
        """Classify and score with what the store knows of feedback and of the last weeks."""
        config, planned = self._with_retired(config), self._planned_lately
        return tuple(
            rate(tracked, config, self.places, feedback=self.store.feedback(), planned=planned, read=self._evidence)
        )

    @cached_property
    def _planned_lately(self) -> set[str]:
        """The ids of events that stood in the plans of the last weeks."""
        lately = self.store.plans_since(self.this_week.shifted(-WEEKS_OF_ACQUAINTANCE).name)
        return {pick["id"] for name, body in lately.items() if name < self.this_week.name for pick in body["picks"]}

    def _with_retired(self, config: Config) -> Config:
        return config.model_copy(update={"sources": (*config.sources, *self.retired)})
