"""Which event of a new answer is one that its source told before under another key.

Sites move a series and with it the RECURRENCE-ID of every evening, split one into two, make new ids at every answer,
change the guid of a feed's item. What is told is the same: it is matched by what it says, the surest ways first. So the
event keeps its identity, and a move is a move and not a loss beside something new.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from planner.text import casefold
from planner.types import over_at
from spiders.items import Event

LONGEST_MOVE = timedelta(days=14)
"""An evening of a name that no other has was moved by so many days at most; later it is another one."""
LONGEST_SHIFT = timedelta(days=7)
"""So far the evenings of a series of unknown rhythm may have been moved."""
SHORTEST_NAME = 4
"""Shorter names within longer ones say nothing."""
_NO_LETTERS = re.compile(r"[\W_]+")

Keyed = Mapping[str, Event]


def successors(
    known: Keyed, told: Keyed, now: datetime, *, forgets: bool = False, from_prose: bool = False
) -> dict[str, str]:
    """Keys of ``known`` events that the answer ``told`` lacks -> the keys under which it tells them now.

    Each key stands at most once on either side; what cannot be told for sure is left out. What was over by ``now`` is
    matched by its moment alone, beside uid or name. A source that ``forgets`` (a feed) leaves old items out: there a
    name alone says nothing of another day. What was read ``from_prose`` and is told by more than prose now may have
    been given a wrong name: there moment and place are enough. Linear but for sorting.
    """
    lost = {key: event for key, event in known.items() if key not in told and _counts(event)}
    new = {key: event for key, event in told.items() if key not in known and _counts(event)}
    found: dict[str, str] = {}
    for way in (
        _same_evening,
        _of_one_series,
        _of_one_link,
        _of_one_day,
        _renamed,
        *((_named_better,) if from_prose else ()),
        *(() if forgets else (_of_one_name,)),
    ):
        if not lost or not new:
            break
        for old_key, new_key in list(way(lost, new, known, told)):
            if old_key in lost and new_key in new:
                found[old_key] = new_key
                del lost[old_key], new[new_key]
        if way is _same_evening:
            lost = {key: event for key, event in lost.items() if (over := over_at(event)) and over >= now}
    return found


def _counts(event: Event) -> bool:
    return event.start is not None and event.notice is None


Pairs = Iterable[tuple[str, str]]


def _same_evening(lost: Keyed, new: Keyed, known: Keyed, told: Keyed) -> Pairs:
    """The same uid or name at the same moment; where several are, at the same place, else in their order."""
    return [
        *_paired(lost, new, lambda event: (event.uid, event.start), alone=True),
        *_paired(lost, new, lambda event: (_name(event), event.start, event.all_day, _place(event))),
        *_paired(lost, new, lambda event: (_name(event), event.start, event.all_day), alone=True),
    ]


def _of_one_series(lost: Keyed, new: Keyed, known: Keyed, told: Keyed) -> Pairs:
    """Evenings under one uid: of the same moment, the same day, else the nearest, less than half a rhythm away."""
    yield from _paired(lost, new, lambda event: (event.uid, event.start))
    yield from _paired(lost, new, lambda event: (event.uid, _day(event)), alone=True)
    series: dict[str, tuple[list[tuple[datetime, str]], list[tuple[datetime, str]]]] = defaultdict(lambda: ([], []))
    for side, events in enumerate((lost, new)):
        for key, event in events.items():
            if event.start is not None:
                series[event.uid][side].append((event.start, key))
    for before, after in series.values():
        if before and after:
            yield from _nearest(sorted(before), sorted(after))


def _nearest(before: list[tuple[datetime, str]], after: list[tuple[datetime, str]]) -> Pairs:
    """Evenings that are each other's nearest."""
    reach = _half_a_rhythm([start for start, _ in before], [start for start, _ in after])
    for start, key in before:
        at, other = _closest(start, after)
        back, mine = _closest(at, before)
        if mine == key and abs(at - start) < reach and abs(at - back) < reach:
            yield key, other


def _closest(start: datetime, among: list[tuple[datetime, str]]) -> tuple[datetime, str]:
    place = bisect_left(among, (start, ""))
    return min(among[max(place - 1, 0) : place + 1], key=lambda each: abs(each[0] - start))


def _half_a_rhythm(*sides: list[datetime]) -> timedelta:
    gaps = [(later - earlier).total_seconds() for side in sides for earlier, later in pairwise(side)]
    return timedelta(seconds=median(gaps) / 2, hours=1) if gaps else LONGEST_SHIFT


def _of_one_link(lost: Keyed, new: Keyed, known: Keyed, told: Keyed) -> Pairs:
    """A link that no other event has, with the name or the moment."""
    once = [_only(events, lambda event: event.url) for events in (known, told)]
    for link, old_key in once[0].items():
        new_key = once[1].get(link)
        if link and new_key and old_key in lost and new_key in new:
            one, other = lost[old_key], new[new_key]
            if one.start == other.start or _alike(one, other):
                yield old_key, new_key


def _of_one_day(lost: Keyed, new: Keyed, known: Keyed, told: Keyed) -> Pairs:
    """The same name on the same day, at another hour: as many as there were, in their order."""
    return _paired(lost, new, lambda event: (_name(event), _day(event)))


def _renamed(lost: Keyed, new: Keyed, known: Keyed, told: Keyed) -> Pairs:
    """The same moment and the same place under a name that holds the other: "Moved: ...", "... (full)"."""
    pairs = _paired(lost, new, lambda event: (event.start, _place(event)), alone=True)
    return [(one, other) for one, other in pairs if _place(lost[one]) and _alike(lost[one], new[other])]


def _named_better(lost: Keyed, new: Keyed, known: Keyed, told: Keyed) -> Pairs:
    """The same moment and the same place, where nothing else is or was then."""
    once = [_only(events, lambda event: (event.start, _place(event))) for events in (known, told)]
    for said, old_key in once[0].items():
        new_key = once[1].get(said)
        if new_key and old_key in lost and new_key in new and _place(lost[old_key]):
            yield old_key, new_key


def _of_one_name(lost: Keyed, new: Keyed, known: Keyed, told: Keyed) -> Pairs:
    """A name that the source has once before and once now, on another day not far away."""
    before, after = (_only(events, _name) for events in (known, told))
    for name, old_key in before.items():
        new_key = after.get(name)
        if name and new_key and old_key in lost and new_key in new:
            one, other = lost[old_key], new[new_key]
            if one.start and other.start and abs(one.start - other.start) <= LONGEST_MOVE:
                yield old_key, new_key


def _paired(lost: Keyed, new: Keyed, told: Callable[[Event], Hashable], *, alone: bool = False) -> Pairs:
    """Events that say the same, in the order of their starts, where as many were lost as are new; ``alone``: where
    there is one of each."""
    groups: dict[Hashable, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for side, events in enumerate((lost, new)):
        for key, event in events.items():
            groups[told(event)][side].append(key)
    for before, after in groups.values():
        if len(before) == len(after) and (len(before) == 1 or not alone):
            yield from zip(_in_order(before, lost), _in_order(after, new), strict=True)


def _in_order(keys: list[str], events: Keyed) -> list[str]:
    return sorted(keys, key=lambda key: (events[key].start is None, events[key].start, key))


def _only(events: Keyed, told: Callable[[Event], Hashable]) -> dict[Hashable, str]:
    """What one event alone says -> its key."""
    keys: dict[Hashable, list[str]] = defaultdict(list)
    for key, event in events.items():
        keys[told(event)].append(key)
    return {said: found[0] for said, found in keys.items() if len(found) == 1}


def _name(event: Event) -> str:
    return _NO_LETTERS.sub("", casefold(event.title))


def _alike(one: Event, other: Event) -> bool:
    shorter, longer = sorted((_name(one), _name(other)), key=len)
    return shorter == longer or (len(shorter) >= SHORTEST_NAME and shorter in longer)


def _day(event: Event) -> Hashable:
    return event.start.date() if event.start else None


def _place(event: Event) -> str:
    place = event.place
    return _NO_LETTERS.sub("", casefold(" ".join(filter(None, (place.name, place.address))))) if place else ""
