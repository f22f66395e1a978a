"""Published plans as the store keeps them: which events were picked, and the facts that people saw of them.

A plan is published from what is kept, so that a refresh shows the same picks with new facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.plan.candidates import LENGTH_OF_A_VISIT, Candidate, Exclusion, Rated, candidate_of
from planner.plan.past import community_of
from planner.plan.week import Pick, WeekPlan
from planner.weeks import WeekSpan

OFF = frozenset({"cancelled", "postponed"})


def body_of(plan: WeekPlan, before: Mapping[str, Any] | None, rated: Sequence[Rated]) -> dict[str, Any]:
    """What is kept of a plan. ``before`` is the plan of this week that people know, if there is one.

    ``dropped`` are picks that people know and that were called off: they stay in the calendar, marked.
    """
    picks = [_kept_pick(pick) for pick in plan.picks]
    body = {
        "week": plan.week.name,
        "picks": picks,
        "dropped": _dropped(before, rated, {pick["id"] for pick in picks}),
        "value": plan.value,
        "bound": plan.bound,
        "status": plan.status,
        "notes": list(plan.notes),
    }
    return {**body, "changes": changes_since(before, picks, rated)}


def refreshed(body: Mapping[str, Any], rated: Sequence[Rated]) -> dict[str, Any]:
    """The same plan with the facts of now: moves, new hours and places, cancellations; no new picks.

    What is no longer known at all keeps the facts it had.
    """
    standing = {each.id: each for each in rated}
    picks = []
    for pick in body["picks"]:
        now = standing.get(pick["id"])
        if now is None:
            picks.append(pick)
        elif now.event.status not in OFF:
            picks.append({**pick, **facts_of(now)})
    dropped = _dropped(body, rated, {pick["id"] for pick in picks})
    return {**body, "picks": picks, "dropped": dropped, "changes": changes_since(body, picks, rated)}


def restored(
    body: Mapping[str, Any],
    week: WeekSpan,
    rated: Sequence[Rated],
    candidates: Sequence[Candidate],
    exclusions: Sequence[Exclusion],
) -> WeekPlan:
    """The plan of a body, with the events as they stand. ``candidates`` are what could be planned now."""
    picks = picks_of(body, rated, week.zone)
    picked = {pick.candidate.id for pick in picks}
    left_out = sorted(
        (candidate for candidate in candidates if candidate.id not in picked),
        key=lambda candidate: (-candidate.rated.score.total, candidate.id),
    )
    return WeekPlan(
        week=week,
        picks=picks,
        left_out=tuple(left_out),
        exclusions=tuple(exclusion for exclusion in exclusions if exclusion.rated.id not in picked),
        value=body["value"],
        bound=body["bound"],
        status=body["status"],
        notes=tuple(body.get("notes", ())),
    )


def picks_of(body: Mapping[str, Any], rated: Sequence[Rated], zone: ZoneInfo) -> tuple[Pick, ...]:
    """The picks of a body by start, with the events as they stand; those no longer known at all are left out."""
    standing = {each.id: each for each in rated if each.event.start is not None}
    picks = [_restored_pick(pick, standing, zone) for pick in body["picks"] if pick["id"] in standing]
    return tuple(sorted(picks, key=lambda pick: (pick.candidate.start, pick.candidate.id)))


def published_of(body: Mapping[str, Any] | None) -> set[str]:
    """The ids of the picks that people know; none of a week that was never planned."""
    return {str(pick["id"]) for pick in body["picks"]} if body else set()


def ids_of(body: Mapping[str, Any]) -> set[str]:
    """The events that a published plan shows: its picks, and what was called off."""
    return {str(pick["id"]) for pick in body["picks"]} | set(body.get("dropped", ()))


def changes_since(
    before: Mapping[str, Any] | None, picks: Sequence[Mapping[str, Any]], rated: Sequence[Rated]
) -> list[dict[str, str]]:
    """What differs from the plan that people know; kept as long as nothing else differs.

    Each change has ``what`` (came, went, moved, place, cancelled, postponed), ``title`` and, where it helps, ``before``
    and ``after``; what was called off has its ``backup`` and ``backup_start``.
    """
    if before is None:
        return []
    known = {pick["id"]: pick for pick in before["picks"]}
    now_picked = {pick["id"]: pick for pick in picks}
    if [_seen(pick) for pick in before["picks"]] == [_seen(pick) for pick in picks]:
        return list(before.get("changes", ()))
    standing = {each.id: facts_of(each) for each in rated}
    found = [change for name, old in known.items() if (change := _change(old, standing, name in now_picked))]
    return found + [
        {"what": "came", "title": str(new["title"])} for name, new in now_picked.items() if name not in known
    ]


def _change(old: Mapping[str, Any], standing: Mapping[str, Mapping[str, Any]], picked: bool) -> dict[str, str] | None:
    """How one pick that people know stands now, if it stands differently: the gravest difference."""
    new = standing.get(old["id"])
    if new is None:
        return None if picked else {"what": "went", "title": str(old["title"])}
    title = str(new["title"])
    if new["status"] in OFF and old["status"] != new["status"]:
        return {"what": str(new["status"]), "title": title, **_backup(old, standing)}
    for field, what in (("start", "moved"), ("place", "place")):
        if new[field] != old[field]:
            return {"what": what, "title": title, "before": str(old[field] or ""), "after": str(new[field] or "")}
    if not picked:
        return {"what": "went", "title": title}
    renamed = {"what": "title", "title": title, "before": str(old["title"]), "after": title}
    return renamed if new["title"] != old["title"] else None


def _backup(old: Mapping[str, Any], standing: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    """What stands ready in place of a pick that was called off, if it still takes place."""
    backup = standing.get(old.get("runner_up") or "")
    if backup is None or backup["status"] in OFF or not backup["start"]:
        return {}
    return {"backup": str(backup["title"]), "backup_start": str(backup["start"])}


def _seen(pick: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(pick[name] for name in ("id", "title", "start", "place", "status"))


def _dropped(before: Mapping[str, Any] | None, rated: Sequence[Rated], picked: set[str]) -> list[str]:
    if before is None:
        return []
    off = {each.id for each in rated if each.event.status in OFF}
    return sorted(name for name in ids_of(before) if name in off and name not in picked)


def facts_of(rated: Rated) -> dict[str, Any]:
    """What people see of a pick."""
    event = rated.event
    return {
        "id": rated.id,
        "title": event.title,
        "start": event.start.isoformat() if event.start else None,
        "place": event.place.name or event.place.address if event.place else None,
        "status": event.status,
        "url": event.url,
    }


def _kept_pick(pick: Pick) -> dict[str, Any]:
    rated = pick.candidate.rated
    return {
        **facts_of(rated),
        "track": rated.score.track,
        "community": community_of(rated),
        "runner_up": pick.runner_up.id if pick.runner_up else None,
        "margin": pick.margin,
        "visit": pick.candidate.start.isoformat() if pick.candidate.flexible else None,
    }


def _restored_pick(pick: Mapping[str, Any], standing: Mapping[str, Rated], zone: ZoneInfo) -> Pick:
    rival = standing.get(pick.get("runner_up") or "")
    candidate = candidate_of(standing[pick["id"]], zone)
    if pick.get("visit"):
        start = datetime.fromisoformat(pick["visit"]).astimezone(zone)
        candidate = replace(candidate, start=start, end=start + LENGTH_OF_A_VISIT, flexible=True)
    return Pick(
        candidate=candidate,
        runner_up=candidate_of(rival, zone) if rival else None,
        margin=pick.get("margin") if rival else None,
    )
