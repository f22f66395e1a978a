"""A good answer beside what is kept of its source: whether it is odd, or cut, and what is learnt from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from planner.gather.fingerprint import fingerprint
from planner.gather.habit import Habit, after_good, from_json
from planner.gather.silence import Answer, Oddity, is_cut, newest_of, oddity, same_for_long
from planner.store import SourceState, Store
from planner.store.habits import kept_habit
from spiders.items import Event, Reading, Source, SourceReport
from spiders.reasons import Code, Reason

CUT = Reason(Code.CUT_SHORT)
FEED = "feed"
"""The reader of what drops old items, and keeps others though they are over."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A good answer as it was looked at: what is ``odd`` about it; whether it ends in the middle (``is_cut``), and what
    is told of it (``notes``)."""

    answer: Answer
    habit: Habit | None
    odd: Oddity | None
    is_cut: bool
    notes: tuple[Reason, ...]

    def habit_after(self, address: str, digest: str | None) -> Habit:
        """What the source is like from here on."""
        answer = self.answer
        return after_good(
            self.habit,
            address,
            count=len(answer.told),
            looks=None if self.is_cut else answer.looks,
            newest=newest_of(answer),
            digest=digest,
            now=answer.now,
        )


def habit_of(source: Source, store: Store) -> Habit | None:
    """What a source is like, as it is configured now; None where that is not known."""
    habit = from_json(kept_habit(store, source.id))
    return habit if habit is not None and habit.address == fingerprint(source) else None


def looked_at(
    source: Source,
    readings: Sequence[Reading],
    answered: Mapping[str, Event],
    store: Store,
    *,
    before: SourceState | None,
    state: SourceState,
) -> Seen:
    """Look at an answer before its events are kept; ``answered`` are all events that it tells, by key."""
    habit = habit_of(source, store)
    answer = Answer(
        told={key: event for key, event in answered.items() if event.start is not None and event.notice is None},
        listed=frozenset(uid for reading in readings for uid in reading.listed),
        looks=next((reading.looks for reading in readings), None),
        reader=state.reader,
        usual_reader=before.reader if before is not None else None,
        forgets=state.reader == FEED,
        partial=any(reading.partial for reading in readings),
        now=state.tried,
    )
    cut = is_cut(answer, habit)
    answer = replace(answer, partial=cut)
    judged = habit if source.text is None and before is not None and not _is_set_back(before, state.tried) else None
    return Seen(
        answer=answer,
        habit=habit,
        odd=oddity(answer, judged, _last_told(store, source.id, before, state)) if judged is not None else None,
        is_cut=cut,
        notes=(CUT,) if cut and not any(reading.partial for reading in readings) else (),
    )


def _is_set_back(before: SourceState, now: datetime) -> bool:
    return before.good is not None and now < before.good


def _last_told(store: Store, source: str, before: SourceState | None, state: SourceState) -> Mapping[str, Event]:
    """What the last good answer told and is still to come."""
    if before is None or before.good is None:
        return {}
    coming = store.future_of(source, state.tried, state.read_until or state.tried)
    last = before.good - timedelta(seconds=1)
    keys = {key for key, known in coming.items() if not known.missed and known.last_seen >= last}
    return {key: event for key, event in store.starting(source).items() if key in keys} if keys else {}


def with_note(report: SourceReport, source: Source, habit: Habit | None, now: datetime) -> SourceReport:
    """The same, with the day since when a source on the web says the same to the letter, where that is long."""
    since = same_for_long(habit, now) if habit is not None and source.url is not None else None
    if since is None:
        return report
    note = Reason(Code.SAME_FOR_LONG, day=f"{since:%Y-%m-%d}")
    return replace(report, notes=(*report.notes, note))
