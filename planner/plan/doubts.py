"""What in a configuration is allowed, and yet hardly meant: said with the plan, where its effect is seen."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from planner.config import Config
from planner.config.hours import DAYS
from planner.plan.codes import Note
from planner.plan.lookup import is_meant
from planner.types import Rated
from spiders.reasons import Reason

_SEVERAL = re.compile(r"[，、；]")


def doubts_of(config: Config, rated: Sequence[Rated]) -> Iterator[Reason]:
    """Notes on a configuration that says nothing, on a city that is not named, on caps and hours that leave nothing to
    plan, and on wishes that no event of the last month and the next four is meant by (`rated`)."""
    wanted = (config.interests.industry, config.interests.practice)
    if not (config.sources or config.city or any(wanted)):
        yield Reason(Note.NOTHING_CONFIGURED)
    elif "city" in config.model_fields_set and not (config.city or "").strip():
        yield Reason(Note.CITY_EMPTY)
    yield from (Reason(Note.NOTHING_ALLOWED, about=key) for key in _closed(config))
    for note, wishes in ((Note.PIN_UNMET, config.week.pinned), (Note.REFUSAL_UNMET, config.week.refused)):
        for wish in wishes:
            # What was refused may be over long since; a comma tells that it never was met.
            if note == Note.REFUSAL_UNMET and not _SEVERAL.search(wish):
                continue
            if not any(is_meant(each, wish) for each in rated):
                yield Reason(note, about=wish)


def _closed(config: Config) -> Iterator[str]:
    """The keys of the week that leave no event to plan."""
    caps, free = config.week.at_most, config.week.free
    for name in ("per_day", "per_week", "days"):
        if getattr(caps, name) == 0:
            yield f"week.at_most.{name}: 0"
    if not any(free.on(day, working=working) for day in range(len(DAYS)) for working in (True, False)):
        yield "week.free"
