"""Posting dates that are none: feeds of calendars put the start of the event there, and its day into the title.

A posting date is never the date of an event by itself. Where it lies ahead, nothing can have been posted then; and
where the title names its day, it is the start.
"""

from __future__ import annotations

import re
from datetime import datetime, time
from zoneinfo import ZoneInfo

from spiders.items import Context
from spiders.readers.timestamps import Timestamp, read_moment

_YEAR_OR_WEEKDAY = re.compile(
    r"^(?:\s*,?\s*(?:19|20)\d\d\b|\s*[(（\[](?:mon|tue|wed|thu|fri|sat|sun|周|星期)\w*\.?[)）\]])+", re.IGNORECASE
)
_EDGES = " \t\n,，、:：;；-–—·|｜/~@#()（）[]【】"


def lies_ahead(published: datetime | None, context: Context) -> bool:
    """Whether a posting date is still to come when the feed is read."""
    return published is not None and published > context.now


def start_of(title: str, posted: str | None, context: Context) -> tuple[str, Timestamp] | None:
    """The title without its day, and the start on that day, of an item whose posting date lies ahead on the day that
    the title names; None for any other."""
    moment = read_moment(posted)
    if moment is None or moment.is_date:
        return None
    home = ZoneInfo(context.timezone)
    here = moment.at(home)
    if here <= context.now:
        return None
    from spiders.readers.listing.dates import mentioned, without_dates

    told = mentioned(title, context.now, context.timezone, year=None, chinese=True).dated
    day = told[0].start.date() if len(told) == 1 else None
    if day is None or day not in (here.date(), moment.wall.date()):
        return None
    if moment.wall.time() == time():  # a day is all that was known
        start = Timestamp(datetime.combine(day, time()), True, None)
    elif day == here.date():
        start = moment
    else:  # the offset is not that of the hour beside it
        start = Timestamp(moment.wall, False, None)
    return _without(title, told[0].words or "") or without_dates(title, told).strip(_EDGES) or title, start


def _without(title: str, words: str) -> str | None:
    """A title without the words of its day, and the year behind them; None where they do not stand in it."""
    before, said, behind = title.partition(words)
    if not said or not words:
        return None
    behind = _YEAR_OR_WEEKDAY.sub("", behind)
    bare = f"{before.rstrip(_EDGES)} {behind.lstrip(_EDGES)}" if behind.strip(_EDGES) else before
    return re.sub(r"\s{2,}", " ", bare).strip(_EDGES)
