"""Offsets that markup writes without knowing them: +00:00 on local times, the winter's offset in summer.

An offset is only doubted where it is of such a kind, and only given up where the page itself speaks against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from zoneinfo import ZoneInfo

from spiders.readers.markup.page import Page
from spiders.readers.timestamps import NUMERIC_ZERO, Timestamp


def judge(moments: Iterable[Timestamp | None], page: Page, zone: ZoneInfo) -> Callable[[Timestamp], bool]:
    """A function that says whether a moment's offset is false, so that its wall time holds in ``zone``.

    Two things give an offset away: the page shows the wall times as written and not as the offsets would move them; or
    other events of the page have real offsets, so that zero is only what was written for "unknown".
    """
    known = [m for m in moments if m is not None and not m.is_date and m.zone is not None]
    suspects = [m for m in known if _suspicious(m, zone)]
    if not suspects:
        return lambda _: False
    mixed = any(m.wall.replace(tzinfo=m.zone).utcoffset() for m in known) and any(map(_is_zero, suspects))
    # The page's words are looked at only where they decide something: that costs a second parse.
    shown = not (mixed and all(map(_is_zero, suspects))) and _shown_as_written(suspects, page, zone)
    return lambda m: _suspicious(m, zone) and (shown or (mixed and _is_zero(m)))


def _is_zero(moment: Timestamp) -> bool:
    return moment.zone is NUMERIC_ZERO


def _suspicious(moment: Timestamp, zone: ZoneInfo) -> bool:
    """Whether the offset differs from the zone's and is zero, or the one that the zone has in its other season."""
    if moment.is_date or moment.zone is None:
        return False
    written = moment.wall.replace(tzinfo=moment.zone).utcoffset()
    here = moment.wall.replace(tzinfo=zone)
    if written is None or written == here.utcoffset():
        return False
    if not written:
        return True
    return abs(written - (here.utcoffset() or written)) == timedelta(hours=1) and written in _offsets_of_year(
        moment, zone
    )


def _offsets_of_year(moment: Timestamp, zone: ZoneInfo) -> set[timedelta | None]:
    return {moment.wall.replace(month=month, day=1, tzinfo=zone).utcoffset() for month in (1, 7)}


def _shown_as_written(suspects: list[Timestamp], page: Page, zone: ZoneInfo) -> bool:
    if not page.clocks:
        return False
    written = sum((m.wall.hour, m.wall.minute) in page.clocks for m in suspects)
    moved = sum((at.hour, at.minute) in page.clocks for at in (m.at(zone) for m in suspects))
    return written > moved and written * 2 >= len(suspects)
