"""What past weeks ask of this one: tracks that came short are made up for, and people met lately are met again.

A friendship rests on short-term high frequency: the second to fourth meeting within three weeks of the last are worth
most; after that the pull fades.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from planner.people.acquaintance import NOBODY_MET, Acquaintances
from planner.plan.circles import Cadence, Circle
from planner.text import casefold
from planner.types import Rated
from planner.weeks import WeekSpan

WEEKS_OF_BALANCE = 3  # before this one: with it a month
WEEKS_OF_A_STREAK = 3
WEEKS_REMEMBERED = 8
MEETING_AGAIN_WEIGHT = (0.0, 0.8, 1.1, 1.4, 0.9, 0.4)
"""By how often the same people were met before; beyond the last, nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanHistory:
    """Picks of earlier weeks: per track over the last three, and per community how often and how lately. ``people`` are
    those whom the user entered, without their names."""

    tracks: Mapping[str, int]
    met: Mapping[str, int]
    lately: frozenset[str]
    people: Acquaintances = NOBODY_MET
    rhythms: Mapping[str, Cadence] = field(default_factory=dict)

    def streak(self, community: str | None) -> tuple[float, int]:
        """-> (what meeting these people again is worth, how often they were met before)."""
        if community is None or community not in self.lately:
            return 0.0, 0
        times = self.met[community]
        return (MEETING_AGAIN_WEIGHT[times] if times < len(MEETING_AGAIN_WEIGHT) else 0.0), times


NO_PAST = PlanHistory(tracks={}, met={}, lately=frozenset())


def history_of(
    plans: Mapping[str, Mapping[str, Any]],
    week: WeekSpan,
    people: Acquaintances = NOBODY_MET,
    circles: Iterable[Circle] = (),
) -> PlanHistory:
    """What the kept plans of the weeks before ``week`` tell. ``plans`` by week; later ones are passed over."""
    tracks: Counter[str] = Counter()
    met: dict[str, set[str]] = defaultdict(set)
    lately: set[str] = set()
    for back in range(1, WEEKS_REMEMBERED + 1):
        name = week.shifted(-back).name
        for pick in plans.get(name, {}).get("picks", ()):
            if back <= WEEKS_OF_BALANCE and pick.get("track"):
                tracks[pick["track"]] += 1
            community = pick.get("community")
            if community:
                met[community].add(name)
                if back <= WEEKS_OF_A_STREAK:
                    lately.add(community)
    return PlanHistory(
        tracks=tracks,
        met={name: len(weeks) for name, weeks in met.items()},
        lately=frozenset(lately),
        people=people,
        rhythms={each.key: each.cadence for each in circles if each.cadence and each.is_steady and each.name_is_own},
    )


def wanted_visits(share: float, track: str, past: PlanHistory, per_week: int) -> float:
    """How many visits of a track this week should have for its share over four weeks; never less than none."""
    visited = past.tracks.get("industry", 0) + past.tracks.get("practice", 0)
    return min(float(per_week), max(0.0, share * (visited + per_week) - past.tracks.get(track, 0)))


def community_of(rated: Rated) -> str | None:
    """The people behind an event: its organiser, else the series it belongs to, else nobody known."""
    event = rated.event
    if event.organizer:
        return casefold(event.organizer).strip()
    series = sorted(
        f"{record.source}|{record.event.uid}"
        for record in rated.tracked.merged.records
        if record.event.occurrence is not None or record.event.recurrence is not None
    )
    return series[0] if series else None
