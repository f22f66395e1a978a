"""What became of the last thirteen weeks: evenings per track, circles, people met again, favours, skills. Nothing is
scored; it is counted from published plans, less what the user skipped, and from ``people.yaml``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from planner.people.person import SKILLS, WAYS, People, Skill, Way
from planner.types import BALANCED, Track
from planner.weeks import WeekSpan

WEEKS = 13
MOST_MEETINGS = 4
"""Whoever was met so often or more counts as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """Who held evenings that one was at, how many, and whether the first of them was in this quarter."""

    name: str
    evenings: int
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Quarter:
    """Thirteen weeks up to ``monday``'s: ``evenings`` has a number for each week and track, ``wanted`` the share of
    industry (0 to 1); ``met`` has how many people were met once, twice, three times, more often by its end, of those
    met in it; ``favours`` and ``skills`` how often."""

    monday: date
    evenings: Mapping[Track, tuple[int, ...]]
    wanted: float
    circles: tuple[Circle, ...]
    met: tuple[int, ...]
    favours: Mapping[Way, int]
    skills: Mapping[Skill, int]

    @property
    def first(self) -> date:
        """The Monday of the first week."""
        return self.monday - timedelta(weeks=WEEKS - 1)


def quarter_of(
    plans: Mapping[str, Mapping[str, Any]],
    people: People,
    week: WeekSpan,
    now: datetime,
    *,
    wanted: float,
    skipped: Collection[str],
) -> Quarter:
    """``plans`` by week, those of the weeks before the quarter tell which circles were known; ``week`` is its last one;
    ``skipped`` are ids of events that the user let pass."""
    first = week.shifted(1 - WEEKS)
    been = _been(plans, week.zone, now, skipped)
    evenings: dict[Track, tuple[int, ...]] = {}
    for track in BALANCED:
        counted = Counter(name for name, pick in been if pick.get("track") == track)
        evenings[track] = tuple(counted[first.shifted(number).name] for number in range(WEEKS))
    since, until = first.monday, week.monday + timedelta(days=7)

    def within(day: date) -> bool:
        return since <= day < until

    return Quarter(
        monday=week.monday,
        evenings=evenings,
        wanted=wanted,
        circles=_circles(been, first, week),
        met=_met(people, since, until),
        favours={way: sum(within(f.on) and f.way == way for p in people.people for f in p.favours) for way in WAYS},
        skills={skill: sum(within(each.on) and each.skill == skill for each in people.practised) for skill in SKILLS},
    )


def _been(
    plans: Mapping[str, Mapping[str, Any]], zone: ZoneInfo, now: datetime, skipped: Collection[str]
) -> list[tuple[str, Mapping[str, Any]]]:
    """Each pick that is over and was not skipped, with its week."""
    found = []
    for name in sorted(plans):
        for pick in plans[name].get("picks", ()):
            text = pick.get("visit") or pick.get("start")
            if text and pick["id"] not in skipped and datetime.fromisoformat(text).astimezone(zone) < now:
                found.append((name, pick))
    return found


def _circles(been: list[tuple[str, Mapping[str, Any]]], first: WeekSpan, week: WeekSpan) -> tuple[Circle, ...]:
    """Those of the quarter, the most met first. A circle without a name of its own is called by its evening."""
    names: dict[str, str] = {}
    counted: Counter[str] = Counter()
    before: set[str] = set()
    for name, pick in been:
        community = pick.get("community")
        if not community:
            continue
        if name < first.name:
            before.add(community)
        elif name <= week.name:
            counted[community] += 1
            names[community] = str(pick.get("organizer") or pick["title"])
    ordered = sorted(counted, key=lambda each: (-counted[each], names[each], each))
    return tuple(Circle(name=names[each], evenings=counted[each], is_new=each not in before) for each in ordered)


def _met(people: People, since: date, until: date) -> tuple[int, ...]:
    times = Counter(
        min(len({each.on for each in person.met if each.on < until}), MOST_MEETINGS)
        for person in people.people
        if any(since <= each.on < until for each in person.met)
    )
    return tuple(times[number] for number in range(1, MOST_MEETINGS + 1))
