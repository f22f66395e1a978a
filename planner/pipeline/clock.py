"""Whether the clock can be right: a run that comes long before the last one, or years after it, changes nothing.

A flat battery sets a machine to 1970, a typing error to the next decade. Events would be over at once, and leave every
calendar. So such a run only says so; where the clock goes on from there on a later day, ahead of what it was, it is
believed.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from planner.store import Store

CLOCK = "clock"
"""The fact of the store that holds what is remembered of it."""
BACK, AHEAD = timedelta(days=8), timedelta(days=400)
"""So far before and after the last run a moment needs no second one to be believed."""
ASLEEP = timedelta(days=35)
"""After a longer sleep nothing is forgotten at once."""
A_DAY, A_WEEK = timedelta(hours=20), timedelta(days=6, hours=16)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """When the ``last`` run was; what was last before the clock ``jumped`` ahead (``left``), to which it may return for
    a week; since when it is ``doubted``, and when that was last ``told``."""

    last: datetime
    left: datetime | None = None
    jumped: datetime | None = None
    doubted: datetime | None = None
    told: datetime | None = None


def can_follow(clock: Clock | None, now: datetime) -> bool:
    """Whether a run at ``now`` may be believed."""
    if clock is None or _is_near(clock.last, now) or (clock.left is not None and _is_near(clock.left, now)):
        return True
    doubted = clock.doubted
    return now > clock.last and doubted is not None and doubted + A_DAY <= now <= doubted + AHEAD


def _is_near(last: datetime, now: datetime) -> bool:
    return -BACK <= now - last <= AHEAD


def believed(clock: Clock | None, now: datetime) -> Clock:
    """What is remembered once a run was at ``now``."""
    if clock is None:
        return Clock(last=now)
    if now - clock.last > BACK:
        return Clock(last=now, left=clock.last, jumped=now)
    if clock.last - now > BACK:
        return Clock(last=now)
    last = max(clock.last, now)
    is_settled = clock.jumped is None or last - clock.jumped > A_WEEK
    return Clock(last=last) if is_settled else Clock(last=last, left=clock.left, jumped=clock.jumped)


def doubted(clock: Clock, now: datetime) -> tuple[Clock, bool]:
    """What is remembered of a run whose moment is not believed, and whether that is told: at first, then weekly."""
    is_told = clock.told is None or not timedelta() <= now - clock.told < A_WEEK
    is_new = clock.doubted is None or not timedelta() <= now - clock.doubted <= AHEAD
    return replace(clock, doubted=now if is_new else clock.doubted, told=now if is_told else clock.told), is_told


def slept_long(clock: Clock | None, now: datetime) -> bool:
    """Whether the last run was so long ago that the clock may be wrong after all."""
    return clock is not None and not -BACK <= now - clock.last <= ASLEEP


def known_clock(store: Store) -> Clock | None:
    """What is remembered; of a store of before there was such a thing, when a source was last asked."""
    fact = store.fact(CLOCK)
    if fact is not None:
        kept = {name: each and datetime.fromisoformat(each) for name, each in json.loads(fact).items()}
        return Clock(**kept)
    tried = [state.tried for state in store.sources().values()]
    return Clock(last=max(tried)) if tried else None


def keep_clock(store: Store, clock: Clock) -> None:
    """Remember it. Write inside ``transaction``."""
    kept = {name: each and each.isoformat() for name, each in asdict(clock).items()}
    store.put_fact(CLOCK, json.dumps(kept))
