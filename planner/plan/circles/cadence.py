"""How steadily people meet, learnt from the days on which they met: every week, every second one, the first Tuesday.

Learning is by counting. A rhythm is tried against all days between the first and the last known one: what lies on it
speaks for it, days of it that are missing and days beside it speak against it; the rhythm that leaves least unexplained
is theirs, if it leaves little. What is announced has gaps until the rest is announced too: they decide between rhythms
that explain the past as well, and speak against one only where nothing is past yet.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from planner.rating.vocabulary import plain

LEAST_FIT = 0.8
"""So much of what is known must be explained by a rhythm."""
STEADY = 3
"""People who met so often on one weekday are called steady; two meetings are a guess."""
MOST_WEEKDAYS = 3
"""Who meets on more days of each week is a house with a programme, and no circle."""
MOST_DAYS = 16  # the last ones: rhythms change
LONGEST_INTERVAL = 4  # weeks
OF_INTERVAL = 0.02  # what each further week between meetings costs: of two rhythms that fit the simpler is likelier
OF_MONTH = 0.03
LATEST_IN_MONTH = 4
_NUMBERS = re.compile(r"[\d〇零一二三四五六七八九十百]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cadence:
    """A rhythm: each of ``weekdays`` (0 is Monday) every ``interval`` weeks counted from ``anchor``, or, with ``nth``,
    that weekday of each month (1 the first, -1 the last). ``at`` is when it usually begins, on the wall clock;
    None where it tells no hour. ``meetings`` lie on it; ``fit`` is the share of what is known that it explains.
    ``name`` is that of the one strand that keeps it (`name_of`), where its people hold other evenings too."""

    weekdays: tuple[int, ...]
    interval: int = 1
    nth: int | None = None
    anchor: date
    at: time | None = None
    meetings: int
    fit: float
    name: str | None = None

    @property
    def returns(self) -> int:
        """How often one of its weekdays came back."""
        return self.meetings - len(self.weekdays)

    @property
    def is_steady(self) -> bool:
        return self.returns >= STEADY - 1

    def meets(self, day: date) -> bool:
        """Whether a day lies on it."""
        if day.weekday() not in self.weekdays:
            return False
        if self.nth is not None:
            return self.nth in _places_in_month(day)
        return _weeks_between(self.anchor, day) % self.interval == 0

    def next_after(self, day: date) -> date:
        """The first day of it after ``day``."""
        ahead = (day + timedelta(days=number) for number in range(1, 7 * LONGEST_INTERVAL + 36))
        return next(each for each in ahead if self.meets(each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One evening that people held or announced: when it begins on the wall clock of the place, and its title."""

    start: datetime
    title: str
    all_day: bool = False


def cadence_of(meetings: Iterable[Meeting], today: date = date.max) -> Cadence | None:
    """The rhythm of those who hold these, or of the steadiest strand of what they hold; None where none is seen. Days
    after ``today`` that nobody announced yet are not missing."""
    known = sorted(meetings, key=lambda each: (each.start, each.title))
    found = [
        replace(cadence, name=strand.name)
        for strand in _strands(known)
        if (cadence := _learnt(strand.held, today)) is not None and cadence.meetings >= strand.least
    ]
    return max(found, key=lambda each: (steadiness(each), each.meetings), default=None)


def steadiness(cadence: Cadence) -> float:
    """How much a rhythm is to be relied on: what it explains, by so many meetings; of few, little is known."""
    return cadence.fit * cadence.returns / (cadence.returns + 1)


class _Strand(NamedTuple):
    """Meetings that may follow one rhythm, how many of them it takes, and the name that they alone have."""

    held: Sequence[Meeting]
    least: int
    name: str | None = None


def _strands(meetings: Sequence[Meeting]) -> Iterator[_Strand]:
    """Those of one name; and those that are called otherwise each time, all of them, and by weekday and hour. Of what
    has no name in common two are chance."""
    names: dict[str, list[Meeting]] = defaultdict(list)
    for each in meetings:
        names[name_of(each.title)].append(each)
    alone = [held[0] for held in names.values() if len(held) == 1]
    for name, held in names.items():
        yield _Strand(held, 2, name if len(names) > 1 else None)
    yield _Strand(alone, STEADY)
    slots: dict[tuple[int, time], list[Meeting]] = defaultdict(list)
    for each in alone:
        slots[each.start.weekday(), each.start.time()].append(each)
    yield from (_Strand(held, STEADY) for held in slots.values())


def name_of(title: str) -> str:
    """A title without its numbers: the 333rd meeting is the one that was the 332nd."""
    return " ".join(_NUMBERS.sub(" ", plain(title)).split())


def _learnt(strand: Sequence[Meeting], today: date) -> Cadence | None:
    days = sorted({each.start.date() for each in strand})[-MOST_DAYS:]
    if len(days) < 2 or days[-1] - days[0] < timedelta(days=7):
        return None
    best: tuple[float, Cadence] | None = None
    announced = days[-1] if days[1] > today else min(days[-1], today)
    for cadence, cost in _candidates(days):
        held = [day for day in days if cadence.meets(day)]
        if (len(held) - len(cadence.weekdays)) * 2 < len(cadence.weekdays):
            continue  # most of its days were seen once, which is no rhythm
        if len(held) < (2 if cadence.interval == 1 and cadence.nth is None else STEADY):
            continue
        whole = len(held) / (len(days) + _missing(cadence, days, days[-1]))
        if best is not None and whole - cost <= best[0]:
            continue
        fit = len(held) / (len(days) + _missing(cadence, days, announced)) if announced < days[-1] else whole
        if fit >= LEAST_FIT:
            at = _usual_time([each for each in strand if each.start.date() in held])
            told = Cadence(
                weekdays=cadence.weekdays, interval=cadence.interval, nth=cadence.nth, anchor=held[-1], at=at,
                meetings=len(held), fit=round(fit, 3),
            )  # fmt: skip
            best = whole - cost, told
    return best[1] if best else None


def _missing(cadence: Cadence, days: Sequence[date], until: date) -> int:
    """How many days of a rhythm, from the first of ``days`` to ``until``, are none of them."""
    return sum(cadence.meets(day) for day in _between(cadence.weekdays, days[0], until) if day not in days)


def _between(weekdays: Iterable[int], first: date, last: date) -> Iterator[date]:
    """All days of these weekdays from ``first`` to ``last``."""
    for weekday in weekdays:
        ahead = (weekday - first.weekday()) % 7
        for number in range(ahead, (last - first).days + 1, 7):
            yield first + timedelta(days=number)


def _candidates(days: Sequence[date]) -> Iterator[tuple[Cadence, float]]:
    """Rhythms that these days may follow, with what each costs."""

    def tried(weekdays: Iterable[int], anchor: date, interval: int = 1, nth: int | None = None) -> Cadence:
        told = tuple(sorted(weekdays))
        return Cadence(weekdays=told, interval=interval, nth=nth, anchor=anchor, meetings=0, fit=0.0)

    counts = Counter(day.weekday() for day in days)
    for size in range(1, MOST_WEEKDAYS + 1):
        usual = [weekday for weekday, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:size]]
        yield tried(usual, days[0]), OF_INTERVAL * (size - 1)
    for weekday in counts:
        of_it = [day for day in days if day.weekday() == weekday]
        if len(of_it) < STEADY:
            continue  # too few for any of these
        for interval in range(2, LONGEST_INTERVAL + 1):
            for anchor in of_it[:interval]:
                yield tried([weekday], anchor, interval), OF_INTERVAL * (interval - 1)
        for nth in (*range(1, LATEST_IN_MONTH + 1), -1):
            yield tried([weekday], of_it[0], nth=nth), OF_MONTH


def _usual_time(held: Sequence[Meeting]) -> time | None:
    """The hour at which most of them begin, where most have one in common."""
    hours = Counter(at for _, at in {(each.start.date(), each.start.time()) for each in held if not each.all_day})
    usual = min(hours, key=lambda at: (-hours[at], at), default=None)
    days = len({each.start.date() for each in held})
    return usual if usual is not None and hours[usual] * 2 > days else None


def _places_in_month(day: date) -> tuple[int, ...]:
    """Which of its weekday a day is in its month, counted from the beginning, and from the end where it is the last."""
    first = (day.day - 1) // 7 + 1
    return (first, -1) if (day + timedelta(days=7)).month != day.month else (first,)


def _weeks_between(one: date, other: date) -> int:
    """Whole weeks from Monday to Monday."""
    return ((other - timedelta(days=other.weekday())) - (one - timedelta(days=one.weekday()))).days // 7
