"""A run as JSON, for other programs: ``report.json`` and ``--json``. English, whatever the reader's language."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from planner.i18n.reasons import english
from planner.pipeline import PlanResult
from planner.plan.also_good import also_good
from planner.plan.candidates import Candidate
from planner.plan.saved import facts_of
from planner.plan.week import Pick, WeekPlan
from planner.types import Rated, Term
from spiders.items import SourceReport
from spiders.reasons import Reason


def plan_numbers(plan: WeekPlan) -> dict[str, Any]:
    """A plan in numbers, with the facts of its picks."""
    return {
        "week": plan.week.name,
        "picks": [facts_of(pick.candidate.rated) for pick in plan.picks],
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


def failed_body(reports: Sequence[SourceReport], error: str, now: datetime) -> bytes:
    """``report.json`` of a run that ended with an error: that, and how the sources fared until then."""
    body = {"now": now.isoformat(), "error": error, "sources": [report_entry(report) for report in reports]}
    return (json.dumps(body, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def report_entry(report: SourceReport) -> dict[str, Any]:
    """One source's line of the report as JSON."""
    later = report.asked_next and report.asked_next.astimezone(UTC).isoformat(timespec="seconds")
    return {
        "source": report.source,
        "outcome": report.outcome,
        "count": report.count,
        "reason": report.reason and english(report.reason),
        "notes": [english(note) for note in report.notes],
        "reader": report.reader,
        **({"asked_next": later} if later else {}),
    }


def plan_json(planned: PlanResult, reports: Sequence[SourceReport]) -> dict[str, Any]:
    """The plan with value, bound and status, each pick with its terms, what is still to come of the week that runs,
    what is also good; the report."""
    edit = planned.edit
    return {
        **plan_numbers(planned.plan),
        "picks": [_pick(pick) for pick in planned.plan.picks],
        "rest": planned.rest
        and {"week": planned.rest.plan.week.name, "picks": [_pick(pick) for pick in planned.rest.plan.picks]},
        "also": [_also(rated, candidate) for rated, candidate in also_good(planned.plan)],
        "changes": list(planned.changes),
        "notes": [_note(note) for note in planned.plan.notes],
        "edit": edit and {"words": list(edit.words), "came": list(edit.came), "went": list(edit.went)},
        "sources": [report_entry(report) for report in reports],
    }


def _note(note: Reason) -> str:
    return f"{note.code}: {note.about}" if note.about else str(note.code)


def term_entry(term: Term) -> dict[str, Any]:
    """One term of a score as JSON: ``about`` stands in the event unless it is ``near``."""
    return {"name": term.name, "points": term.points, "about": term.about, "near": term.near}


def _also(rated: Rated, candidate: Candidate | None) -> dict[str, Any]:
    start = candidate.start if candidate else rated.event.start
    return {"uid": rated.event.uid, "start": start and start.isoformat(), "title": rated.event.title}


def _pick(pick: Pick) -> dict[str, Any]:
    candidate = pick.candidate
    rated = candidate.rated
    return {
        "uid": rated.event.uid,
        "id": rated.id,
        "title": rated.event.title,
        "start": candidate.start.isoformat(),
        "end": candidate.end.isoformat(),
        "end_assumed": candidate.end_assumed,
        "track": rated.score.track,
        "topics": list(rated.label.topics),
        "place": rated.event.place.name if rated.event.place else None,
        "url": rated.event.url,
        "cost": candidate.cost,
        "score": rated.score.total,
        "terms": [term_entry(term) for term in rated.score.terms],
        "runner_up": pick.runner_up
        and {"uid": pick.runner_up.rated.event.uid, "title": pick.runner_up.rated.event.title},
        "margin": pick.margin,
    }
