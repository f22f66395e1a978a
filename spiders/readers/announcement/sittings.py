"""Sittings of one day: one event with a break, or several to choose from."""

from __future__ import annotations

import re
from datetime import timedelta

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
