"""The weekly job, step by step: gather, reconcile, plan, publish. Each step takes ``now``; none asks the clock."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from planner.config import Config
from planner.gather import Gathered, Progress, busy_sources, gather, sources_of
from planner.gather.health import SourceHealth, source_health
from planner.i18n.reasons import english
from planner.identity import TrackedEvent, load_groups, track_changes
from planner.identity.relate import horizon, reconcile, records_of
from planner.lookup import is_meant
from planner.plan import saved
from planner.plan.candidates import Candidate, Exclusion, FreeHours, Rated, select, usual_end
from planner.plan.client_time import blocks_for_clients, to_invite_to
from planner.plan.communities import NO_COMMUNITIES, Communities, communities_of, names_of
from planner.plan.history import WEEKS_REMEMBERED, PlanHistory, history_of
from planner.plan.unfit import UnfitPick, unfit_picks
from planner.plan.week import Pick, WeekPlan, plan_week
from planner.rating import keywords
from planner.rating.rate import rate
from planner.rating.travel import TravelTimes
from planner.render.public import public_events
from planner.store import Store
from planner.weeks import WeekSpan, week_of
from spiders.items import SourceReport

WEEKS_OF_ACQUAINTANCE = 4
"""Whose events stood in the plans of so many weeks is no longer new."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanResult:
    """A plan with all that publishing it needs.

    ``changes`` tells what is new since the plan before it, ``aside`` are picks that were called off or moved out of the
    week, ``dropped`` the ids of all that people know and that is no pick any more, ``unfit_picks`` are picks that their
    changes made unfit, ``earlier``
    holds the published plans of other weeks that subscribers may still show, by week. ``edit`` says what editing
    keywords since the last plan did; None where none was edited. ``communities`` and ``silent`` tell of people and
    of sources; ``shown`` are the ids that the public calendars hold, None where that is not known.
    """

    plan: WeekPlan
    rated: tuple[Rated, ...]
    changes: tuple[Mapping[str, str], ...]
    dropped: tuple[str, ...] = ()
    aside: tuple[Pick, ...] = ()
    unfit_picks: tuple[UnfitPick, ...] = ()
    earlier: Mapping[str, Any]
    edit: keywords.Effect | None = None
    communities: Communities = NO_COMMUNITIES
    silent: tuple[SourceHealth, ...] = ()
    shown: frozenset[str] | None = None


def gather_step(
    config: Config,
    store: Store,
    now: datetime,
    *,
    offline: bool,
    hosts: Mapping[str, int] | None = None,
    progress: Progress | None = None,
    accept_losses: bool = False,
) -> Gathered:
    """Read all sources, then decide which records are one event and how each event lives on."""
    gathered = gather(config, store, now, offline=offline, hosts=hosts, progress=progress, accept_losses=accept_losses)
    reconcile(config, store, now)
    return gathered


PUBLIC = "public"  # the fact of the store that holds the ids in the public calendars


def shown_in_public(store: Store) -> frozenset[str] | None:
    """The ids that the public calendars hold; None before the first."""
    fact = store.fact(PUBLIC)
    return None if fact is None else frozenset(json.loads(fact))


def _remember_public(store: Store, rated: Sequence[Rated], now: datetime) -> None:
    ids = sorted(each.id for each in public_events(rated, shown_in_public(store), now))
    store.put_fact(PUBLIC, json.dumps(ids))


def rated_events(config: Config, store: Store, now: datetime) -> list[Rated]:
    """All events of the horizon, classified and scored; nothing is written."""
    merged = load_groups(records_of(config, store, *horizon(now)), config.zone)
    tracked, _, _ = track_changes(merged, store.lives(), now)
    return _rate(tracked, config, store, now)


def _rate(tracked: Iterable[TrackedEvent], config: Config, store: Store, now: datetime) -> list[Rated]:
    """Classify and score with what the store knows of feedback and of the last weeks."""
    this = week_of("this", now, config.zone)
    lately = store.plans_since(this.shifted(-WEEKS_OF_ACQUAINTANCE).name)
    planned = {pick["id"] for name, body in lately.items() if name < this.name for pick in body["picks"]}
    return rate(tracked, config, TravelTimes(config.home, config.city), feedback=store.feedback(), planned=planned)


def plan_step(config: Config, store: Store, now: datetime, week: WeekSpan) -> PlanResult:
    """Plan a week and keep the plan. The same facts give the same plan, with the same changes beside it."""
    rated = rated_events(config, store, now)
    known = store.keywords()
    words = keywords.followed(config, known, rated, now)
    plan = make_plan(config, store, now, week, rated)
    plan = replace(plan, notes=(*plan.notes, *keywords.silent_notes(words, rated, now)))
    edit = _effect_of_edit(config, store, now, plan, known, rated=rated)
    body = saved.to_saved(plan, store.plan(week.name), rated)
    with store.transaction():
        store.put_plan(week.name, body, now)
        store.put_keywords(words)
        store.put_communities(names_of(rated), now)
        _remember_public(store, rated, now)
    return replace(_planned(plan, body, store, rated, config=config, now=now), edit=edit)


def _effect_of_edit(
    config: Config,
    store: Store,
    now: datetime,
    plan: WeekPlan,
    known: Sequence[keywords.Keyword],
    *,
    rated: Sequence[Rated],
) -> keywords.Effect | None:
    """What editing keywords did: the plan beside the one that the old keywords would give, all else being equal."""
    words = keywords.edits(config, known)
    if not words:
        return None
    old = keywords.before_edit(config, known)
    before = make_plan(old, store, now, plan.week, _rate((each.tracked for each in rated), old, store, now))
    return keywords.effect(words, before, plan)


def make_plan(config: Config, store: Store, now: datetime, week: WeekSpan, rated: Sequence[Rated]) -> WeekPlan:
    """Plan a week, writing nothing."""
    candidates, exclusions = _selected(config, store, now, week, rated)
    published = saved.published_of(store.plan(week.name))
    notes = [] if FreeHours(config, week).holidays_known else ["holidays_unknown"]
    states = store.sources()
    if any(source.id not in states or states[source.id].outcome == "failed" for source in busy_sources(config)):
        notes.append("busy_failed")
    places = TravelTimes(config.home, config.city)
    past = history_before(store, week)
    return plan_week(week, candidates, exclusions, config, places, published=published, past=past, notes=notes)


def history_before(store: Store, week: WeekSpan) -> PlanHistory:
    """What the plans before ``week`` ask of it."""
    return history_of(store.plans_since(week.shifted(-WEEKS_REMEMBERED).name), week)


def _selected(
    config: Config, store: Store, now: datetime, week: WeekSpan, rated: Sequence[Rated]
) -> tuple[list[Candidate], list[Exclusion]]:
    """What may be planned: the user's own calendar, pins and refusals counted."""
    own = {source.id for source in busy_sources(config)}
    busy = blocks_for_clients(config, week, now)
    busy += [
        (record.said.start, record.said.end or usual_end(record.said.start))
        for record in store.records(week.start - timedelta(days=2), week.end)
        if record.source in own and record.said.start and not record.said.all_day and record.said.status != "cancelled"
    ]
    wishes = config.week
    return select(
        rated,
        config,
        week,
        now,
        busy=busy,
        pinned=lambda each: any(is_meant(each, wanted) for wanted in wishes.pinned),
        refused=lambda each: any(is_meant(each, wanted) for wanted in wishes.refused),
    )


def kept_plan(config: Config, store: Store, now: datetime, week: WeekSpan) -> PlanResult | None:
    """The plan of a week as it is kept, with the events as they stand now; None where there is none."""
    body = store.plan(week.name)
    if body is None:
        return None
    rated = rated_events(config, store, now)
    candidates, exclusions = _selected(config, store, now, week, rated)
    plan = saved.restored(body, week, rated, candidates, exclusions)
    return _planned(plan, body, store, rated, config=config, now=now, exclusions=exclusions)


def refresh_step(config: Config, store: Store, now: datetime, week: WeekSpan | None) -> PlanResult | None:
    """Let the published plans from last week on follow the facts, without new picks.

    -> the plan of ``week``, or of the week that people look at now; None where nothing was planned yet.
    """
    this = week_of("this", now, config.zone)
    rated = rated_events(config, store, now)
    with store.transaction():
        for name, body in store.plans_since(this.shifted(-1).name).items():
            store.put_plan(name, saved.refreshed(body, rated), now)
        store.put_communities(names_of(rated), now)
        _remember_public(store, rated, now)
    wanted = [week] if week else [week_of(None, now, config.zone), this, this.shifted(1), this.shifted(-1)]
    found = (kept_plan(config, store, now, span) for span in wanted)
    return next((planned for planned in found if planned is not None), None)


def _planned(
    plan: WeekPlan,
    body: Mapping[str, Any],
    store: Store,
    rated: Sequence[Rated],
    *,
    config: Config,
    now: datetime,
    exclusions: Sequence[Exclusion] = (),
) -> PlanResult:
    """``exclusions`` are those of now, where the plan was made before."""
    week, picked = plan.week, {pick.candidate.id for pick in plan.picks}
    kept = saved.picks_from(body, rated, week.zone, with_off=True)
    if config.seller == "key-account":
        blocks, inviting = blocks_for_clients(config, week, now), to_invite_to(rated, week, now)
        plan = replace(plan, for_clients=tuple(blocks), to_invite_to=tuple(inviting))
    earlier = {name: other for name, other in store.plans_since(week.shifted(-5).name).items() if name != week.name}
    return PlanResult(
        plan=plan,
        rated=tuple(rated),
        changes=tuple(body["changes"]),
        dropped=tuple(sorted(saved.ids_of(body) - picked)),
        aside=tuple(pick for pick in kept if pick.candidate.id not in picked),
        unfit_picks=unfit_picks(kept, week, exclusions, TravelTimes(config.home, config.city), now),
        earlier=earlier,
        communities=communities_of(plan, rated, history_before(store, week), store.communities()),
        silent=source_health(
            [source.id for source in sources_of(config)], store.sources(), store.last_seen_of_sources(), week.start
        ),
        shown=shown_in_public(store),
    )


def plan_numbers(plan: WeekPlan) -> dict[str, Any]:
    """A plan in numbers, with the facts of its picks."""
    return {
        "week": plan.week.name,
        "picks": [saved.facts_of(pick.candidate.rated) for pick in plan.picks],
        "value": plan.value,
        "bound": plan.bound,
        "status": plan.status,
    }


def report_body(reports: Sequence[SourceReport], planned: PlanResult, now: datetime) -> bytes:
    """``report.json``: one entry a source, and the plan in numbers."""
    body = {
        "now": now.isoformat(),
        **plan_numbers(planned.plan),
        "sources": [report_entry(report) for report in reports],
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def report_entry(report: SourceReport) -> dict[str, Any]:
    """One source's line of the report as JSON."""
    return {
        "source": report.source,
        "outcome": report.outcome,
        "count": report.count,
        "reason": report.reason and english(report.reason),
        "notes": [english(note) for note in report.notes],
        "reader": report.reader,
    }
