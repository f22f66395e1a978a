"""One run: gathering, planning, and keeping what was planned."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from planner.config import Config
from planner.gather import NO_WISH, Gathered, Progress, Wish, gather, own_calendars, sources_of
from planner.gather.health import source_health
from planner.identity import reconcile
from planner.pipeline.company import Company
from planner.pipeline.result import PlanResult
from planner.plan import keyword_effect, saved
from planner.plan.again import with_meetings
from planner.plan.busy import Busy, busy_hours
from planner.plan.candidates import Exclusion, FreeHours
from planner.plan.codes import Note
from planner.plan.communities import names_of
from planner.plan.doubts import doubts_of
from planner.plan.history import WEEKS_REMEMBERED, PlanHistory, history_of
from planner.plan.named import keep_named
from planner.plan.proposal import Wanted, propose, with_clients
from planner.plan.shortage import with_advice
from planner.plan.solve import solve_apart
from planner.plan.solved import RememberingSolver, Solver
from planner.plan.unfit import unfit_picks
from planner.plan.week import WeekPlan
from planner.rating import keywords
from planner.store import THE_KEEPER, Store
from planner.store.shown import keep_ids_in_public, public_notes, shown_in_public
from planner.store.steady import keep_steady
from planner.types import DECLINING, Rated
from planner.weeks import WeekSpan, week_of
from spiders.reasons import Reason

SOLVED = "solved"
"""The fact of the store that holds the solutions of the last plans."""
WEEKS_STILL_SHOWN = 5
ARRIVALS_TOLD = timedelta(days=7)
"""Published plans of so many weeks back stand in the calendar of the plan, so that nothing falls out of it."""


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
class Run(Company):
    """One run over what the store holds at one moment. Begin a new one after gathering; methods named ``keep...``
    write, the others do not. ``solver`` solves what was not solved before."""

    solver: Solver = solve_apart

    # Planning.

    def plan(self, week: WeekSpan, rest: PlanResult | None = None) -> PlanResult:
        """The best week as the facts stand, beside the published one. The same facts give the same plan.

        ``rest`` is the plan of the week that runs, where that is an earlier one (`rest_before`).
        """
        plan = self.solve(week, rest=rest)
        silent = keyword_effect.silent_notes(self._keywords, self.rated, self.now)
        earlier = self.store.plans_since(week.shifted(-WEEKS_REMEMBERED).name)
        earlier |= {rest.plan.week.name: rest.body} if rest else {}
        notes = with_advice(plan.notes, week, earlier, self.config, empty=not plan.picks)
        plan = replace(plan, notes=(*notes, *silent))
        body = saved.to_saved(plan, self.store.plan(week.name), self.rated)
        return replace(self._result(plan, body), edit=self._effect_of_edit(plan, rest), rest=rest)

    def rest_before(self, week: WeekSpan, *, begin: bool = False, on_trial: bool = False) -> PlanResult | None:
        """The plan of the week that runs, where ``week`` is a later one, so that nothing of it is lost from sight.

        ``begin``: where it was never published, its rest is planned now; ``on_trial``: what was last tried goes before
        what is published. None where there is no such plan.
        """
        this = self.this_week
        if week.monday <= this.monday:
            return None
        found = (self._on_trial(this) if on_trial else None) or self._as_published(this)
        found = found or (self.plan(this) if begin else None)
        return found and self._still_to_come(found)

    def _still_to_come(self, result: PlanResult) -> PlanResult:
        """The plan of a week without what is over; its body stays whole."""
        picks = tuple(pick for pick in result.plan.picks if pick.candidate.end > self.now)
        coming = {each.candidate.rated.event.title for each in (*picks, *result.aside) if each.candidate.end > self.now}
        changes = tuple(change for change in result.changes if change["title"] in coming)
        return replace(result, plan=replace(result.plan, picks=picks), changes=changes)

    def solve(
        self,
        week: WeekSpan,
        config: Config | None = None,
        rated: Sequence[Rated] | None = None,
        rest: PlanResult | None = None,
    ) -> WeekPlan:
        """The best week, for this configuration and these events or for others. Raises SolverError."""
        wanted = self._wanted(week, config or self.config, self.rated if rated is None else rated)
        notes = self._notes(week, wanted.config)
        return propose(wanted, self.places, past=self.history(week, rest), notes=notes, solver=self._solver)

    @cached_property
    def _solver(self) -> RememberingSolver:
        known = self.store.own_fact(SOLVED) if self.store.person == THE_KEEPER else None
        return RememberingSolver(known, self.solver)

    def history(self, week: WeekSpan, rest: PlanResult | None = None) -> PlanHistory:
        """What the plans before ``week`` ask of it, the published ones and ``rest``; and what the people entered do."""
        plans = self.store.plans_since(week.shifted(-WEEKS_REMEMBERED).name)
        plans |= {rest.plan.week.name: rest.body} if rest else {}
        circles = self.circles if self.acquaintances.days and not self.planned_alone else ()
        return history_of(plans, week, self.acquaintances, circles)

    def _notes(self, week: WeekSpan, config: Config) -> list[Reason]:
        notes = [] if FreeHours(config, week).holidays_known else [Reason(Note.HOLIDAYS_UNKNOWN)]
        if config.home and not self.places.home_understood:
            notes.append(Reason(Note.HOME_UNKNOWN, about=config.home))
        states = self.store.diaries()
        if any(source.id not in states or states[source.id].outcome == "failed" for source in own_calendars(config)):
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

    def _busy(self, week: WeekSpan) -> Busy:
        """What the user's own calendars leave no time for, trips that began earlier included."""
        hours = self.store.taken_hours(source.id for source in own_calendars(self.config))
        return busy_hours(hours, (week.start, week.end))

    def _effect_of_edit(self, plan: WeekPlan, rest: PlanResult | None) -> keyword_effect.Effect | None:
        """What editing keywords did: the plan beside the one that the old keywords would give, all else being equal."""
        known = self.store.keywords()
        words = keywords.edits(self.config, known)
        if not words:
            return None
        old = keywords.before_edit(self.config, known)
        before = self.solve(plan.week, old, self._rate(self._assessed, old).rated, rest)
        return keyword_effect.effect(words, before, plan)

    # Plans that are kept.

    def week_shown(self) -> WeekSpan:
        """The week whose plan people look at: the next one once it is published, or on trial from Friday evening on,
        else the one that runs."""
        later = self.this_week.shifted(1)
        is_late = week_of(None, self.now, self.config.zone) == later
        known = self.store.plan(later.name) or (self.store.trial(later.name) if is_late else None)
        return later if known else self.this_week

    def trial(self, week: WeekSpan) -> PlanResult | None:
        """The last trial of a week or of the week that runs before it, with the events as they stand now; the other
        one is as it is published. None where neither has a trial."""
        rest = self.rest_before(week, on_trial=True)
        tried = self._on_trial(week)
        if tried is None and (rest is None or self.store.trial(self.this_week.name) is None):
            return None
        found = tried or self._as_published(week)
        return found and replace(found, rest=rest)

    def published(self, week: WeekSpan) -> PlanResult | None:
        """The published plan of a week with the events as they stand now; None where there is none."""
        found = self._as_published(week)
        return found and replace(found, rest=self.rest_before(week))

    def _on_trial(self, week: WeekSpan) -> PlanResult | None:
        body = self.store.trial(week.name)
        if body is None:
            return None
        return self._restored(saved.promoted(body, self.store.plan(week.name), self.rated), week)

    def _as_published(self, week: WeekSpan) -> PlanResult | None:
        body = self.store.plan(week.name)
        return None if body is None else self._restored(body, week)

    def picked_ids(self) -> frozenset[str]:
        """The ids of the events that the published plans of this week and later hold, but for what was called off."""
        plans = self.store.plans_since(self.this_week.name)
        return frozenset(str(pick["id"]) for body in plans.values() for pick in body["picks"])

    def keep_trial(self, result: PlanResult) -> None:
        """Keep a plan that was only looked at, and its keywords: the next one tells what an edit did. Nothing of it
        counts as published."""
        rest = result.rest if result.rest and self.store.plan(result.rest.plan.week.name) is None else None
        with self.store.transaction():
            for each in filter(None, (rest, result)):
                self.store.put_trial(each.plan.week.name, each.body, self.now)
            self.store.put_keywords(self._keywords)
            self._keep_what_was_made()

    def keep_published(self, result: PlanResult, public: Collection[str]) -> None:
        """Keep what people were just shown: the plans, their keywords, the ids in the public calendars."""
        with self.store.transaction():
            self.keep_own(result)
        self.keep_shown(result, public)

    def keep_own(self, result: PlanResult) -> None:
        """Keep what the person was just shown: the plans and their keywords. Write inside ``transaction``."""
        for each in filter(None, (result.rest, result)):
            self.store.put_plan(each.plan.week.name, each.body, self.now)
            self.store.drop_trial(each.plan.week.name)
        self.store.put_keywords(self._keywords)

    def keep_shown(self, result: PlanResult, public: Collection[str]) -> None:
        """Keep the ids that the public calendars hold now, the communities that were heard of, who was named."""
        with self.store.transaction():
            keep_named(self.store, result.suggestions, result.plan.week.name, self.today)
            self.store.put_communities(names_of(self.rated), self.now)
            keep_steady(self.store, (each.key for each in self.circles if each.is_steady), self.now)
            self._keep_what_was_made()
            self.store.forget_evidence(self.facts.evidence.used, self.now)
            keep_ids_in_public(self.store, public)

    def _keep_what_was_made(self) -> None:
        """What the next run need not make again. Write inside ``transaction``."""
        self.store.put_evidence(self.facts.evidence.made, self.now)
        self._keep_rating()
        if self._solver.was_asked:
            self.store.put_own_fact(SOLVED, self._solver.kept())

    def keep_refreshed(self, week: WeekSpan | None) -> PlanResult | None:
        """Let the published plans from last week on follow the facts, without new picks.

        -> the plan of ``week``, or of the week that people look at now; None where nothing was planned yet.
        """
        this = self.this_week
        with self.store.transaction():
            for name, body in self.store.plans_since(this.shifted(-1).name).items():
                self.store.put_plan(name, saved.refreshed(body, self.rated), self.now)
        wanted = [week] if week else [this.shifted(1), this, this.shifted(-1)]
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
        past = self.history(week)
        candidates = [with_meetings(each, past) for each in candidates]
        plan = saved.restored(body, week, self.rated, candidates, exclusions)
        return self._result(with_clients(plan, blocks, wanted) if blocks else plan, body, exclusions)

    def _result(self, plan: WeekPlan, body: Mapping[str, Any], exclusions: Sequence[Exclusion] = ()) -> PlanResult:
        """``exclusions`` are those of now, where the plan was made before."""
        week, picked = plan.week, {pick.candidate.id for pick in plan.picks}
        kept = saved.picks_from(body, self.rated, week.zone, with_off=True)
        others = self.store.plans_since(week.shifted(-WEEKS_STILL_SHOWN).name)
        ids = [source.id for source in sources_of(self.config)]
        return PlanResult(
            plan=plan,
            rated=self.rated,
            body=body,
            changes=tuple(body["changes"]),
            dropped=tuple(sorted(saved.ids_of(body) - picked)),
            aside=tuple(pick for pick in kept if pick.candidate.id not in picked),
            unfit_picks=unfit_picks(kept, week, exclusions, self.places, self.now),
            earlier={name: other for name, other in others.items() if name != week.name},
            tell_communities=self._communities_of(plan, self.history(week)),
            silent=source_health(ids, {**self.facts.sources, **self.store.diaries()}, self.facts.last_seen, week.start),
            shown=shown_in_public(self.store),
            public_notes=public_notes(self.store),
            undated=self.undated,
            retired=self.facts.retired,
            arrivals=self.store.arrivals_since(self.now - ARRIVALS_TOLD),
            installation=self.store.installation(),
            suggestions=self._suggestions_of(plan),
            practised=self.people.practised,
            today=self.today,
            quarter=self._quarter(),
        )
