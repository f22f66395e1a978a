"""Sittings of one day: one event with a break, or several to choose from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from spiders.readers.announcement.occasions import Occasion
from spiders.text.when.model import Session


def merged_halves(sessions: list[Session], normalized: str) -> list[Session]:
    """Morning and afternoon of one day are one event with a break, unless the text speaks of separate sittings."""
    if re.search(r"[两二三四]场|上午场|下午场|晚上?场|第[一二三]场|场次|各[一两]场|任选|选择.{0,6}场", normalized):
        return sessions
    merged: list[Session] = []
    for session in sessions:
        last = merged[-1] if merged else None
        if (
            last is not None
            and last.end is not None
            and session.end is not None
            and last.start.date() == session.start.date()
            and timedelta(0) <= session.start - last.end <= timedelta(hours=3)
            and last.start.hour < 12
        ):
            merged[-1] = Session(
                start=last.start, end=session.end, sure=last.sure, precision=last.precision, words=last.words
            )
        else:
            merged.append(session)
    return merged


def days_of_one(occasions: Sequence[Occasion]) -> list[Occasion]:
    """The days of one programme are one event: each stands alone on a line above its slots, the next day follows.

    The first day's hours are the event's; it is held daily up to the last.
    """
    kept: list[Occasion] = []
    for occasion in occasions:
        last = kept[-1] if kept else None
        if last is not None and _follows(last, occasion):
            if not last.days:  # the first slot's end is not that of the day
                last.sessions = [replace(last.sessions[0], end=None)]
            last.rule = f"FREQ=DAILY;UNTIL={occasion.sessions[0].start:%Y%m%d}"
            last.stop = max(last.stop, occasion.stop)
            last.days = (*last.days, occasion.sessions[0].start.date())
        else:
            kept.append(occasion)
    return kept


def _follows(one: Occasion, other: Occasion) -> bool:
    if not (one.heads_slots and other.stands_alone) or len(other.sessions) != 1 or (one.rule and not one.days):
        return False
    if any(each.sessions[0].all_day for each in (one, other)):
        return False
    first = one.days[-1] if one.days else one.sessions[0].start.date()
    return other.sessions[0].start.date() - first == timedelta(days=1)
