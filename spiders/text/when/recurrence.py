"""What a rule of repetition says about days; the rule itself is an RRULE (RFC 5545, 3.3.10) for `spiders.rrule`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

from spiders.rrule.expand import occurrences
from spiders.rrule.parse import Rule, RuleError, parse_rule

_AHEAD = timedelta(days=400)  # every day that announcements name comes again within it, a fifth Monday too


def parsed(rule: str) -> Rule | None:
    """A rule as values; None where it is none ("the sixtieth Monday of the month")."""
    try:
        return parse_rule(rule)
    except RuleError:
        return None


def weekdays_of(rule: str) -> set[int]:
    """The weekdays on which a weekly rule meets; none for other rules."""
    found = parsed(rule)
    return {day for _, day in found.weekdays} if found is not None and found.frequency == "WEEKLY" else set()


def next_of_rule(rule: str, base: date) -> date | None:
    """The first day that a rule names and that is not before ``base``: where a fortnight begins is not said."""
    found = parsed(rule)
    if found is None:
        return None
    start = datetime.combine(base, time())
    try:
        before = start + _AHEAD
    except OverflowError:
        before = datetime.max  # noqa: DTZ901 - a wall time
    every = replace(found, interval=1, count=None)
    return next((moment.date() for moment in occurrences(every, start, start, before)), None)
