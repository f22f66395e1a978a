"""Published plans as the store keeps them: which events were picked, and the facts that people saw of them.

A plan is published from what is kept, so that a refresh shows the same picks with new facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from planner.plan.candidates import LENGTH_OF_A_VISIT, Candidate, Exclusion, candidate_of
from planner.plan.codes import Note
from planner.plan.history import community_of
from planner.plan.week import Pick, WeekPlan, is_perhaps
from planner.types import OFF, Interval, Rated, Term
from planner.weeks import WeekSpan
from spiders.reason_json import from_json, to_json
from spiders.reasons import Reason


def to_saved(plan: WeekPlan, before: Mapping[str, Any] | None, rated: Sequence[Rated]) -> dict[str, Any]:
    """What is kept of a plan. ``before`` is the plan of this week that people know, if there is one.

    ``off`` are picks that people know and that were called off: they stay in the calendar, marked, and in the plan
    should they take place after all; ``dropped`` are their ids.
    """
    picks = [_kept_pick(pick) for pick in plan.picks]
    picked = {pick["id"] for pick in picks}
    body = {
        "week": plan.week.name,
        "picks": picks,
        "off": _off(before, rated, picked),
        "dropped": _dropped(before, rated, picked),
        "value": plan.value,
        "bound": plan.bound,
        "status": plan.status,
        "notes": [to_json(note) for note in plan.notes],
        "for_clients": [[start.isoformat(), end.isoformat()] for start, end in plan.for_clients],
    }
    return {**body, "changes": changes_since(before, picks, rated)}


def refreshed(body: Mapping[str, Any], rated: Sequence[Rated]) -> dict[str, Any]:
    """The same plan with the facts of now: moves, new hours and places, cancellations, and what is on again; no new
    picks. What is no longer known at all keeps the facts it had.
    """
    standing = {each.id: each for each in rated}
    picks = []
    for pick in (*body["picks"], *body.get("off", ())):
        now = standing.get(pick["id"])
        facts = _with_facts(pick, now) if now else pick
        if facts["status"] not in OFF:
            picks.append(facts)
    picked = {pick["id"] for pick in picks}
    return {
        **body,
        "picks": picks,
        "off": _off(body, rated, picked),
        "dropped": _dropped(body, rated, picked),
        "changes": changes_since(body, picks, rated),
    }


def promoted(trial: Mapping[str, Any], before: Mapping[str, Any] | None, rated: Sequence[Rated]) -> dict[str, Any]:
    """A trial that is to be published: its picks with the facts of now, held against the published plan of now."""
    standing = {each.id: each for each in rated}
    known = [(pick, standing.get(pick["id"])) for pick in trial["picks"]]
    facts = [_with_facts(pick, now) if now else pick for pick, now in known]
    picks = [pick for pick in facts if pick["status"] not in OFF]
    picked = {pick["id"] for pick in picks}
    changes = changes_since(before, picks, rated)
    return {
        **trial,
        "picks": picks,
        "off": _off(before, rated, picked),
        "dropped": _dropped(before, rated, picked),
        "changes": changes,
    }


def restored(
    body: Mapping[str, Any],
    week: WeekSpan,
    rated: Sequence[Rated],
    candidates: Sequence[Candidate],
    exclusions: Sequence[Exclusion],
) -> WeekPlan:
    """The plan of a body, with the events as they stand; what was moved out of the week is no pick of it any more.
    ``candidates`` are what could be planned now; what their hours cost is told of the picks too."""
    kept = [pick for pick in picks_from(body, rated, week.zone) if week.start <= pick.candidate.start < week.end]
    told = {str(pick["id"]) for pick in body["picks"] if pick.get("terms")}
    priced = {each.id: each.rated for each in candidates if not each.flexible and each.id not in told}
    picks = tuple(
        replace(pick, candidate=replace(pick.candidate, rated=priced.get(pick.candidate.id, pick.candidate.rated)))
        for pick in kept
    )
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
        notes=tuple(note for kept in body.get("notes", ()) if (note := _note(kept))),
    )


def _note(kept: Mapping[str, Any] | str) -> Reason | None:
    """A note as it is kept: a reason; before version 4 of the store its code and what it is about in one text. None
    where a newer program noted what we have no words for: the plan counts without it."""
    try:
        if not isinstance(kept, str):
            return from_json(kept, Note)
        code, _, about = kept.partition(": ")
        return Reason(Note(code), about=about) if about else Reason(Note(code))
    except ValueError:
        return None


def picks_from(
    body: Mapping[str, Any], rated: Sequence[Rated], zone: ZoneInfo, *, with_off: bool = False
) -> tuple[Pick, ...]:
    """The picks of a body by start, with the events as they stand; those no longer known at all are left out."""
    standing = {each.id: each for each in rated if each.event.start is not None}
    kept = [*body["picks"], *(body.get("off", ()) if with_off else ())]
    picks = [_restored_pick(pick, standing, zone) for pick in kept if pick["id"] in standing]
    return tuple(sorted(picks, key=lambda pick: (pick.candidate.start, pick.candidate.id)))


def blocks_from(body: Mapping[str, Any], zone: ZoneInfo) -> list[Interval] | None:
    """The hours that a body keeps for clients; None in one from before they were kept."""
    kept = body.get("for_clients")
    if kept is None:
        return None
    return [(datetime.fromisoformat(a).astimezone(zone), datetime.fromisoformat(b).astimezone(zone)) for a, b in kept]


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

    Each change has ``what`` (came, went, moved, place, cancelled, postponed, restored), ``title`` and, where it helps,
    ``before`` and ``after``; what was called off has its ``backup`` and ``backup_start``.
    """
    if before is None:
        return []
    known = {pick["id"]: pick for pick in (*before.get("off", ()), *before["picks"])}
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
    went = {"what": "went", "title": str((new or old)["title"])}
    if new is None:
        return None if picked or old["status"] in OFF else went
    title = str(new["title"])
    if old["status"] in OFF:
        back = picked and new["status"] not in OFF
        return {"what": "restored", "title": title, "after": str(new["start"] or "")} if back else None
    if new["status"] in OFF:
        return {"what": str(new["status"]), "title": title, **_backup(old, standing)}
    for field, what in (("start", "moved"), ("place", "place")):
        if new[field] != old[field]:
            return {"what": what, "title": title, "before": str(old[field] or ""), "after": str(new[field] or "")}
    if picked and new["title"] == old["title"]:
        return None
    return {"what": "title", "title": title, "before": str(old["title"]), "after": title} if picked else went


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


def _off(before: Mapping[str, Any] | None, rated: Sequence[Rated], picked: set[str]) -> list[dict[str, Any]]:
    """Picks that people know, called off by now, with the facts of now."""
    if before is None:
        return []
    standing = {each.id: each for each in rated if each.event.status in OFF}
    known = {pick["id"]: pick for pick in (*before["picks"], *before.get("off", ()))}
    return [_with_facts(known[name], standing[name]) for name in sorted(known.keys() & standing.keys() - picked)]


def _with_facts(pick: Mapping[str, Any], now: Rated) -> dict[str, Any]:
    """A kept pick with the facts of now. Why it was picked stays said as long as it is the same evening."""
    after = {**pick, **facts_of(now)}
    if any(pick.get(name) != after[name] for name in ("title", "start", "place")):
        after.pop("terms", None)
    return after


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
        "organizer": rated.event.organizer,
        "runner_up": pick.runner_up.id if pick.runner_up else None,
        "margin": pick.margin,
        "visit": pick.candidate.start.isoformat() if pick.candidate.flexible else None,
        "terms": [list(term) for term in rated.score.terms],
    }


def _restored_pick(pick: Mapping[str, Any], standing: Mapping[str, Rated], zone: ZoneInfo) -> Pick:
    rival = standing.get(pick.get("runner_up") or "")
    if rival is not None and is_perhaps(rival, standing[pick["id"]]):
        rival = None
    candidate = candidate_of(standing[pick["id"]], zone)
    if pick.get("visit"):
        start = datetime.fromisoformat(pick["visit"]).astimezone(zone)
        candidate = replace(candidate, start=start, end=start + LENGTH_OF_A_VISIT, flexible=True)
    if pick.get("terms"):
        terms = tuple(Term(*term) for term in pick["terms"])
        score = replace(candidate.rated.score, total=round(sum(term.points for term in terms), 3), terms=terms)
        candidate = replace(candidate, rated=replace(candidate.rated, score=score))
    return Pick(
        candidate=candidate,
        runner_up=candidate_of(rival, zone) if rival else None,
        margin=pick.get("margin") if rival else None,
    )
