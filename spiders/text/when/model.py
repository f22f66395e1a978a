"""What a text says about time: sessions, rules, conflicts; and the parts they are built from."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

from spiders.items import Sure
from spiders.reasons import Reason

Precision = Literal["minute", "part", "day", "time"]
Role = Literal["main", "start", "end", "check-in", "deadline", "past", "side", "skip"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """One sitting. ``start`` and ``end`` are aware; ``end`` is exclusive; ``all_day`` times are midnights.

    ``precision`` says what the words gave: the ``minute``, a ``part`` of the day ("Saturday afternoon", told as all
    day), the ``day``, or only a ``time`` (the day is then that of ``now``, and the session doubtful).
    """

    start: datetime
    end: datetime | None = None
    all_day: bool = False
    sure: Sure = "stated"
    precision: Precision = "minute"
    words: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A time that is no sitting: from ``start`` to ``end`` (aware, exclusive); one of them is None for a limit or a
    moment. ``words`` say it.
    """

    start: datetime | None
    end: datetime | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """All that a text says about when something is held.

    ``recurrence`` is an RRULE value (RFC 5545, 3.3.10), and the sessions are then its first occurrences; on the days
    ``excluded`` it does not meet ("12月1日停一次"), and none of the sessions is on such a day.
    ``conflicts`` says what contradicts what. ``words`` are the words relied on, ``zone`` the zone they name.
    ``periods`` are told only where there is no session: "下个月" is no date, but not nothing.
    """

    sessions: tuple[Session, ...] = ()
    recurrence: str | None = None
    excluded: tuple[date, ...] = ()
    conflicts: tuple[Reason, ...] = ()
    words: str | None = None
    zone: str | None = None
    periods: tuple[Period, ...] = ()


@dataclass(slots=True)
class Clock:
    """A time of day as written: ``half`` is am or pm if said, ``part`` the part of the day that is said or meant."""

    hour: int
    minute: int = 0
    half: str | None = None
    part: str | None = None
    padded: bool = False
    guessed: bool = False  # its half of the day is what is usual, not what was said
    rough: bool = False  # "7-ish"


@dataclass(slots=True)
class Hours:
    """From a clock to a clock, with the role the words around give it."""

    first: Clock
    last: Clock | None = None
    next_day: int = 0  # the end is this many days later ("至次日 17:00")
    role: Role = "main"
    start: int = 0
    stop: int = 0
    zone: str | None = None  # the zone said of these hours


@dataclass(slots=True)
class Days:
    """A day or a range of days; ``last`` is None for a single day. ``weak`` days need support to be believed.

    ``at`` is where the words of the day begin.
    """

    first: date
    last: date | None = None
    relative: bool = False
    guessed: bool = False
    weak: bool = False
    at: int = 0
    open_since_now: bool = False  # "即日起": not a day on which something begins


@dataclass(slots=True)
class Mention:
    """One place in the text that speaks of time: days, hours or both, or a rule, with its role."""

    start: int
    stop: int
    days: list[Days] = field(default_factory=list)
    hours: list[Hours] = field(default_factory=list)
    role: Role = "main"
    part: str | None = None
    rule: str | None = None
    rule_at: int = 0  # where the words of the rule begin
    skipped: list[Days] = field(default_factory=list)  # days on which the series does not meet
    conflicts: list[Reason] = field(default_factory=list)
    zone: str | None = None
    minutes: int | None = None
    label: str | None = None
    day_stop: int = 0  # where the words of the day end, before hours from further on were joined to it
    guessed: bool = False
