"""The communities behind events as records: who they are, how steadily they meet, when next, and how to join.

People are known by whoever holds their events. A calendar that tells of many places is a list of other people's
evenings and holds none: there each series, by its name and place, stands for its people.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.plan.circles.cadence import Cadence, Meeting, cadence_of, name_of
from planner.plan.circles.joining import Join, group_page, join_of
from planner.rating.vocabulary import plain
from planner.text import casefold, one_line
from planner.types import BALANCED, OFF, Rated, TrackedEvent
from spiders.items import Event
from spiders.reasons import Code

MANY_PLACES = 5
"""Who holds evenings at more places than these is a list, unless most are at one of them."""
MOST_LINKS = 3
LONGEST_PLACE = 40
LONGEST_WAIT = timedelta(weeks=8)
"""Whoever was not heard of for so long beyond their rhythm may have stopped: nothing is expected of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circle:
    """People who hold events. ``key`` is their folded name, else that of their series and its place (``name_is_own``
    tells which); ``track`` what most of what they hold is about (None where
    nothing tells). ``last`` is when they last met as far as is known, ``coming`` their next announced event,
    ``expected`` the day on which they usually meet next, where nothing is announced for it: a guess, never a fact.
    ``where`` names the place at which most of their evenings are."""

    key: str
    name: str
    name_is_own: bool
    track: str | None
    links: tuple[str, ...]
    cadence: Cadence | None
    meetings: int
    where: str | None = None
    last: datetime | None = None
    coming: Rated | None = None
    expected: date | None = None
    latest: tuple[Event, ...] = field(default=(), repr=False)
    """What they held or announced, the last first."""

    @property
    def join(self) -> Join:
        """How to join them: looked for where it is told."""
        page = group_page([event.url for event in self.latest if event.url])
        return join_of(self.coming.event if self.coming else None, self.latest, page)

    @property
    def is_steady(self) -> bool:
        return self.cadence is not None and self.cadence.is_steady


def is_by_rule(event: Event) -> bool:
    """Whether it stands in a rule of the user's alone, and nobody has announced it."""
    return any(doubt.code == Code.FROM_A_RULE for doubt in event.evidence.doubts)


def holders(events: Sequence[Event]) -> list[str]:
    """Who holds each of these events, by key."""
    by_name: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_name[_organizer(event)].append(event)
    lists = {"", *(name for name, held in by_name.items() if _is_list(held))}
    return [_series(event) if (name := _organizer(event)) in lists else name for event in events]


@dataclass(frozen=True, slots=True)
class Outline:
    """A community as it is to everybody: a circle without its track, the places (in the order of all events) of what
    they hold, and of their next meeting."""

    circle: Circle
    held: tuple[int, ...]
    coming: int | None


def outlines(
    tracked: Sequence[TrackedEvent], older: Sequence[Event], now: datetime, zone: ZoneInfo
) -> tuple[Outline, ...]:
    """All communities behind these events that hold more than one, or have a name. ``older`` are events that are over
    and no longer looked at one by one."""
    events = [*(each.merged.event for each in tracked), *older]
    groups: dict[str, list[int]] = defaultdict(list)
    for place, key in enumerate(holders(events)):
        groups[key].append(place)
    ids = [each.merged.id for each in tracked]
    found = [_outline(key, places, events, ids, (now, zone)) for key, places in groups.items()]
    return tuple(each for each in found if each.circle.meetings > 1 or each.circle.name_is_own)


def circles_of(outlined: Iterable[Outline], rated: Sequence[Rated], zone: ZoneInfo) -> tuple[Circle, ...]:
    """Communities as one user's events make them, ``rated`` in the order in which they were outlined: those of the
    user's tracks, then of clients, then others; of each the steadiest first, of them those whose next meeting is
    nearest."""
    found = [
        replace(
            each.circle,
            track=_usual_track([rated[place] for place in each.held]),
            coming=None if each.coming is None else rated[each.coming],
        )
        for each in outlined
    ]
    return tuple(sorted(found, key=lambda each: _rank(each, zone)))


def circles(rated: Sequence[Rated], older: Sequence[Event], now: datetime, zone: ZoneInfo) -> tuple[Circle, ...]:
    """Both in one."""
    return circles_of(outlines([each.tracked for each in rated], older, now, zone), rated, zone)


def _rank(circle: Circle, zone: ZoneInfo) -> tuple[int, bool, bool, date, str]:
    way = 0 if circle.track in BALANCED else 1 if circle.track == "client" else 2
    return way, not circle.is_steady, circle.cadence is None, _next_day(circle, zone), circle.key


def _next_day(circle: Circle, zone: ZoneInfo) -> date:
    start = circle.coming.event.start if circle.coming else None
    return start.astimezone(zone).date() if start else circle.expected or date.max


def _outline(
    key: str, places: Sequence[int], events: Sequence[Event], ids: Sequence[str], at: tuple[datetime, ZoneInfo]
) -> Outline:
    """Of the events at these ``places`` the first ones, as many as there are ``ids``, are looked at one by one."""
    now, zone = at
    held = [events[place] for place in places]
    dated = sorted(
        ((event.start, event.uid, event) for event in held if event.start and event.status not in OFF),
        key=lambda each: each[:2],
    )
    today = now.astimezone(zone).date()
    met = [
        Meeting(start=start.astimezone(zone).replace(tzinfo=None), title=event.title, all_day=event.all_day)
        for start, _, event in dated
    ]
    cadence = cadence_of(met, today)
    mine = [place for place in places if place < len(ids) and events[place].start and events[place].status not in OFF]
    announced = [
        (start, ids[place], place)
        for place in mine
        if (start := events[place].start) and start >= now and not is_by_rule(events[place])
    ]
    coming = min(announced)[2] if announced else None
    last = max((start for start, _, _ in dated if start < now), default=None)
    latest = [event for _, _, event in reversed(dated)] or held
    urls = [event.url for event in latest if event.url]
    page = group_page(urls)
    circle = Circle(
        key=key,
        name=latest[0].organizer if _organizer(latest[0]) == key and latest[0].organizer else latest[0].title,
        name_is_own=_organizer(latest[0]) == key,
        track=None,
        links=tuple(dict.fromkeys(filter(None, (page, *urls))))[:MOST_LINKS],
        cadence=cadence,
        meetings=len({each.start.date() for each in met}),
        where=_usual_place(latest),
        last=last,
        expected=_expected(cadence, last, None if coming is None else events[coming], today, zone),
        latest=tuple(latest),
    )
    return Outline(circle, tuple(mine), coming)


def _expected(
    cadence: Cadence | None, last: datetime | None, coming: Event | None, today: date, zone: ZoneInfo
) -> date | None:
    """The next day of the rhythm from today on, unless something is announced up to then, or nothing was heard of them
    for long."""
    met = last.astimezone(zone).date() if last else None
    if cadence is None or (met is not None and met < today - LONGEST_WAIT):
        return None
    day = cadence.next_after(max(today - timedelta(days=1), met or date.min))
    start = coming.start if coming else None
    return None if start is not None and start.astimezone(zone).date() <= day else day


def _usual_track(rated: Sequence[Rated]) -> str | None:
    tracks = [each.score.track for each in rated if each.score.track]
    return max(sorted(set(tracks)), key=tracks.count, default=None)


def _usual_place(held: Sequence[Event]) -> str | None:
    names = [one_line(name, LONGEST_PLACE) for event in held if (name := event.place and event.place.name)]
    usual = max(dict.fromkeys(names), key=names.count, default=None)
    return usual if usual is not None and 2 * names.count(usual) > len(held) else None


def _organizer(event: Event) -> str:
    return casefold(event.organizer).strip() if event.organizer else ""


def _is_list(held: Sequence[Event]) -> bool:
    places = [_place(event) for event in held]
    known = [place for place in places if place]
    return len(set(known)) > MANY_PLACES and max(map(known.count, set(known))) * 2 < len(held)


def _series(event: Event) -> str:
    return f"{name_of(event.title)} @ {_place(event)}"


def _place(event: Event) -> str:
    place = event.place
    return plain(re.sub(r"\W+", " ", (place and (place.name or place.address)) or "")).strip()
