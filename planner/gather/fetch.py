"""Asking the sources: the near ones (files, texts) are read here, the far ones by the crawler.

A source that did not change since its last reading is not read again, as long as that reading still covers what is
needed. Which ones are asked at all: `planner.gather.due`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from pathlib import Path

from planner.gather.due import Wish, left_alone
from planner.gather.fingerprint import fingerprint
from planner.gather.headers_file import read_headers
from planner.gather.hosts import HostMemory
from planner.store import SourceState
from spiders.errors import ReadError, SourceError
from spiders.failures import os_reason
from spiders.items import Context, Document, FetchResult, Source, Validators
from spiders.pool import ReaderPool
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy
from spiders.sign_in import SecretHeaders
from spiders.sites import READING_OF_KIND

DAYS_AHEAD = 120
DAYS_BACK = 1
LIST = "listing"
"""The kind of a source that lists its events, and the reader of lists."""
DAYS_A_READING_LASTS = 30  # an unchanged calendar is expanded anew when less than 90 days are left of its reading


def answers(
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    now: datetime,
    manners: CrawlPolicy,
    hosts: HostMemory,
    *,
    offline: bool,
    wish: Wish,
    back: int = DAYS_BACK,
) -> Iterator[FetchResult]:
    """Ask all sources; yields each one's answer as it comes. ``offline`` leaves the web alone. Calendars are read from
    ``back`` days ago on."""
    near = [source for source in sources if source.url is None]
    far = [source for source in sources if source.url is not None]
    yield from _read_near(near, states, now, wish, back)
    if offline:
        return
    visits = []
    secrets: dict[str, SecretHeaders] = {}
    waits = hosts.waits()
    for source in far:
        result = left_alone(source, states.get(source.id), now, manners=manners, waits=waits, wish=wish)
        if result is None and source.headers_from is not None:
            try:
                secrets[source.id] = read_headers(source.headers_from)
            except SourceError as exc:
                result = FetchResult(source=source.id, failure=exc.reason, asked=False)
        if result is not None:
            yield result
        else:
            visits.append((source, context_of(source, now, back, states.get(source.id))))
    if visits:
        from spiders.crawl import crawl

        known = {source.id: _known(states.get(source.id), source, now, wish) for source, _ in visits}
        yield from crawl(visits, known, manners, secrets=secrets, facts=hosts.facts(), on_news=hosts.keep)


def window(now: datetime, back: int = DAYS_BACK) -> tuple[datetime, datetime]:
    """What is read of calendars: from yesterday (``back`` days ago) over the next 120 days, by whole days, and what
    runs then."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=back), midnight + timedelta(days=DAYS_AHEAD)


def context_of(source: Source, now: datetime, back: int = DAYS_BACK, state: SourceState | None = None) -> Context:
    """What reading may know of the time and the zone of a source, and of how it was read before."""
    start, end = window(now, back)
    return Context(
        source=source.id,
        now=now,
        timezone=source.timezone,
        window_start=start,
        window_end=end,
        with_running=True,
        second=source.second,
        timezone_overrides=source.timezone_overrides,
        me=str(me) if (me := source.options.get("me")) else None,
        is_list=source.kind == LIST or (state is not None and state.reader == LIST and _is_same(state, source)),
    )


def _is_same(state: SourceState, source: Source) -> bool:
    return state.address == fingerprint(source)


def _known(state: SourceState | None, source: Source, now: datetime, wish: Wish) -> Validators:
    """The validators to ask with: none where the last reading no longer covers what is needed, or is not to count."""
    if state is None or state.retired is not None or source.id in wish.fresh:
        return Validators()
    if not _is_same(state, source) or not state.read_until or not state.read_from:
        return Validators()
    ends_too_soon = state.read_until < now + timedelta(days=DAYS_AHEAD - DAYS_A_READING_LASTS)
    starts_too_late = state.read_from > now
    return Validators() if ends_too_soon or starts_too_late else state.known


def _read_near(
    sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime, wish: Wish, back: int
) -> Iterator[FetchResult]:
    """Files and texts: read here, in the pool."""
    changed: list[tuple[Source, Document, Validators]] = []
    for source in sources:
        if wish.fresh and source.id not in wish.fresh:
            yield FetchResult(source=source.id, asked=False)
            continue
        try:
            body = Path(source.file).read_bytes() if source.file else (source.text or "").encode()
        except OSError as exc:
            reason = Reason(Code.OF_FILE, file=source.file, why=os_reason(exc))
            yield FetchResult(source=source.id, failure=reason)
            continue
        known = Validators(digest=hashlib.sha256(body).hexdigest())
        if known.digest == _known(states.get(source.id), source, now, wish).digest:
            yield FetchResult(source=source.id, unchanged=True, known=known, size=len(body))
        else:
            changed.append((source, Document(body=body), known))
    if not changed:
        return
    with ReaderPool() as pool, ThreadPoolExecutor(pool.size) as threads:

        def read(source: Source, document: Document, known: Validators) -> FetchResult:
            size = len(document.body)
            try:
                reading = pool.read(document, context_of(source, now, back, states.get(source.id)), _kind(source))
            except ReadError as exc:
                return FetchResult(source=source.id, failure=exc.reason, size=size)
            return FetchResult(source=source.id, readings=(reading,), known=known, size=size)

        waiting = [threads.submit(read, *each) for each in changed]
        try:
            for done in as_completed(waiting):
                yield done.result()
        finally:  # of a run that is ended, what has not begun does not begin any more
            threads.shutdown(wait=False, cancel_futures=True)


def _kind(source: Source) -> str:
    if source.kind == "recurrence":
        return "recurrence"
    return "text" if source.text is not None else READING_OF_KIND[source.kind]
