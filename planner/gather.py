"""Sources -> records in the store, one report line for each source.

A source that fails costs itself: what it gave before stays. Each source is one transaction.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from planner.config import Config
from planner.config.model import SourceEntry
from planner.store import SourceState, Store
from spiders.errors import ReadError
from spiders.items import Context, Crawled, Document, Event, Known, Outcome, Place, Reading, Source, SourceReport
from spiders.settings import Manners
from spiders.sites import READING_OF_KIND
from spiders.version import VERSION
from spiders.workers import ReaderPool

DAYS_AHEAD = 120
DAYS_BACK = 1
DAYS_A_READING_LASTS = 30  # an unchanged calendar is expanded anew when less than 90 days are left of its reading
LEAST_GAP = timedelta(hours=1)  # between two fetches of one address

Progress = Callable[[SourceReport, int, int], None]
"""Called after each source: its report, how many are done, how many there are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The outcome of one gathering: a report for each source, in the configuration's order."""

    reports: tuple[SourceReport, ...]

    @property
    def all_failed(self) -> bool:
        return bool(self.reports) and all(report.outcome == "failed" for report in self.reports)


def sources_of(config: Config) -> list[Source]:
    """The configured sources as the spiders know them."""
    return [_source(entry, config) for entry in config.sources]


def _source(entry: SourceEntry, config: Config) -> Source:
    options = {name: value for name in ("site", "title", "organizer", "place") if (value := getattr(entry, name))}
    return Source(
        id=entry.id,
        kind=entry.kind,
        url=entry.url,
        file=entry.file,
        text=entry.text,
        timezone=entry.timezone or config.timezone,
        track=entry.track,
        options=options,
    )


def gather(
    config: Config,
    store: Store,
    now: datetime,
    *,
    offline: bool = False,
    hosts: Mapping[str, int] | None = None,
    progress: Progress | None = None,
) -> Gathered:
    """Read all sources and keep what they say. ``offline`` leaves the web alone and reads files and texts only.

    ``hosts`` maps host patterns to loopback ports (the sample city).
    """
    sources = sources_of(config)
    states = store.sources()
    manners = Manners(
        allow=config.network.allow,
        contact=config.network.contact,
        delay=config.network.delay if hosts is None else 0.0,
        hosts=hosts,
    )
    by_id = {source.id: source for source in sources}
    reports: dict[str, SourceReport] = {}
    for crawled in _answers(sources, states, now, manners, offline=offline):
        report = reports[crawled.source] = _keep(by_id[crawled.source], crawled, store, states, now)
        if progress is not None:
            progress(report, len(reports), len(sources))
    if offline:
        asleep = [source for source in sources if source.id not in reports]
        reports |= {source.id: _remembered(source, states.get(source.id)) for source in asleep}
    return Gathered(reports=tuple(reports[source.id] for source in sources if source.id in reports))


def _answers(
    sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime, manners: Manners, *, offline: bool
) -> Iterator[Crawled]:
    near = [source for source in sources if source.url is None]
    far = [source for source in sources if source.url is not None]
    yield from _read_near(near, states, now)
    if offline:
        return
    visits = []
    for source in far:
        state = states.get(source.id)
        if state and state.not_before and now < state.not_before and state.address == source.address:
            until = state.not_before.astimezone(now.tzinfo).strftime("%Y-%m-%d %H:%M")
            yield Crawled(source=source.id, failure=f"asked to wait until {until}", known=state.known)
        else:
            visits.append((source, context_of(source, now)))
    if visits:
        from spiders.crawl import crawl

        known = {source.id: _known(states.get(source.id), source, now) for source, _ in visits}
        yield from crawl(visits, known, manners)


def context_of(source: Source, now: datetime) -> Context:
    """What reading may know: the window runs from yesterday over the next 120 days, by whole days."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return Context(
        source=source.id,
        now=now,
        timezone=source.timezone,
        window_start=midnight - timedelta(days=DAYS_BACK),
        window_end=midnight + timedelta(days=DAYS_AHEAD),
    )


def _known(state: SourceState | None, source: Source, now: datetime) -> Known:
    """The validators to ask with: none where the last reading no longer covers what is needed."""
    if state is None or state.address != _fingerprint(source) or not state.read_until or not state.read_from:
        return Known()
    ends_too_soon = state.read_until < now + timedelta(days=DAYS_AHEAD - DAYS_A_READING_LASTS)
    starts_too_late = state.read_from > now
    return Known() if ends_too_soon or starts_too_late else state.known


def _fingerprint(source: Source) -> str:
    """The address and all that bears on reading it: another kind or zone is another source."""
    options = "".join(f" {name}={value}" for name, value in sorted(source.options.items()))
    return f"{source.kind} {source.timezone} {source.address}{options} {VERSION}"


def _read_near(sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime) -> Iterator[Crawled]:
    """Files and texts: read here, in the pool."""
    changed: list[tuple[Source, Document, Known]] = []
    for source in sources:
        try:
            body = Path(source.file).read_bytes() if source.file else (source.text or "").encode()
        except OSError as exc:
            yield Crawled(source=source.id, failure=f"{source.file}: {(exc.strerror or str(exc)).lower()}")
            continue
        known = Known(digest=hashlib.sha256(body).hexdigest())
        if known.digest == _known(states.get(source.id), source, now).digest:
            yield Crawled(source=source.id, unchanged=True, known=known)
        else:
            changed.append((source, Document(body=body), known))
    if not changed:
        return
    with ReaderPool() as pool, ThreadPoolExecutor(pool.size) as threads:

        def read(source: Source, document: Document, known: Known) -> Crawled:
            try:
                reading = pool.read(document, context_of(source, now), _kind(source))
            except ReadError as exc:
                return Crawled(source=source.id, failure=str(exc))
            return Crawled(source=source.id, readings=(reading,), known=known)

        waiting = [threads.submit(read, *each) for each in changed]
        for done in as_completed(waiting):
            yield done.result()


def _kind(source: Source) -> str:
    if source.kind == "recurrence":
        return "recurrence"
    return "text" if source.text is not None else READING_OF_KIND[source.kind]


def _keep(
    source: Source, crawled: Crawled, store: Store, states: Mapping[str, SourceState], now: datetime
) -> SourceReport:
    """Write one source's answer, and say how it fared."""
    before = states.get(source.id)
    refused = next((reading.reason for reading in crawled.readings if reading.refused), None)
    failure = crawled.failure or refused
    if failure is not None:
        with store.transaction():
            store.put_source(_failed(source, before, failure, crawled, now))
        return SourceReport(source=source.id, outcome="failed", reason=failure.partition("\n")[0])
    if crawled.unchanged and not crawled.readings:
        return _keep_unchanged(source, before, store, now)
    events = keyed(_told(source, crawled.readings))
    context = context_of(source, now)
    state = SourceState(
        id=source.id,
        address=_fingerprint(source),
        known=crawled.known,
        read_from=context.window_start,
        read_until=context.window_end,
        tried=now,
        good=now,
        outcome="ok" if events else "quiet",
        reason=None if events else next((each.reason for each in crawled.readings if each.reason), None),
        count=len(events),
        notes=tuple(note for reading in crawled.readings for note in reading.notes),
        reader=next((reading.reader for reading in crawled.readings), None),
    )
    with store.transaction():
        store.put_records(source.id, events, now)
        store.put_source(state)
    return _report(state)


def _keep_unchanged(source: Source, before: SourceState | None, store: Store, now: datetime) -> SourceReport:
    """The source says what it said before."""
    if before is None:
        return SourceReport(source=source.id, outcome="quiet", reason="no answer to compare with")
    state = replace(before, tried=now, good=now, failures=0, outcome="ok" if before.count else "quiet")
    with store.transaction():
        store.put_source(state)
        store.touch_records(source.id, now)
    return _report(state)


def _remembered(source: Source, state: SourceState | None) -> SourceReport:
    """A source that was left alone, as it last was."""
    if state is None:
        return SourceReport(source=source.id, outcome="quiet", reason="never asked (offline)")
    if state.outcome == "failed":
        return SourceReport(source=source.id, outcome="failed", reason=state.reason)
    return _report(state)


def _report(state: SourceState) -> SourceReport:
    outcome: Outcome = "ok" if state.count else "quiet"
    return SourceReport(
        source=state.id,
        outcome=outcome,
        count=state.count,
        reason=state.reason if outcome == "quiet" else None,
        notes=state.notes,
        reader=state.reader,
    )


def _failed(source: Source, before: SourceState | None, failure: str, crawled: Crawled, now: datetime) -> SourceState:
    wait = now + timedelta(seconds=crawled.wait) if crawled.wait else None
    if before is None:
        return SourceState(
            id=source.id,
            address=_fingerprint(source),
            tried=now,
            outcome="failed",
            reason=failure,
            failures=1,
            not_before=wait,
        )
    return replace(
        before,
        tried=now,
        outcome="failed",
        reason=failure,
        failures=before.failures + (0 if before.not_before and now < before.not_before else 1),
        not_before=wait or (before.not_before if before.not_before and now < before.not_before else None),
    )


def _told(source: Source, readings: Sequence[Reading]) -> list[Event]:
    """The events of a source's documents: a detail page's word replaces the list's; the user's own words fill gaps."""
    if not readings:
        return []
    listed, *details = readings
    detailed = [event for reading in details for event in reading.events]
    pages = {event.url for event in detailed if event.url}
    events = [event for event in listed.events if event.url not in pages] + detailed
    return [_with_options(source, event) for event in events]


def _with_options(source: Source, event: Event) -> Event:
    """What the configuration says of a source holds where its events say nothing."""
    title, organizer, place = (source.options.get(name) for name in ("title", "organizer", "place"))
    if source.kind == "recurrence" and title:
        event = replace(event, title=str(title))
    if organizer and event.organizer is None:
        event = replace(event, organizer=str(organizer))
    if place and event.place is None:
        event = replace(event, place=Place(name=str(place)))
    return event


def keyed(events: Iterable[Event]) -> dict[str, Event]:
    """Events by their key within a source: the uid, the occurrence of a series, and the start only where one uid
    stands for several events."""
    by_key: dict[str, list[Event]] = {}
    for event in events:
        key = f"{event.uid}|{event.occurrence}" if event.occurrence else event.uid
        by_key.setdefault(key, []).append(event)
    result: dict[str, Event] = {}
    for key, same in by_key.items():
        for event in same:
            start = event.start.isoformat() if event.start else ""
            result[key if len(same) == 1 else f"{key}|{start}"] = event
    return result


def remembered(config: Config, store: Store) -> tuple[SourceReport, ...]:
    """A report line for each source, as it last was."""
    states = store.sources()
    return tuple(_remembered(source, states.get(source.id)) for source in sources_of(config))
