"""What the silence of a good answer proves: which known events it would have had to hold, and holds no more.

An answer proves nothing of what lies behind a cut, of what it still lists without being readable, nor of what lies
beyond the last event of a calendar that shows the next few only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from planner.store import Known, SourceState, Store
from spiders.items import Event, Reading

SHARE_OF_A_COLLAPSE = 0.5
MIN_TO_JUDGE, MIN_TO_JUDGE_OF_NONE = 4, 3
"""So many known events make a share; and so many that are followed by none at all."""
UNSEEN_FOR_LONG = timedelta(days=10)
"""What good answers did not show for so long is no longer confirmed, although it may lie beyond their end."""
READERS_THAT_FORGET = frozenset({"feed", "announcement", "recurrence"})


@dataclass(frozen=True, slots=True)
class Absence:
    """How many known events were ``coming``, and the keys of those that are ``gone``. Some of these are the ``tail``:
    several that vanish at once beyond the last event of a calendar. A limit that shrank does that. ``suddenly`` is how
    many of the gone the answer before held, of so many (``held_before``) that it held; ``empty``: it holds none now."""

    coming: int = 0
    gone: tuple[str, ...] = ()
    tail: frozenset[str] = frozenset()
    suddenly: int = 0
    held_before: int = 0
    empty: bool = False

    @property
    def is_collapse(self) -> bool:
        """Whether so much is gone at once that it is rather a fault, or an old copy, than the truth."""
        least = MIN_TO_JUDGE_OF_NONE if self.empty else MIN_TO_JUDGE
        return self.held_before >= least and self.suddenly > SHARE_OF_A_COLLAPSE * self.held_before


NONE = Absence()


def absence(
    store: Store,
    before: SourceState | None,
    state: SourceState,
    *,
    readings: Sequence[Reading],
    events: Mapping[str, Event],
    now: datetime,
) -> Absence:
    """What this answer lacks, beside the one ``before`` it. Ask before its events are kept.

    A feed drops its old items: nothing is expected of it. A clock that was set back makes no new answer.
    """
    if before is None or state.reader in READERS_THAT_FORGET or any(reading.partial for reading in readings):
        return NONE
    if before.good is not None and now < before.good:
        return NONE
    coming = store.future_of(state.id, now, state.read_until or now)
    listed = frozenset(uid for reading in readings for uid in reading.listed)
    shown = [event.start for event in events.values() if event.start is not None]
    whole = _of_whole_series(coming, events)
    if shown and (state.reader != "ical" or not _is_smaller(coming, before.good, len(listed), events, now)):
        last = max(shown)
        shows_next_few = state.reader == "ical"
        coming = {
            key: known
            for key, known in coming.items()
            if known.start < last
            or (shows_next_few and (known.missed or key in whole))
            or now - known.last_seen >= UNSEEN_FOR_LONG
        }
    gone = [key for key in coming if key not in events and key not in listed and _uid(key) not in listed]
    may_be_cut_off = shown and state.reader == "ical"
    beyond = [key for key in gone if key not in whole] if may_be_cut_off else []
    return Absence(
        coming=len(coming),
        gone=tuple(sorted(gone)),
        tail=_tail(coming, beyond, events, now) if beyond else frozenset(),
        suddenly=sum(not coming[key].missed for key in gone),
        held_before=sum(not known.missed for known in coming.values()),
        empty=not events,
    )


def _of_whole_series(coming: Mapping[str, Known], events: Mapping[str, Event]) -> frozenset[str]:
    """Evenings of a series that is shown: a rule tells all its days, and one event in place of a rule ends it."""
    ruled = {event.uid for event in events.values() if event.recurrence}
    shown = {event.uid for event in events.values()}
    return frozenset(key for key, known in coming.items() if _uid(key) in ruled or (known.ruled and _uid(key) in shown))


def _tail(
    coming: Mapping[str, Known], gone: Sequence[str], events: Mapping[str, Event], now: datetime
) -> frozenset[str]:
    """What vanished together beyond the last event that is shown; one event alone is no tail, nor is what was not seen
    for long."""
    last = max(event.start for event in events.values() if event.start is not None)
    tail = [
        key
        for key in gone
        if coming[key].start > last and not coming[key].missed and now - coming[key].last_seen < UNSEEN_FOR_LONG
    ]
    return frozenset(tail if len({coming[key].start for key in tail}) > 1 else ())


def _is_smaller(
    coming: Mapping[str, Known], last_answer: datetime | None, unread: int, events: Mapping[str, Event], now: datetime
) -> bool:
    """Whether a calendar shows fewer events from today on than its last answer told of what is still to come: then no
    new event pushed out its last ones."""
    today = now.replace(hour=0, minute=0, second=0, microsecond=0)
    shows = sum(event.start is not None and event.start >= today for event in events.values()) + unread
    return shows < sum(last_answer is None or known.last_seen >= last_answer for known in coming.values())


def _uid(key: str) -> str:
    """The uid within the key of an occurrence."""
    return key.rpartition("|")[0]
