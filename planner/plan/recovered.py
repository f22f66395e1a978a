"""Plans that were lost, as far as the published calendar tells them, in the form of `planner.plan.saved`."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.identity.recovery import Entry
from planner.types import OFF
from planner.weeks import week_of

_NUMBERS: Mapping[str, Any] = {"value": 0.0, "bound": 0.0, "status": "unproven"}


def plans_of(entries: Iterable[Entry], zone: ZoneInfo, folder: Path) -> dict[str, dict[str, Any]]:
    """The plan of every week that the calendar holds something of, by week. What a plan was worth is known of the one
    that ``report.json`` in the output ``folder`` tells."""
    weeks: dict[str, list[Entry]] = defaultdict(list)
    for each in entries:
        at = each.visit or each.event.start
        if at is not None:
            weeks[week_of("this", at.astimezone(zone), zone).name].append(each)
    report = _report(folder / "report.json")
    if isinstance(last := report.get("week"), str):
        weeks[last] += []  # also where nothing was picked
    return {name: _body(name, found, report) for name, found in weeks.items()}


def _body(week: str, entries: Iterable[Entry], report: Mapping[str, Any]) -> dict[str, Any]:
    kept = [_pick(each) for each in entries]
    off = [pick for pick in kept if pick["status"] in OFF]
    numbers = report if report.get("week") == week else _NUMBERS
    return {
        "week": week,
        "picks": [pick for pick in kept if pick not in off],
        "off": off,
        "dropped": sorted(pick["id"] for pick in off),
        **{name: numbers.get(name, _NUMBERS[name]) for name in _NUMBERS},
        "notes": [],
        "changes": [],
    }


def _pick(entry: Entry) -> dict[str, Any]:
    event = entry.event
    return {
        "id": entry.state.id,
        "title": event.title,
        "start": event.start.isoformat() if event.start else None,
        "place": event.place.name if event.place else None,
        "status": event.status,
        "url": event.url,
        "track": entry.track or "other",
        "community": None,
        "runner_up": None,
        "margin": None,
        "visit": entry.visit.isoformat() if entry.visit else None,
        "terms": [],
    }


def _report(path: Path) -> Mapping[str, Any]:
    try:
        report = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return report if isinstance(report, dict) else {}
