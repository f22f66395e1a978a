"""Free hours: asked for working days and the weekend, in words or clocks, and shown before they are believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from planner.cli.init._asking import TIMES, agreed, understood
from planner.config.free_words import WEEKEND, WORKING_DAYS, ranges, read_free
from planner.config.hours import Hours, parse_hours
from planner.i18n.catalog import Catalog

WORKING_HOURS, WEEKEND_HOURS = "18:30-22:00", "09:00-22:00"

Free = Mapping[int, Hours]


def free_hours(words: Catalog) -> Free:
    """Free hours by weekday (0 is Monday). Raises click.Abort."""
    free: Free = {}
    for _ in range(TIMES):
        free = _asked(words)
        told = agreed(words("start.hours_right", hours=shown(free, words)), words)
        if told is True:
            break
    return free


def _asked(words: Catalog) -> Free:
    working = _answered(words("start.hours_working"), WORKING_DAYS, WORKING_HOURS, words)
    if set(WEEKEND) <= set(working):  # "every evening" tells of the weekend too
        return working
    weekend = _answered(words("start.hours_weekend"), WEEKEND, WEEKEND_HOURS, words)
    return {**weekend, **working} if set(WORKING_DAYS) <= set(working) else {**working, **weekend}


def _answered(question: str, days: Iterable[int], default: str, words: Catalog) -> Free:
    asked = tuple(days)
    return understood(
        question,
        lambda text: read_free(text, asked),
        default,
        dict.fromkeys(asked, parse_hours(default)),
        lambda text: words("start.hours_unclear", given=text),
    )


def shown(free: Free, words: Catalog) -> str:
    """``Mon–Fri 18:30–22:00; Sat, Sun none``: days in a row with the same hours together."""
    parts = []
    for hours, days in groupby(range(7), key=lambda day: free.get(day, ())):
        first, *rest = list(days)
        name = words(f"date.weekday_{first}")
        if rest:
            name += f"–{words(f'date.weekday_{rest[-1]}')}"
        told = words("digest.comma").join(each.replace("-", "–") for each in ranges(hours))
        parts.append(f"{name} {told or words('lever.none')}")
    return words("start.semicolon").join(parts)
