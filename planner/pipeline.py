"""The weekly and the daily job between gathering and publishing: what is known is rated once, planned, and kept.

Each step takes the moment of its `Run`; none asks the clock. What is published is kept by whoever publishes it
(`Run.keep_published`), once the files are in place; a plan that was only looked at is kept as a trial.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from planner.config import Config
from planner.config.source import SourceEntry
from planner.gather import NO_WISH, Gathered, Progress, Wish, busy_sources, gather, sources_of
from planner.gather.health import SourceHealth, source_health
from planner.gather.retired import retired_entries
from planner.identity import known_records, load_groups, reconcile, track_changes, undated_records, with_own_words
from planner.plan import keyword_effect, saved
from planner.plan.candidates import Exclusion, FreeHours, usual_end
from planner.plan.codes import Note
from planner.plan.communities import NO_COMMUNITIES, Communities, communities_of, names_of
from planner.plan.doubts import doubts_of
from planner.plan.history import WEEKS_REMEMBERED, PlanHistory, history_of
from planner.plan.proposal import Wanted, propose, with_clients
from planner.plan.unfit import UnfitPick, unfit_picks
from planner.plan.week import Pick, WeekPlan
from planner.rating import keywords
from planner.rating.kept_evidence import EvidenceReader
from planner.rating.rate import rate
from planner.rating.travel import TravelTimes
from planner.store import Store
from planner.store.shown import keep_ids_in_public, public_notes, shown_in_public
from planner.types import DECLINING, Interval, Keyword, Rated, TrackedEvent
from planner.weeks import WeekSpan, week_of
from spiders.reasons import Reason

_log = logging.getLogger(__name__)

WEEKS_OF_ACQUAINTANCE = 4
"""Whose events stood in the plans of so many weeks is no longer new."""
WEEKS_STILL_SHOWN = 5
"""Published plans of so many weeks back stand in the calendar of the plan, so that nothing falls out of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A plan with all that publishing it needs.

    ``body`` is the plan as it is kept (`planner.plan.saved`), ``changes`` tells what is new since the plan that people
    know. ``aside`` are picks that were called off or moved out of
    the week, ``dropped`` the ids of all that people know and that is no pick any more, ``unfit_picks`` are picks that
    their changes made unfit, ``earlier`` holds the published plans of other weeks that subscribers may still show, by
    week. ``edit`` says what editing keywords did since the last plan; None where none was edited.
    ``communities`` and ``silent`` tell of people and of sources; ``shown`` are the ids that the public calendars hold,
    None where that is not known; ``public_notes`` the keys of the user's own notes that may stand there; ``undated``
    are events that no source gives a time. ``retired`` are sources that were taken out of the configuration, of which
    events are still told.
    """

    plan: WeekPlan
    rated: tuple[Rated, ...]
    body: Mapping[str, Any] = field(default_factory=dict)
    changes: tuple[Mapping[str, str], ...] = ()
    dropped: tuple[str, ...] = ()
    aside: tuple[Pick, ...] = ()
    unfit_picks: tuple[UnfitPick, ...] = ()
    earlier: Mapping[str, Any]
    edit: keyword_effect.Effect | None = None
    communities: Communities = NO_COMMUNITIES
    silent: tuple[SourceHealth, ...] = ()
    shown: frozenset[str] | None = None
    public_notes: frozenset[str] = frozenset()
    undated: tuple[Rated, ...] = ()
    retired: tuple[SourceEntry, ...] = ()


def gather_step(
    config: Config,
    store: Store,
    now: datetime,
    *,
    offline: bool,
    hosts: Mapping[str, int] | None = None,
    progress: Progress | None = None,
    accept_losses: bool = False,
    wish: Wish = NO_WISH,
) -> Gathered:
    """Read all sources, then decide which records are one event and how each event lives on."""
    gathered = gather(
        config, store, now, offline=offline, hosts=hosts, progress=progress, accept_losses=accept_losses, wish=wish
    )
    reconcile(config, store, now)
    return gathered


@dataclass(frozen=True, kw_only=True)
class Run:
    """One run over what the store holds at one moment: everything is read and rated once, when it is first needed.

    Begin a new one after gathering; methods named ``keep...`` write, the others do not.
    """

    config: Config
    store: Store
    now: datetime

    @cached_property
    def retired(self) -> tuple[SourceEntry, ...]:
        """Sources that are no longer configured, and whose events are still told, as they were configured."""
        return retired_entries(self.store, self.config)

    @cached_property
    def places(self) -> TravelTimes:
        """Ways from home and between events."""
        config, events = self.config, [each.merged.event for each in self._known]
        return TravelTimes(config.home, config.city, config.timezone, events)

    @cached_property
    def _known(self) -> list[TrackedEvent]:
        """All events of the horizon with a time."""
        return self._tracked(known_records(self.config, self.store, self.now))

    @cached_property
    def _evidence(self) -> EvidenceReader:
        """What announcements say of themselves: what earlier runs read is not read again."""
        return EvidenceReader(self.store.evidence())

    @cached_property
    def rated(self) -> tuple[Rated, ...]:
        """All events of the horizon with a time, classified and scored."""
        return self._rate(self._known, self.config)

    @cached_property
    def undated(self) -> tuple[Rated, ...]:
        """Events that no source gives a time, of those that sources spoke of lately."""
        return self._rate(self._tracked(undated_records(self.config, self.store, self.now)), self.config)

    @cached_property
    def _keywords(self) -> list[Keyword]:
        """The keywords of the configuration, with what each has caught so far."""
        return keywords.followed(self.config, self.store.keywords(), self.rated, self.now)

    @cached_property
    def _this_week(self) -> WeekSpan:
        return week_of("this", self.now, self.config.zone)

    def _tracked(self, records: Sequence[Any]) -> list[TrackedEvent]:
        groups = with_own_words(load_groups(records, self.config.zone), self.store.own_words())
        tracked, _, _ = track_changes(groups, self.store.event_states(), self.now)
        _log.info("%d records, %d events", len(records), len(tracked))
        return tracked

    def _rate(self, tracked: Iterable[TrackedEvent], config: Config) -> tuple[Rated, ...]:
        """Classify and score with what the store knows of feedback and of the last weeks."""
        lately = self.store.plans_since(self._this_week.shifted(-WEEKS_OF_ACQUAINTANCE).name)
        planned = {pick["id"] for name, body in lately.items() if name < self._this_week.name for pick in body["picks"]}
        config = config.model_copy(update={"sources": (*config.sources, *self.retired)})
        return tuple(
            rate(tracked, config, self.places, feedback=self.store.feedback(), planned=planned, read=self._evidence)
        )

    # Planning.

    def plan(self, week: WeekSpan) -> PlanResult:
        """The best week as the facts stand, beside the published one. The same facts give the same plan."""
        plan = self.solve(week)
        silent = keyword_effect.silent_notes(self._keywords, self.rated, self.now)
        plan = replace(plan, notes=(*plan.notes, *silent))
        body = saved.to_saved(plan, self.store.plan(week.name), self.rated)
        return replace(self._result(plan, body), edit=self._effect_of_edit(plan))

    def solve(self, week: WeekSpan, config: Config | None = None, rated: Sequence[Rated] | None = None) -> WeekPlan:
        """The best week, for this configuration and these events or for others. Raises SolverError."""
        wanted = self._wanted(week, config or self.config, self.rated if rated is None else rated)
        return propose(wanted, self.places, past=self.history(week), notes=self._notes(week, wanted.config))

    def history(self, week: WeekSpan) -> PlanHistory:
        """What the published plans before ``week`` ask of it."""
        return history_of(self.store.plans_since(week.shifted(-WEEKS_REMEMBERED).name), week)

    def _notes(self, week: WeekSpan, config: Config) -> list[Reason]:
        notes = [] if FreeHours(config, week).holidays_known else [Reason(Note.HOLIDAYS_UNKNOWN)]
        if config.home and not self.places.home_understood:
            notes.append(Reason(Note.HOME_UNKNOWN, about=config.home))
        states = self.store.sources()
        if any(source.id not in states or states[source.id].outcome == "failed" for source in busy_sources(config)):
            notes.append(Reason(Note.BUSY_FAILED))
        return [*notes, *doubts_of(config, self.rated)]

    def _wanted(self, week: WeekSpan, config: Config, rated: Sequence[Rated]) -> Wanted:
        published = saved.published_of(self.store.plan(week.name))
        declined = {given.event for given in self.store.feedback() if given.verdict in DECLINING}
        return Wanted(
            week=week,
            rated=rated,
            config=config,
            now=self.now,
            busy=self._busy(week),
            published=published,
            declined=declined,
        )

    def _busy(self, week: WeekSpan) -> list[Interval]:
        """The hours of the user's own calendars."""
        own = {source.id for source in busy_sources(self.config)}
        records = self.store.records(week.start - timedelta(days=2), week.end) if own else ()
        return [
            (event.start, event.end or usual_end(event.start))
            for event in (record.event for record in records if record.source in own)
            if event.start and not event.all_day and event.status != "cancelled"
        ]

    def _effect_of_edit(self, plan: WeekPlan) -> keyword_effect.Effect | None:
        """What editing keywords did: the plan beside the one that the old keywords would give, all else being equal."""
        known = self.store.keywords()
        words = keywords.edits(self.config, known)
        if not words:
            return None
        old = keywords.before_edit(self.config, known)
        before = self.solve(plan.week, old, self._rate((each.tracked for each in self.rated), old))
        return keyword_effect.effect(words, before, plan)

    # Plans that are kept.

    def trial(self, week: WeekSpan) -> PlanResult | None:
        """The last trial of a week with the events as they stand now; None where there is none."""
        body = self.store.trial(week.name)
        return (
            None if body is None else self._restored(saved.promoted(body, self.store.plan(week.name), self.rated), week)
        )

    def published(self, week: WeekSpan) -> PlanResult | None:
        """The published plan of a week with the events as they stand now; None where there is none."""
        body = self.store.plan(week.name)
        return None if body is None else self._restored(body, week)

    def picked_ids(self) -> frozenset[str]:
        """The ids of the events that the published plans of this week and later hold, but for what was called off."""
        plans = self.store.plans_since(self._this_week.name)
        return frozenset(str(pick["id"]) for body in plans.values() for pick in body["picks"])

    def keep_trial(self, result: PlanResult) -> None:
        """Keep a plan that was only looked at, and its keywords: the next one tells what an edit did. Nothing of it
        counts as published."""
        with self.store.transaction():
            self.store.put_trial(result.plan.week.name, result.body, self.now)
            self.store.put_keywords(self._keywords)
            self.store.put_evidence(self._evidence.made, self.now)

    def keep_published(self, result: PlanResult, public: Collection[str]) -> None:
        """Keep what people were just shown: the plan, its keywords, the ids in the public calendars."""
        with self.store.transaction():
            self.store.put_plan(result.plan.week.name, result.body, self.now)
            self.store.drop_trial(result.plan.week.name)
            self.store.put_keywords(self._keywords)
        self.keep_shown(public)

    def keep_shown(self, public: Collection[str]) -> None:
        """Keep the ids that the public calendars hold now, and the communities that were heard of."""
        with self.store.transaction():
            self.store.put_communities(names_of(self.rated), self.now)
            self.store.put_evidence(self._evidence.made, self.now)
            self.store.forget_evidence(self._evidence.used, self.now)
            keep_ids_in_public(self.store, public)

    def keep_refreshed(self, week: WeekSpan | None) -> PlanResult | None:
        """Let the published plans from last week on follow the facts, without new picks.

        -> the plan of ``week``, or of the week that people look at now; None where nothing was planned yet.
        """
        this = self._this_week
        with self.store.transaction():
            for name, body in self.store.plans_since(this.shifted(-1).name).items():
                self.store.put_plan(name, saved.refreshed(body, self.rated), self.now)
        wanted = (
            [week] if week else [week_of(None, self.now, self.config.zone), this, this.shifted(1), this.shifted(-1)]
        )
        return next((found for span in wanted if (found := self.published(span)) is not None), None)

    def _restored(self, body: Mapping[str, Any], week: WeekSpan) -> PlanResult:
        wanted = self._wanted(week, self.config, self.rated)
        candidates, _ = wanted.selected()
        blocks = saved.blocks_from(body, week.zone)
        if blocks is None or self.config.seller != "key-account":  # kept before blocks were, or with another preset
            blocks = wanted.blocks(
                [pick.candidate for pick in saved.picks_from(body, self.rated, week.zone)], candidates
            )
        candidates, exclusions = wanted.selected(blocks)
        plan = saved.restored(body, week, self.rated, candidates, exclusions)
        return self._result(with_clients(plan, blocks, wanted) if blocks else plan, body, exclusions)

    def _result(self, plan: WeekPlan, body: Mapping[str, Any], exclusions: Sequence[Exclusion] = ()) -> PlanResult:
        """``exclusions`` are those of now, where the plan was made before."""
        week, picked = plan.week, {pick.candidate.id for pick in plan.picks}
        kept = saved.picks_from(body, self.rated, week.zone, with_off=True)
        others = self.store.plans_since(week.shifted(-WEEKS_STILL_SHOWN).name)
        ids = [source.id for source in sources_of(self.config)]
        heard = dict.fromkeys(names_of(self.rated), self.now) | self.store.communities()
        return PlanResult(
            plan=plan,
            rated=self.rated,
            body=body,
            changes=tuple(body["changes"]),
            dropped=tuple(sorted(saved.ids_of(body) - picked)),
            aside=tuple(pick for pick in kept if pick.candidate.id not in picked),
            unfit_picks=unfit_picks(kept, week, exclusions, self.places, self.now),
            earlier={name: other for name, other in others.items() if name != week.name},
            communities=communities_of(plan, self.rated, self.history(week), heard),
            silent=source_health(ids, self.store.sources(), self.store.last_seen_of_sources(), week.start),
            shown=shown_in_public(self.store),
            public_notes=public_notes(self.store),
            undated=self.undated,
            retired=self.retired,
        )
