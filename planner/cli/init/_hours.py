"""Free hours: asked for working days and the weekend, in words or clocks, and shown before they are believed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from planner.cli._asking import TIMES, agreed, understood
from planner.config.free_words import WEEKEND, WORKING_DAYS, ranges, read_free
from planner.config.hours import Hours
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
    known = read_free(WORKING_HOURS, WORKING_DAYS)
    working = _answered(words("start.hours_working"), WORKING_DAYS, WORKING_HOURS, known, words)
    default, known = WEEKEND_HOURS, read_free(WEEKEND_HOURS, WEEKEND)
    if set(WEEKEND) <= set(working):  # "every evening" tells of the weekend too
        known = {day: working[day] for day in WEEKEND}
        default = _days(known, WEEKEND, words)
    weekend = _answered(words("start.hours_weekend"), WEEKEND, default, known, words)
    return {day: (working if day in WORKING_DAYS else weekend).get(day, ()) for day in range(7)}


def _answered(question: str, days: Iterable[int], default: str, known: Free | None, words: Catalog) -> Free:
    """The hours of these days; ``known`` are those that ``default`` tells."""
    asked = tuple(days)
    return understood(
        question,
        lambda text: known if text == default else read_free(text, asked),
        default,
        known or {},
        lambda text: words("start.hours_unclear", given=text),
    )


def shown(free: Free, words: Catalog) -> str:
    """``Mon–Fri 18:30–22:00; Sat–Sun none``: days in a row with the same hours together."""
    return _days(free, range(7), words)


def _days(free: Free, days: Iterable[int], words: Catalog) -> str:
    parts = []
    for hours, same in groupby(days, key=lambda day: free.get(day, ())):
        first, *rest = list(same)
        name = words(f"date.weekday_{first}")
        if rest:
            name += f"–{words(f'date.weekday_{rest[-1]}')}"
        told = words("digest.comma").join(each.replace("-", "–") for each in ranges(hours))
        parts.append(f"{name} {told or words('lever.none')}")
    return words("start.semicolon").join(parts)
