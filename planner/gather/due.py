"""Whether a source is asked now: what its host asked for comes first, then its own failures, then how often is enough.

Who failed is asked after one hour, then six, a day, three days, a week. The weekly job asks all the same, once; but
nobody asks a host before the time it named, nor an address that is gone for good.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from planner.gather.fingerprint import fingerprint, is_same_address
from planner.store import SourceState
from spiders.guard import AddressGuard
from spiders.hosts import SECONDS_TO_WAIT_AT_MOST, asked_to_wait, host_of
from spiders.items import FetchResult, Source, Validators
from spiders.reasons import Code
from spiders.settings import CrawlPolicy

BACK_OFF = (timedelta(hours=1), timedelta(hours=6), timedelta(days=1), timedelta(days=3), timedelta(days=7))
"""After one failure, two in a row ...; the last holds for all that follow."""
MIN_GAP = timedelta(hours=1)  # between two fetches of one address
_ENOUGH = 0.9  # of a length of time: cron comes a little early now and then, and no day is to be left out for that


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How a run asks. ``insist``: in spite of our own back-off. ``fresh``: these sources alone, whatever is known of
    them; of hosts' own wishes and robots.txt nothing is ignored."""

    insist: bool = False
    fresh: frozenset[str] = field(default_factory=frozenset)


def left_alone(
    source: Source,
    state: SourceState | None,
    now: datetime,
    *,
    manners: CrawlPolicy,
    waits: Mapping[str, datetime],
    wish: Wish,
) -> FetchResult | None:
    """What is reported of a source on the web that is not asked now; None where it is. ``waits`` say until when hosts
    want to be left alone."""
    until = _until(source, state, waits, now)
    others = wish.fresh and source.id not in wish.fresh
    if until is not None and now < until and not others:
        seconds = math.ceil((until - now).total_seconds())
        return FetchResult(source=source.id, failure=asked_to_wait(until, now), wait=seconds, asked=False)
    if source.id in wish.fresh or state is None or state.retired is not None:
        is_due = not others
    else:
        is_due = not others and _is_due(source, state, now, manners, wish)
    return None if is_due else FetchResult(source=source.id, asked=False)


def _is_due(source: Source, state: SourceState, now: datetime, manners: CrawlPolicy, wish: Wish) -> bool:
    if is_gone(source, state):
        return False
    if state.address != fingerprint(source):
        return True
    if state.outcome == "failed":
        due = asked_next(state)
        return wish.insist or due is None or not state.tried <= now < due
    return not _was_just_asked(source, state, now, manners) and not _is_often_enough(source, state, now)


def _until(source: Source, state: SourceState | None, waits: Mapping[str, datetime], now: datetime) -> datetime | None:
    """Until when the host of a source, or the source itself, asked to be left alone."""
    own = state.not_before if state is not None and is_same_address(state, source) else None
    if own is not None and own > now + timedelta(seconds=SECONDS_TO_WAIT_AT_MOST):
        own = None  # so long nobody may ask for: it was heard by a clock that was wrong
    return max((at for at in (own, waits.get(host_of(source.url or ""))) if at is not None), default=None)


def is_gone(source: Source, state: SourceState) -> bool:
    """Whether the address answered that it is gone for good (RFC 9110, 15.5.11)."""
    reason = state.reason.code if state.outcome == "failed" and state.reason else None
    return reason is Code.STATUS_GONE and is_same_address(state, source)


def asked_next(state: SourceState) -> datetime | None:
    """From when on a source that failed is asked again; None where it may be at once."""
    if state.outcome != "failed" or not state.failures:
        return state.not_before
    rest = BACK_OFF[min(state.failures, len(BACK_OFF)) - 1] * _ENOUGH
    return max(filter(None, (state.tried + rest, state.not_before)))


def _was_just_asked(source: Source, state: SourceState, now: datetime, manners: CrawlPolicy) -> bool:
    """Whether a stranger's host answered well within the last hour: it is not asked again. Own machines are."""
    guard = AddressGuard.allowing(manners.allow)
    own = manners.hosts is not None or guard.allows_by_name(host_of(source.url or ""))
    return not own and state.good is not None and timedelta() <= now - state.good < MIN_GAP


def _is_often_enough(source: Source, state: SourceState, now: datetime) -> bool:
    """Whether the configuration wants a source asked less often than that; what has to be read anew is asked."""
    if source.every is None or state.good is None or state.known == Validators():
        return False
    return timedelta() <= now - state.good < source.every * _ENOUGH
