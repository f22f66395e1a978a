"""What several readers say about one page, told once: one event in two markups, and uids that one address shares."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from spiders.items import Event, Place, Sure
from spiders.reasons import Code, Reason

_NO_LETTERS = re.compile(r"[\W_]+")
_ALIKE = 0.6
_MAX_NEAR = 60  # events of one day that one event is compared with
_FILLED = ("end", "mode", "url", "organizer", "description", "price", "published")


def merged(
    base: tuple[Event, ...], others: tuple[Event, ...], shown: Callable[[datetime], bool] = lambda _: False
) -> tuple[Event, ...]:
    """``base`` with what ``others`` know more of the same events, then the events that only ``others`` tell.

    Where two markups give one event two hours, the one that the page shows (``shown``) holds, and the doubt is kept.
    """
    out = list(base)
    by_day: dict[object, list[int]] = {}
    for index, event in enumerate(out):
        by_day.setdefault(_day(event), []).append(index)
    for event in others:
        near = by_day.setdefault(_day(event), [])
        alone = len(base) == len(others) == 1
        found = next((i for i in near[:_MAX_NEAR] if same_event(out[i], event, alone=alone)), None)
        if found is not None:
            out[found] = filled(out[found], event)
            continue
        rival = [i for i in near[:_MAX_NEAR] if i < len(base) and alike(out[i].title, event.title)]
        if (
            len(rival) == 1
            and sum(_day(e) == _day(event) and alike(e.title, event.title) for e in others[:_MAX_NEAR]) == 1
        ):
            out[rival[0]] = _decided(out[rival[0]], event, shown)
        else:
            near.append(len(out))
            out.append(event)
    return tuple(out)


def _day(event: Event) -> object:
    return event.start.date() if event.start else None


def _decided(event: Event, other: Event, shown: Callable[[datetime], bool]) -> Event:
    """One event whose two markups contradict each other about the hour."""
    if event.start is None or other.start is None:
        return filled(event, other)
    right = replace(event, start=other.start, end=other.end) if shown(other.start) and not shown(event.start) else event
    doubt = Reason(Code.MARKUPS_CONTRADICT, one=f"{event.start:%H:%M}", other=f"{other.start:%H:%M}")
    sure: Sure = "inferred" if shown(event.start) != shown(other.start) else "doubtful"
    return replace(right, evidence=replace(right.evidence, sure=sure, doubts=(*right.evidence.doubts, doubt)))


def same_event(one: Event, other: Event, *, alone: bool = False) -> bool:
    """Whether two tellings on one page mean one happening: the same day, no contradicting hour, like titles.

    ``alone``: each markup tells of one event only; then the same hour is enough.
    """
    timed = one.start is not None and other.start is not None and not one.all_day and not other.all_day
    if timed and one.start != other.start:
        return False
    return (alone and timed) or alike(one.title, other.title)


def alike(one: str, other: str) -> bool:
    """Whether two titles on one page name the same thing: equal, one within the other, or nearly equal."""
    from rapidfuzz import fuzz

    a, b = _normal(one), _normal(other)
    if a == b or (min(len(a), len(b)) >= 4 and (a in b or b in a)):
        return True
    return fuzz.ratio(a, b) >= _ALIKE * 100


def _normal(title: str) -> str:
    return _NO_LETTERS.sub("", title.casefold())


def filled(event: Event, other: Event) -> Event:
    """``event`` with its unknown values taken from ``other``; what it knows stays."""
    known: dict[str, object] = {}
    for name in _FILLED:
        if getattr(event, name) is None and getattr(other, name) is not None:
            known[name] = getattr(other, name)
    if event.all_day and not other.all_day and other.start is not None:
        known |= {"start": other.start, "end": other.end, "all_day": False, "evidence": other.evidence}
    elif "end" in known and event.start is not None and (event.all_day != other.all_day or other.end <= event.start):  # type: ignore[operator]
        del known["end"]
    if not event.categories and other.categories:
        known["categories"] = other.categories
    if event.status == "confirmed" and other.status != "confirmed":
        known["status"] = other.status
    place = _fuller(event.place, other.place)
    if place != event.place:
        known["place"] = place
    return replace(event, **known) if known else event  # type: ignore[arg-type]


def _fuller(one: Place | None, other: Place | None) -> Place | None:
    if one is None or other is None:
        return one or other
    names = ("name", "address", "district", "city", "latitude", "longitude")
    return replace(
        one, **{n: getattr(other, n) for n in names if getattr(one, n) is None and getattr(other, n) is not None}
    )


def without_repeats(events: tuple[Event, ...]) -> tuple[Event, ...]:
    """Events told twice by one reader (a list and its "featured" box) told once, the fullest values kept."""
    out: list[Event] = []
    known: dict[tuple[str, object, object], list[int]] = {}
    for event in events:
        same = known.setdefault((_normal(event.title), event.start, event.occurrence), [])
        found = next((index for index in same if not _elsewhere(out[index].place, event.place)), None)
        if found is None:
            same.append(len(out))
            out.append(event)
        else:
            out[found] = filled(out[found], event)
    return _without_echoes(out)


def _elsewhere(one: Place | None, other: Place | None) -> bool:
    """Whether two places are named and differ: the same talk given in two halls at once."""
    if one is None or other is None or not (one.name and other.name):
        return False
    a, b = _normal(one.name), _normal(other.name)
    return a not in b and b not in a


def _without_echoes(events: list[Event]) -> tuple[Event, ...]:
    """A date alone beside a time on the same day under the same title is an echo of it."""
    timed = {(_normal(e.title), e.start.date()) for e in events if e.start is not None and not e.all_day}
    return tuple(
        e
        for e in events
        if not (
            e.all_day
            and e.start is not None
            and (e.end is None or e.end - e.start <= timedelta(days=1))
            and (_normal(e.title), e.start.date()) in timed
        )
    )


def with_own_uids(events: tuple[Event, ...], *, shared: frozenset[str] = frozenset()) -> tuple[Event, ...]:
    """Where several events share one uid (one address holds them all), the start joins the uid of each; so it does
    where one event bears a ``shared`` uid, which is next month another's.

    Where even that is shared (two talks at the same hour), the title does too. Instances of a series that a calendar
    names by their occurrence are told apart already.
    """
    joined = _told_apart(events, lambda event: event.start.strftime("%Y%m%dT%H%M") if event.start else None, shared)
    return _told_apart(joined, lambda event: hashlib.sha256(_normal(event.title).encode()).hexdigest()[:8])


def _told_apart(
    events: tuple[Event, ...], mark: Callable[[Event], str | None], shared: frozenset[str] = frozenset()
) -> tuple[Event, ...]:
    bearing = Counter((event.uid, event.occurrence) for event in events)
    return tuple(
        replace(event, uid=f"{event.uid}#{found}")
        if (bearing[(event.uid, event.occurrence)] > 1 or event.uid in shared)
        and event.occurrence is None
        and (found := mark(event))
        else event
        for event in events
    )
