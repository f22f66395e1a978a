"""Asking the sources: the near ones (files, texts) are read here, the far ones by the crawler.

A source that did not change since its last reading is not read again, as long as that reading still covers what is
needed; a host that asked to wait is left alone until then.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from datetime import datetime, timedelta
from pathlib import Path
from urllib.parse import urlsplit

from planner.gather.headers_file import read_headers
from planner.store import SourceState
from spiders.errors import ReadError, SourceError
from spiders.failures import os_reason
from spiders.guard import AddressGuard
from spiders.items import Context, Document, FetchResult, Source, Validators
from spiders.pool import ReaderPool
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy
from spiders.sign_in import SecretHeaders
from spiders.sites import READING_OF_KIND
from spiders.version import VERSION

READING = 2  # counted up where reading changes between versions: what was read before is read once more
DAYS_AHEAD = 120
DAYS_BACK = 1
DAYS_A_READING_LASTS = 30  # an unchanged calendar is expanded anew when less than 90 days are left of its reading
MIN_GAP = timedelta(hours=1)  # between two fetches of one address


def answers(
    sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime, manners: CrawlPolicy, *, offline: bool
) -> Iterator[FetchResult]:
    """Ask all sources; yields each one's answer as it comes. ``offline`` leaves the web alone."""
    near = [source for source in sources if source.url is None]
    far = [source for source in sources if source.url is not None]
    yield from _read_near(near, states, now)
    if offline:
        return
    visits = []
    secrets: dict[str, SecretHeaders] = {}
    for source in far:
        if source.headers_from is not None:
            try:
                secrets[source.id] = read_headers(source.headers_from)
            except SourceError as exc:
                yield FetchResult(source=source.id, failure=exc.reason)
                continue
        state = states.get(source.id)
        if state is None or state.address != fingerprint(source):
            visits.append((source, context_of(source, now)))
        elif state.not_before and now < state.not_before:
            until = state.not_before.astimezone(now.tzinfo).strftime("%Y-%m-%d %H:%M")
            yield FetchResult(source=source.id, failure=Reason(Code.ASKED_TO_WAIT, moment=until), known=state.known)
        elif _was_just_asked(source, state, now, manners):
            yield FetchResult(source=source.id, unchanged=True, known=state.known)
        else:
            visits.append((source, context_of(source, now)))
    if visits:
        from spiders.crawl import crawl

        known = {source.id: _known(states.get(source.id), source, now) for source, _ in visits}
        yield from crawl(visits, known, manners, secrets=secrets)


def _was_just_asked(source: Source, state: SourceState, now: datetime, manners: CrawlPolicy) -> bool:
    """Whether a stranger's host answered well within the last hour: it is not asked again. Own machines are."""
    host = urlsplit(source.url or "").hostname or ""
    own = manners.hosts is not None or AddressGuard.allowing(manners.allow).allows_by_name(host)
    return not own and state.good is not None and timedelta() <= now - state.good < MIN_GAP


def window(now: datetime) -> tuple[datetime, datetime]:
    """What is read of calendars: from yesterday over the next 120 days, by whole days, and what runs then."""
    midnight = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=DAYS_BACK), midnight + timedelta(days=DAYS_AHEAD)


def context_of(source: Source, now: datetime) -> Context:
    """What reading may know of the time and the zone of a source."""
    start, end = window(now)
    return Context(
        source=source.id,
        now=now,
        timezone=source.timezone,
        window_start=start,
        window_end=end,
        with_running=True,
        second=source.second,
        timezone_overrides=source.timezone_overrides,
    )


def _known(state: SourceState | None, source: Source, now: datetime) -> Validators:
    """The validators to ask with: none where the last reading no longer covers what is needed."""
    if state is None or state.address != fingerprint(source) or not state.read_until or not state.read_from:
        return Validators()
    ends_too_soon = state.read_until < now + timedelta(days=DAYS_AHEAD - DAYS_A_READING_LASTS)
    starts_too_late = state.read_from > now
    return Validators() if ends_too_soon or starts_too_late else state.known


def fingerprint(source: Source) -> str:
    """The address and all that bears on reading it: another kind or zone is another source. Of a secret it holds the
    name of its file alone."""
    told: dict[str, object] = dict(source.options)
    told |= {"second": source.second} if source.second != "never" else {}
    told |= {"language": source.language} if source.language and source.url else {}
    told |= {"headers_from": source.headers_from} if source.headers_from else {}
    told |= {"timezone_overrides": True} if source.timezone_overrides else {}
    told |= {name: ",".join(words) for name, words in (("only", source.only), ("without", source.without)) if words}
    options = "".join(f" {name}={value}" for name, value in sorted(told.items()))
    return f"{source.kind} {source.timezone} {source.address}{options} {VERSION}.{READING}"


def _read_near(sources: Sequence[Source], states: Mapping[str, SourceState], now: datetime) -> Iterator[FetchResult]:
    """Files and texts: read here, in the pool."""
    changed: list[tuple[Source, Document, Validators]] = []
    for source in sources:
        try:
            body = Path(source.file).read_bytes() if source.file else (source.text or "").encode()
        except OSError as exc:
            reason = Reason(Code.OF_FILE, file=source.file, why=os_reason(exc))
            yield FetchResult(source=source.id, failure=reason)
            continue
        known = Validators(digest=hashlib.sha256(body).hexdigest())
        if known.digest == _known(states.get(source.id), source, now).digest:
            yield FetchResult(source=source.id, unchanged=True, known=known)
        else:
            changed.append((source, Document(body=body), known))
    if not changed:
        return
    with ReaderPool() as pool, ThreadPoolExecutor(pool.size) as threads:

        def read(source: Source, document: Document, known: Validators) -> FetchResult:
            try:
                reading = pool.read(document, context_of(source, now), _kind(source))
            except ReadError as exc:
                return FetchResult(source=source.id, failure=exc.reason)
            return FetchResult(source=source.id, readings=(reading,), known=known)

        waiting = [threads.submit(read, *each) for each in changed]
        for done in as_completed(waiting):
            yield done.result()


def _kind(source: Source) -> str:
    if source.kind == "recurrence":
        return "recurrence"
    return "text" if source.text is not None else READING_OF_KIND[source.kind]
