"""Posting dates that are none: feeds of calendars put the start of the event there, and its day into the title.

A posting date is never the date of an event by itself. Where it lies ahead, nothing can have been posted then; and
where the title names its day, it is the start.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from spiders.items import Context
from spiders.readers.timestamps import Timestamp, read_moment

_COLON = re.compile(r"([ ,./-](?:19|20)\d\d|\d[./-]\d{1,2}):(?=\s)")
_TO_THE_DAY = re.compile(r"\s(?:on|at|from|in)$", re.IGNORECASE)
_BEHIND_A_DAY = re.compile(
    r"^(?:\s*,?\s*(?:19|20)\d\d\b|\s*[-–~]\s*\d{1,2}\b(?!:\d)|\s*[(（\[](?:mon|tue|wed|thu|fri|sat|sun|周|星期)\w*\.?[)）\]])+",
    re.IGNORECASE,
)
_EDGES = " \t\n,，、:：;；-–—·|｜/~@#()（）[]【】"


@dataclass(frozen=True, slots=True)
class Titled:
    """A title without its day, the start on that day, and the last day where the title names one."""

    title: str
    start: Timestamp
    end: Timestamp | None


def lies_ahead(published: datetime | None, context: Context) -> bool:
    """Whether a posting date is still to come when the feed is read."""
    return published is not None and published > context.now


def start_of(title: str, posted: str | None, context: Context) -> Titled | None:
    """What an item tells whose posting date lies ahead, on the day that its title names; None for any other."""
    moment = read_moment(posted)
    if moment is None or moment.is_date:
        return None
    here = moment.at(ZoneInfo(context.timezone))
    if here <= context.now:
        return None
    from spiders.readers.listing.dates import mentioned, without_dates

    told = mentioned(with_plain_day(title), context.now, context.timezone, year=None, chinese=True).dated
    day = told[0].start.date() if len(told) == 1 else None
    if day is None or day not in (here.date(), moment.wall.date()):
        return None
    end = None
    if moment.wall.time() == time():  # a day is all that was known
        start = Timestamp(datetime.combine(day, time()), True, None)
        if told[0].end is not None and told[0].all_day:
            end = Timestamp(datetime.combine(told[0].end.date(), time()) - timedelta(days=1), True, None)
    elif day == here.date():
        start = moment
    else:  # the offset is not that of the hour beside it
        start = Timestamp(moment.wall, False, None)
    bare = _without(title, told[0].words or "") or without_dates(title, told).strip(_EDGES)
    return Titled(bare or title, start, end)


def with_plain_day(title: str) -> str:
    """A title in which no colon stands right behind a date, as if it were one of an hour: "Nov 28, 2026: Talk"."""
    return _COLON.sub(r"\1 -", title)


def _without(title: str, words: str) -> str | None:
    """A title without the words of its day, and the year behind them; None where they do not stand in it."""
    before, said, behind = title.partition(words)
    if not said or not words:
        return None
    before = _TO_THE_DAY.sub("", before.rstrip(_EDGES.replace(":", "")))
    behind = _BEHIND_A_DAY.sub("", behind).lstrip(_EDGES)
    return re.sub(r"\s{2,}", " ", f"{before} {behind}").strip(_EDGES)
