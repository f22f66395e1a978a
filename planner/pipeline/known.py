"""What is known at one moment, rated for one user."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from pathlib import Path

from planner.config import Config
from planner.errors import ConfigError
from planner.i18n.catalog import Catalog
from planner.people.acquaintance import Acquaintances, acquaintances_of
from planner.people.book import open_book
from planner.people.person import NOBODY_KNOWN, People
from planner.pipeline.facts import SharedFacts
from planner.plan import saved
from planner.plan.circles import Circle, circles, circles_of
from planner.rating import keywords
from planner.rating.kept_rating import Rating, from_text, made_of, to_text
from planner.rating.rate import Assessed, RatedEvents, assess, rate
from planner.rating.travel import TravelTimes
from planner.store import THE_KEEPER, Store
from planner.types import Keyword, Rated, TrackedEvent
from planner.weeks import WeekSpan, week_of

WEEKS_OF_ACQUAINTANCE = 4
"""Whose events stood in the plans of so many weeks is no longer new."""

RATING = "rating"
"""The fact of the store that holds the last one."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What the store holds at one moment for one person: read and rated once, when it is first needed. Nothing is
    written."""

    config: Config
    store: Store
    now: datetime
    planned_alone: bool = False
    """Only picks of plans published for this week and later ones, and their backups: rating all events takes longer
    than anybody waits for a look."""

    alone: frozenset[str] = frozenset()
    """Where there are any: only the events of these ids."""

    shared: SharedFacts | None = None
    """What was read for others at the same moment."""

    @cached_property
    def facts(self) -> SharedFacts:
        """What all persons share."""
        return self.shared or SharedFacts(config=self.config, store=self.store, now=self.now)

    @cached_property
    def people(self) -> People:
        """Whom the keeper of the store knows; nobody where that cannot be read, which the runs that publish tell. Of
        whom others know nothing is kept here."""
        if self.store.person != THE_KEEPER:
            return NOBODY_KNOWN
        try:
            return open_book(Path(self.config.people.file), Catalog(self.config.language)).people
        except ConfigError:
            return NOBODY_KNOWN

    @cached_property
    def acquaintances(self) -> Acquaintances:
        """Whom the user may meet again where, without a name."""
        return acquaintances_of(self.people)

    @property
    def _is_whole(self) -> bool:
        """Whether all events of the horizon are looked at."""
        return not (self.alone or self.planned_alone)

    @cached_property
    def places(self) -> TravelTimes:
        """Ways from home and between events."""
        if self._is_whole:
            return TravelTimes(self.config.home, self.facts.map)
        events = [each.merged.event for each in self._tracked]
        return TravelTimes.of(self.config.home, self.config.city, self.config.timezone, events)

    @cached_property
    def _tracked(self) -> tuple[TrackedEvent, ...]:
        """All events of the horizon with a time, or the few that are wanted."""
        if self.alone:
            return self.facts.tracked_by_id(self.alone)
        if self.planned_alone:
            planned = self._planned()
            records = [each for each in self.facts.records if each.event_id in planned or each.event.notice]
            return self.facts.tracked_of(records)
        return self.facts.tracked

    @cached_property
    def _assessed(self) -> Assessed:
        if self._is_whole:
            return self.facts.assessed
        return assess(self._tracked, self.config.zone, self.facts.evidence)

    def _planned(self) -> set[str]:
        """The ids of picks and backups from this week on."""
        bodies = self.store.plans_since(self.this_week.name).values()
        picks = [pick for body in bodies for pick in (*body["picks"], *body.get("off", ()))]
        return {name for pick in picks for name in (pick["id"], pick.get("runner_up")) if name}

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """All events of the horizon with a time, classified and scored."""
        return self._rating.rated

    @cached_property
    def _rating(self) -> Rating:
        """What an earlier run kept of it, where that is made of the same."""
        if self.store.person != THE_KEEPER:  # reading what was kept for each of many costs more than rating anew
            return self._rate_anew("")
        config = self._with_retired(self.config)
        wanted = made_of(self._tracked, config, self.store.feedback(), self._planned_lately)
        kept = from_text(self.store.own_fact(RATING), wanted, self._tracked)
        return kept or self._rate_anew(wanted)

    def _rate_anew(self, wanted: str) -> Rating:
        made = self._rate(self._assessed, self.config)
        return Rating(made_of=wanted, rated=made.rated, caught=made.caught)

    def _keep_rating(self) -> None:
        """Keep it for the next run. Write inside ``transaction``."""
        if self._is_whole and not self._rating.is_kept:
            self.store.put_own_fact(RATING, to_text(self._rating))

    @cached_property
    def undated(self) -> tuple[Rated, ...]:
        """Events that no source gives a time, of those that sources spoke of lately."""
        return self._rate(self.facts.assessed_undated, self.config).rated

    @cached_property
    def circles(self) -> tuple[Circle, ...]:
        """The communities behind all events that are remembered, those that are over included."""
        if self._is_whole:
            return circles_of(self.facts.outlines, self.rated, self.config.zone)
        return circles(self.rated, self.facts.begun, self.now, self.config.zone)

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

    def _rate(self, assessed: Assessed, config: Config) -> RatedEvents:
        """Classify and score with what the store knows of feedback and of the last weeks."""
        config, planned = self._with_retired(config), self._planned_lately
        return rate(assessed, config, self.places, feedback=self.store.feedback(), planned=planned)

    @cached_property
    def _planned_lately(self) -> set[str]:
        """The ids of events that stood in the plans of the last weeks."""
        lately = self.store.plans_since(self.this_week.shifted(-WEEKS_OF_ACQUAINTANCE).name)
        return {pick["id"] for name, body in lately.items() if name < self.this_week.name for pick in body["picks"]}

    def _with_retired(self, config: Config) -> Config:
        return config.model_copy(update={"sources": (*config.sources, *self.facts.retired)})
