"""The weekly job, step by step: gather, relate, plan, publish. Each step takes ``now``; none asks the clock."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from planner.config import Config
from planner.gather import DAYS_AHEAD, Gathered, Progress, gather
from planner.identity import live, merge
from planner.plan import WeekPlan, plan_week, select
from planner.plan.candidates import FreeHours, Rated
from planner.rating import rate
from planner.store import Record, Store
from planner.travel import Map
from planner.weeks import WeekSpan
from spiders.items import SourceReport

OWN = "own"
"""The source of what the user adds by hand (``quanzi add``)."""
DAYS_THE_PAST_STAYS = 30
"""Subscribers keep what they saw: a past event stays in the calendars so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A plan with all that publishing it needs. ``changes`` tells what is new since the plan before it, ``earlier``
    holds the published plans of other weeks that subscribers may still show, by week."""

    plan: WeekPlan
    rated: tuple[Rated, ...]
    changes: tuple[Mapping[str, str], ...]
    earlier: Mapping[str, Any]


def gather_step(
    config: Config,
    store: Store,
    now: datetime,
    *,
    offline: bool,
    hosts: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Gathered:
    """Read all sources, then decide which records are one event and how each event lives on."""
    gathered = gather(config, store, now, offline=offline, hosts=hosts, progress=progress)
    relate(config, store, now)
    return gathered


def relate(config: Config, store: Store, now: datetime) -> None:
    """Records -> events of ours: new ids, changes and sequence numbers, written in one transaction."""
    merged = merge(_records(config, store, now))
    _, written, changes = live(merged, store.lives(), now)
    members = [
        (each.id, record.source, record.key) for each in merged for record in each.records if record.event != each.id
    ]
    with store.transaction():
        store.assign(members)
        store.put_lives(written, changes)


def _records(config: Config, store: Store, now: datetime) -> list[Record]:
    """What the configured sources and the user's own announcements say of the horizon. A source that was taken out of
    the configuration says nothing any more; its records stay in the store."""
    heard = {entry.id for entry in config.sources} | {OWN}
    since, until = now - timedelta(days=DAYS_THE_PAST_STAYS), now + timedelta(days=DAYS_AHEAD)
    return [record for record in store.records(since, until) if record.source in heard]


def rated_events(config: Config, store: Store, now: datetime) -> list[Rated]:
    """All events of the horizon, classified and scored; nothing is written."""
    merged = merge(_records(config, store, now))
    living, _, _ = live(merged, store.lives(), now)
    return rate(living, config, Map(config.home, config.city))


def plan_step(config: Config, store: Store, now: datetime, week: WeekSpan) -> Planned:
    """Plan a week and keep the plan. The same facts give the same plan, with the same changes beside it."""
    rated = rated_events(config, store, now)
    planned = make_plan(config, store, now, week, rated)
    body = plan_body(planned.plan)
    with store.transaction():
        store.put_plan(week.name, {**body, "changes": list(planned.changes)}, now)
    return planned


def make_plan(config: Config, store: Store, now: datetime, week: WeekSpan, rated: Sequence[Rated]) -> Planned:
    """Plan a week, writing nothing."""
    candidates, exclusions = select(rated, config, week, now)
    before = store.plan(week.name)
    published = {pick["id"] for pick in before["picks"]} if before else set()
    notes = () if FreeHours(config, week).holidays_known else ("holidays_unknown",)
    places = Map(config.home, config.city)
    plan = plan_week(week, candidates, exclusions, config, places, published=published, notes=notes)
    return Planned(
        plan=plan,
        rated=tuple(rated),
        changes=_changes(before, plan, rated),
        earlier={name: body for name, body in store.plans_since(week.shifted(-5).name).items() if name != week.name},
    )


def plan_body(plan: WeekPlan) -> dict[str, Any]:
    """What is kept of a plan: the picks with the facts that people saw."""
    return {
        "week": plan.week.name,
        "picks": [_facts(pick.candidate.rated) for pick in plan.picks],
        "value": plan.value,
        "bound": plan.bound,
        "status": plan.status,
    }


def _facts(rated: Rated) -> dict[str, str | None]:
    event = rated.event
    return {
        "id": rated.id,
        "title": event.title,
        "start": event.start.isoformat() if event.start else None,
        "place": event.place.name if event.place else None,
        "status": event.status,
    }


def _changes(before: Any, plan: WeekPlan, rated: Sequence[Rated]) -> tuple[Mapping[str, str], ...]:
    """What differs from the published plan, kept as long as nothing else differs.

    Each change has ``what`` (came, went, moved, cancelled), ``title`` and, where it helps, ``before`` and ``after``.
    """
    if before is None:
        return ()
    facts = {pick["id"]: pick for pick in before["picks"]}
    now_picked = {pick.candidate.id: _facts(pick.candidate.rated) for pick in plan.picks}
    if list(facts.values()) == list(now_picked.values()):
        return tuple(before.get("changes", ()))
    standing = {each.id: _facts(each) for each in rated}
    found: list[Mapping[str, str]] = []
    for name, old in facts.items():
        new = standing.get(name)
        if new and new["status"] in {"cancelled", "postponed"} and old["status"] != new["status"]:
            found.append({"what": str(new["status"]), "title": str(new["title"])})
        elif new and new["start"] != old["start"]:
            found.append(
                {"what": "moved", "title": str(new["title"]), "before": str(old["start"]), "after": str(new["start"])}
            )
        elif new and new["place"] != old["place"]:
            found.append(
                {"what": "place", "title": str(new["title"]), "before": old["place"] or "", "after": new["place"] or ""}
            )
        elif name not in now_picked:
            found.append({"what": "went", "title": str(old["title"])})
    found += [{"what": "came", "title": str(new["title"])} for name, new in now_picked.items() if name not in facts]
    return tuple(found)


def report_body(reports: Sequence[SourceReport], planned: Planned, now: datetime) -> bytes:
    """``report.json``: one entry a source, and the plan in numbers."""
    body = {
        "now": now.isoformat(),
        **plan_body(planned.plan),
        "sources": [report_entry(report) for report in reports],
    }
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode()


def report_entry(report: SourceReport) -> dict[str, Any]:
    """One source's line of the report as JSON."""
    return {
        "source": report.source,
        "outcome": report.outcome,
        "count": report.count,
        "reason": report.reason,
        "notes": list(report.notes),
        "reader": report.reader,
    }
