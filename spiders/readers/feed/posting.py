"""Posting dates that are none: feeds of calendars put the start of the event there, and its day into the title.

A posting date is never the date of an event by itself. Where it lies ahead, nothing can have been posted then; and
where the title names its day, it is the start.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from spiders.items import Context
from spiders.readers.timestamps import Timestamp, read_moment

if TYPE_CHECKING:
    from spiders.text.when.model import Session

_COLON = re.compile(r"([ ,./-](?:19|20)\d\d|\d[./-]\d{1,2}):(?=\s)")
_NUMERAL = re.compile(r"(?<!\d)(\d{1,2})(?!\d)")
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
    posted_on = (here.date(), moment.wall.date())
    day = next((day for day in _days(told[0]) if day in posted_on), None) if len(told) == 1 else None
    if day is None:
        return None
    end = None
    if moment.wall.time() == time():  # a day is all that was known
        start = Timestamp(datetime.combine(day, time()), True, None)
        if told[0].end is not None and told[0].all_day:
            end = Timestamp(datetime.combine(told[0].end.date(), time()) - timedelta(days=1), True, None)
    elif not told[0].all_day and told[0].start.time() != here.time():  # the title tells the hour for people
        start = Timestamp(told[0].start.replace(tzinfo=None), False, None)
    elif day == here.date():
        start = moment
    else:  # the offset is not that of the hour beside it
        start = Timestamp(moment.wall, False, None)
    bare = _without(title, told[0].words or "") or without_dates(title, told).strip(_EDGES)
    return Titled(bare or title, start, end)


def _days(told: Session) -> Iterator[date]:
    """The day that a title names; where slashes leave open which number is the month, the other one too."""
    day = told.start.date()
    yield day
    if "/" in (told.words or "") and day.day <= 12:
        yield date(day.year, day.day, day.month)


def with_plain_day(title: str) -> str:
    """A title in which no colon stands right behind a date, as if it were one of an hour: "Nov 28, 2026: Talk"."""
    return _COLON.sub(r"\1 -", title)


def _without(title: str, words: str) -> str | None:
    """A title without the words of its day, and the year behind them; None where they do not stand in it."""
    found = re.search(_NUMERAL.sub(r"\1(?:st|nd|rd|th)?", re.escape(words)), title) if words else None
    if found is None:
        return None
    before, behind = title[: found.start()], title[found.end() :]
    before = _TO_THE_DAY.sub("", before.rstrip(_EDGES.replace(":", "")))
    behind = _BEHIND_A_DAY.sub("", behind).lstrip(_EDGES)
    return re.sub(r"\s{2,}", " ", f"{before} {behind}").strip(_EDGES)
