"""Keeping what a source answered: its events under lasting keys, and how it fared, in one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from planner.config.holidays import Holidays
from planner.gather.absence import NONE, READERS_THAT_FORGET, Absence, absence
from planner.gather.habit import after_unchanged, to_json
from planner.gather.look import habit_of, looked_at, with_note
from planner.gather.sift import sifted
from planner.gather.silence import PROSE, Oddity
from planner.gather.states import (
    answered_state,
    as_it_last_was,
    failed_state,
    failure_of,
    report_left_alone,
    report_of,
    unchanged_state,
)
from planner.gather.successors import successors
from planner.store import SourceState, Store
from planner.store.database import without_nul
from planner.store.habits import keep_habit
from planner.types import DAYS_BEFORE_GONE
from spiders.items import Event, FetchResult, Place, Reading, Source, SourceReport, Validators
from spiders.listed import with_own_pages
from spiders.reasons import Code, Reason

SHARE_OF_A_CATASTROPHE = 0.3
MIN_TO_JUDGE_OF_ALL = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceResult:
    """How one source fared, and what its good answer lacks. ``good`` is when it answered well before. An answer that
    is ``held`` back (``since`` when) waits for one more, of another day, that says the same; ``waited``: this is that
    one. ``reader`` is who read the last answer that was believed."""

    report: SourceReport
    lacks: Absence = NONE
    good: datetime | None = None
    held: bool = False
    since: datetime | None = None
    waited: bool = False
    reader: str | None = None


def keep(
    source: Source,
    crawled: FetchResult,
    store: Store,
    states: Mapping[str, SourceState],
    now: datetime,
    *,
    accept_losses: bool = False,
) -> SourceResult:
    """Write one source's answer, and say how it fared. What is gone is only named: `settle` decides about it."""
    before = states.get(source.id)
    if not crawled.asked and (left := report_left_alone(source, before, crawled)) is not None:
        return SourceResult(report=left)
    failure = failure_of(crawled)
    if failure is not None:
        state = failed_state(source, before, failure, crawled, now)
        with store.transaction():
            store.put_source(state)
        return SourceResult(report=as_it_last_was(source, state))
    if crawled.unchanged and not crawled.readings:
        return SourceResult(report=_keep_unchanged(source, before, crawled, store, now))
    return _keep_good(source, crawled, store, before, now, accept_losses=accept_losses)


def _keep_good(
    source: Source,
    crawled: FetchResult,
    store: Store,
    before: SourceState | None,
    now: datetime,
    *,
    accept_losses: bool,
) -> SourceResult:
    """An answer that was read: kept, or held back where it lost too much or is odd."""
    answered = with_known_times(keyed(told(source, crawled.readings)), store, source.id)
    events, left_out = sifted(source, answered)
    state = answered_state(source, before, crawled, events=events, left_out=len(left_out), now=now)
    good, since, reader = (before.good, before.held, before.reader) if before else (None, None, None)
    with store.transaction():
        known = _under_new_keys(store, answered, before, state, now)
        seen = looked_at(source, crawled.readings, answered, store, before=before, state=state)
        # What words leave out stands in the answer: it is not gone.
        lacks = (
            NONE if seen.is_cut else absence(store, before, state, readings=crawled.readings, events=answered, now=now)
        )
        waited = since is not None and since.date() < now.date()
        why = None if accept_losses else _why_held(lacks, seen.odd, waited=waited)
        result = SourceResult(
            report=report_of(state), lacks=lacks, good=good, since=since, waited=waited, reader=reader
        )
        if why is not None:
            if lacks.is_collapse:
                new = {key: _suspect(event) for key, event in events.items() if key not in known}
                store.put_records(source.id, new, now)
            return _held(replace(result, waited=False), why, state, store, now)
        if not answered and reader is not None:
            state = replace(state, reader=reader)  # an empty page shows no form
        if seen.notes:
            state = replace(state, notes=(*state.notes, *seen.notes))
        store.put_records(source.id, events, now)
        store.drop_records(source.id, left_out)
        store.put_source(state)
        keep_habit(store, source.id, to_json(seen.habit_after(state.address, crawled.known.digest)))
    return replace(result, report=report_of(state))


def _why_held(lacks: Absence, odd: Oddity | None, *, waited: bool) -> Reason | None:
    """Why an answer is held back, None where it is believed: what lost much, or is odd and tells something all the
    same, once an answer of another day says so too."""
    if odd is not None and odd.firm:
        return odd.reason
    if waited:
        return None
    if lacks.is_collapse:
        return _of_collapse(lacks)
    return None if odd is None else odd.reason


def _of_collapse(lacks: Absence) -> Reason:
    return Reason(Code.GONE_AT_ONCE, gone=lacks.suddenly, coming=lacks.held_before)


def _under_new_keys(
    store: Store, answered: Mapping[str, Event], before: SourceState | None, state: SourceState, now: datetime
) -> set[str]:
    """Known events that the answer tells under other keys go on under those; -> the keys of all that is known."""
    source = state.id
    known = store.keys(source)
    if not known or known >= answered.keys():
        return known
    forgets = state.reader in READERS_THAT_FORGET
    from_prose = before is not None and before.reader == PROSE != state.reader
    renamed = successors(store.starting(source), answered, now, forgets=forgets, from_prose=from_prose)
    store.rekey(source, renamed)
    return known - renamed.keys() | set(renamed.values())


def _suspect(event: Event) -> Event:
    """An event that is told for the first time by an answer which may be an old copy."""
    doubts = (*event.evidence.doubts, Reason(Code.FROM_AN_ODD_ANSWER))
    return replace(event, evidence=replace(event.evidence, sure="doubtful", doubts=doubts))


def settle(
    kept: Sequence[SourceResult], store: Store, now: datetime, *, accept_losses: bool = False
) -> list[SourceResult]:
    """What is gone is counted, unless too much is gone at once: then it is taken as a fault and shouted, or, where
    losses are accepted, the user says that it is true.

    -> the same with reports of the sources that were frozen.
    """
    before, gone = (sum(getattr(each.lacks, name) for each in kept) for name in ("held_before", "suddenly"))
    everywhere = before >= MIN_TO_JUDGE_OF_ALL and gone > SHARE_OF_A_CATASTROPHE * before
    settled = []
    for each in kept:
        lacks = each.lacks
        with store.transaction():
            if everywhere and lacks.suddenly and not (accept_losses or each.held or each.waited):
                state = store.sources()[each.report.source]
                each = _held(each, _of_collapse(lacks), state, store, now)  # noqa: PLW2901
            elif lacks.gone and not each.held:
                times = DAYS_BEFORE_GONE if accept_losses else 1  # the user's word stands for all answers
                missed = lacks.gone if accept_losses else [key for key in lacks.gone if key not in lacks.tail]
                store.miss(each.report.source, missed, now.date().isoformat(), times=times)
        settled.append(each)
    return settled


def _held(kept: SourceResult, reason: Reason, state: SourceState, store: Store, now: datetime) -> SourceResult:
    """The source counts as failed and is read anew next time; nothing of it is doubted as long as it is held. Write
    inside ``transaction``."""
    since = kept.since or now
    reader = kept.reader or state.reader
    state = replace(state, outcome="failed", reason=reason, good=kept.good, reader=reader)
    store.put_source(replace(state, known=Validators(), held=since))
    return replace(kept, report=replace(kept.report, outcome="failed", reason=reason), held=True)


def _keep_unchanged(
    source: Source, before: SourceState | None, crawled: FetchResult, store: Store, now: datetime
) -> SourceReport:
    """The source says what it said before."""
    if before is None:
        return SourceReport(source=source.id, outcome="quiet", reason=Reason(Code.NOTHING_TO_COMPARE))
    state = unchanged_state(source, before, crawled, now)
    with store.transaction():
        store.put_source(state)
        store.touch_records(source.id, now)
        if before.good is None or now >= before.good:
            store.miss_again(source.id, now.date().isoformat())
        habit = habit_of(source, store)
        if habit is not None:
            keep_habit(store, source.id, to_json(after_unchanged(habit)))
    return with_note(report_of(state), source, habit, now)


def told(source: Source, readings: Sequence[Reading]) -> list[Event]:
    """The events of a source's documents: of a list and its entries' own pages, which may say without a day that an
    event of the list is off; the user's own words fill gaps."""
    if not readings:
        return []
    listed, *details = readings
    detailed = [event for reading in details for event in (*reading.events, *reading.notices)]
    off = {each.url: each.status for each in detailed if each.url and each.notice and each.start is None}
    called_off = [
        replace(event, status=off[event.url], notice="off")
        for event in listed.events
        if event.url in off and event.start is not None
    ]
    known = {event.url for event in called_off}
    detailed = [*called_off, *(event for event in detailed if event.url not in known)]
    events = with_own_pages((*listed.events, *listed.notices), detailed)
    return [_with_options(source, event) for event in events if not _is_off(source, event)]


def _is_off(source: Source, event: Event) -> bool:
    """Whether the configuration says that on the day of an event there is none."""
    holidays = source.options.get("holidays")
    return isinstance(holidays, Holidays) and event.start is not None and holidays.fall_on(event.start.date())


def with_known_times(events: dict[str, Event], store: Store, source: str) -> dict[str, Event]:
    """A notice under the key of a known event, without a day or an hour of another, is that event, and it is off."""
    if not any(event.notice == "off" for event in events.values()):
        return events
    known = store.starting(source)
    return {
        key: replace(known[key], status=event.status, notice="off", former=event.former)
        if event.notice == "off" and key in known and _is_vaguer(event, known[key])
        else event
        for key, event in events.items()
    }


def _is_vaguer(notice: Event, known: Event) -> bool:
    if notice.start is None or known.start is None:
        return notice.start is None
    return notice.all_day and not known.all_day and notice.start.date() == known.start.date()


def _with_options(source: Source, event: Event) -> Event:
    """What the configuration says of a source holds where its events say nothing."""
    title, organizer, place = (source.options.get(name) for name in ("title", "organizer", "place"))
    if source.kind == "recurrence" and title:
        event = replace(event, title=str(title))
    inferred = event.evidence.inferred
    if organizer and (event.organizer is None or "organizer" in inferred):
        evidence = replace(event.evidence, inferred=tuple(name for name in inferred if name != "organizer"))
        event = replace(event, organizer=str(organizer), evidence=evidence)
    if place and event.place is None:
        event = replace(event, place=Place(name=str(place)))
    return event


def keyed(events: Iterable[Event]) -> dict[str, Event]:
    """Events by their key within a source: the uid, the occurrence of a series, and the start only where one uid
    stands for several events."""
    by_key: dict[str, list[Event]] = {}
    for event in events:
        key = without_nul(f"{event.uid}|{event.occurrence}" if event.occurrence else event.uid)
        by_key.setdefault(key, []).append(event)
    result: dict[str, Event] = {}
    for key, same in by_key.items():
        for event in same:
            start = event.start.isoformat() if event.start else ""
            result[key if len(same) == 1 else f"{key}|{start}"] = event
    return result
