"""The tokens of times: what kinds there are, and what a rule of the grammar is that finds them (see `scanner`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any, NamedTuple


class Kind(StrEnum):
    """What a token says. Each kind has its handler in `mentions`, named after it."""

    COUNT = "count"
    DATE = "date"
    DAY = "day"
    DURATION = "duration"
    EVERY = "every"
    FORTNIGHTLY = "fortnightly"
    LIST = "list"
    MONTH = "month"
    MONTH_DAYS = "month-days"
    MONTHLY = "monthly"
    NEXT_DAY = "next-day"
    NOISE = "noise"
    NOW = "now"
    NTH = "nth"
    PART = "part"
    RANGE = "range"
    RELATIVE = "relative"
    RELATIVE_MONTH = "relative-month"
    ROLE = "role"
    SAME_DAY = "same-day"
    SPAN_DAYS = "span-days"
    TIME = "time"
    UNTIL = "until"
    WEEK = "week"
    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    YEAR = "year"
    ZONE = "zone"


class Token(NamedTuple):
    """A piece of the text that bears on time. ``data`` depends on ``kind``; see the rules that make it."""

    kind: Kind
    start: int
    end: int
    data: Any = None


Build = Callable[[re.Match[str], list[Token]], Token | Iterable[Token] | None]


class Rule(NamedTuple):
    """Characters a token may begin with, its pattern, and what makes tokens of a match (None: the next rule)."""

    first: str
    pattern: re.Pattern[str]
    build: Build


def whole_month(match: re.Match[str], month: int, last: int) -> list[Token]:
    """The tokens of a month that a series is held in: from its first day to its ``last``."""
    at, behind = match.span()
    return [
        Token(Kind.DATE, at, behind, (None, month, 1, False)),
        Token(Kind.RANGE, behind, behind),
        Token(Kind.DATE, behind, behind, (None, month, last, False)),
    ]


def rule(first: str, pattern: str, build: Build) -> Rule:
    """A rule of the grammar; upper and lower case are one."""
    return Rule(first, re.compile(pattern, re.IGNORECASE), build)
