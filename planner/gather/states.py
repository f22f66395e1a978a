"""What is remembered of a source after an answer, and how its report reads: of a good answer, a failure, or none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from planner.gather.due import asked_next, is_gone
from planner.gather.fetch import context_of
from planner.gather.fingerprint import fingerprint, is_same_address
from planner.store import SourceState
from spiders.addresses import hidden_parts, shown
from spiders.items import Event, FetchResult, Outcome, Source, SourceReport, Validators
from spiders.reasons import Code, Reason

RUNS_BEFORE_A_MOVE = 2


def answered_state(
    source: Source,
    before: SourceState | None,
    crawled: FetchResult,
    *,
    events: Mapping[str, Event],
    left_out: int,
    now: datetime,
) -> SourceState:
    """After a good answer that told these ``events``; as many were ``left_out`` by the user's words."""
    unwanted = (Reason(Code.LEFT_OUT_BY_WORDS, count=left_out),) if left_out else ()
    silent = [each.reason for each in crawled.readings if each.reason]
    context = context_of(source, now)
    moved_to, moved_seen = moves(source, before, crawled)
    return SourceState(
        id=source.id,
        address=fingerprint(source),
        known=crawled.known,
        read_from=context.window_start,
        read_until=context.window_end,
        tried=now,
        good=now,
        outcome="ok" if events else "quiet",
        reason=None if events else next(iter(unwanted or silent), None),
        count=len(events),
        notes=(*(note for reading in crawled.readings for note in reading.notes), *unwanted),
        reader=next((reading.reader for reading in crawled.readings), None),
        moved_to=moved_to,
        moved_seen=moved_seen,
    )


def unchanged_state(source: Source, before: SourceState, crawled: FetchResult, now: datetime) -> SourceState:
    """After an answer that says what the one before it said."""
    moved_to, moved_seen = moves(source, before, crawled)
    return replace(
        before,
        tried=now,
        good=now,
        failures=0,
        outcome="ok" if before.count else "quiet",
        moved_to=moved_to,
        moved_seen=moved_seen,
        retired=None,
    )


def report_left_alone(source: Source, before: SourceState | None, crawled: FetchResult) -> SourceReport | None:
    """The report of a source that nobody asked, as it last was; None where that it could not be asked is its failure:
    not where it was well, and its host wants to be left alone because of another."""
    is_well = before is not None and before.outcome != "failed"
    if crawled.failure is not None and not (is_well and crawled.failure.code is Code.ASKED_TO_WAIT):
        return None
    if before is None:
        return SourceReport(source=source.id, outcome="quiet", reason=Reason(Code.NOT_YET_ASKED))
    return as_it_last_was(source, before)


def as_it_last_was(source: Source, state: SourceState | None) -> SourceReport:
    """A source that was left alone, as it last was."""
    if state is None:
        return SourceReport(source=source.id, outcome="quiet", reason=Reason(Code.NEVER_ASKED))
    if state.outcome == "failed":
        next_time = None if source.url is None or is_gone(source, state) else asked_next(state)
        return SourceReport(source=source.id, outcome="failed", reason=state.reason, asked_next=next_time)
    return report_of(state)


def report_of(state: SourceState) -> SourceReport:
    outcome: Outcome = "ok" if state.count else "quiet"
    return SourceReport(
        source=state.id,
        outcome=outcome,
        count=state.count,
        reason=state.reason if outcome == "quiet" else None,
        notes=(*state.notes, *_told_of_move(state)),
        reader=state.reader,
    )


def failure_of(crawled: FetchResult) -> Reason | None:
    """Why a source gave no answer, or one that is no answer to us (a sign-in page); None where it did."""
    return crawled.failure or next((reading.reason for reading in crawled.readings if reading.refused), None)


def failed_state(
    source: Source, before: SourceState | None, failure: Reason, crawled: FetchResult, now: datetime
) -> SourceState:
    """What it gave before stays. Who was not asked did not fail once more."""
    wait = now + timedelta(seconds=crawled.wait) if crawled.wait else None
    address = fingerprint(source)
    last = before or SourceState(id=source.id, address=address, tried=now, outcome="failed")
    if last.address != address:  # what was known holds for another source
        if not is_same_address(last, source):
            last = replace(last, not_before=None, moved_to=None, moved_seen=0)
        last = replace(last, address=address, known=Validators(), failures=0)
    still = last.not_before if last.not_before and now < last.not_before else None
    return replace(
        last,
        tried=now if crawled.asked else last.tried,
        outcome="failed",
        reason=failure,
        failures=last.failures + int(crawled.asked),
        not_before=max(filter(None, (wait, still)), default=None),
        retired=None,
    )


def moves(source: Source, before: SourceState | None, crawled: FetchResult) -> tuple[str | None, int]:
    """Where a source moved for good, and in how many runs in a row that was seen."""
    if crawled.moved is None:
        return None, 0
    again = before is not None and before.moved_to == crawled.moved and is_same_address(before, source)
    return crawled.moved, before.moved_seen + 1 if before is not None and again else 1


def _told_of_move(state: SourceState) -> tuple[Reason, ...]:
    """A new address is proposed; of one that hides keys its host alone is told."""
    address = moved_for_good(state)
    if address is None:
        return ()
    return (Reason(Code.MOVED_FOR_GOOD, address=shown(address) if hidden_parts(address) else address),)


def moved_for_good(state: SourceState) -> str | None:
    """Where a source moved to, once two runs have seen it."""
    return state.moved_to if state.moved_seen >= RUNS_BEFORE_A_MOVE else None
