"""The spider: all sources of a run in one crawler, because delays are per crawler.

It asks for each source's address, hands the answer to the reading processes, follows the few details a list points
to, and reports every source exactly once: a `FetchResult` with readings, or with the reason why there are none.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import scrapy

from spiders import sites
from spiders.addresses import shown
from spiders.errors import ReadError, SourceError
from spiders.failures import fetch_reason
from spiders.items import Context, Document, FetchResult, Reading, Source, Validators
from spiders.pool import ReaderPool
from spiders.reasons import Code, Reason
from spiders.resolver import GuardedResolver
from spiders.sign_in import SIGN_IN, SignIn

_log = logging.getLogger(__name__)

MAX_DETAILS = 10  # of one list: enough for a week, little enough for the host
SECONDS_TO_WAIT_AT_MOST = 7 * 24 * 3600
CODE_OF_STATUS = {
    401: Code.STATUS_SIGN_IN,
    403: Code.STATUS_REFUSES_PROGRAMS,
    404: Code.STATUS_NOT_FOUND,
    410: Code.STATUS_GONE,
    429: Code.STATUS_WAIT,
    451: Code.STATUS_LEGAL,
    503: Code.STATUS_OUT_OF_SERVICE,
}


@dataclass(slots=True)
class _Visit:
    """The state of one source while it is being crawled."""

    source: Source
    context: Context
    pending: int = 0
    readings: list[Reading] = field(default_factory=list)
    failure: Reason | None = None
    wait: int | None = None
    unchanged: bool = False
    known: Validators = field(default_factory=Validators)


class SourceSpider(scrapy.Spider):
    """Crawls ``visits`` (source and context); calls ``deliver(FetchResult)`` once for each source."""

    name = "sources"
    #: Refusals are answers to be named. Redirects are not in it: they are followed by Scrapy, within limits.
    handle_httpstatus_list = (304, *range(400, 600))

    def __init__(
        self,
        *,
        visits: list[tuple[Source, Context]],
        known: Mapping[str, Validators],
        sign_ins: Mapping[str, SignIn],
        pool: ReaderPool[Reading],
        deliver: Callable[[FetchResult], None],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._visits = [_Visit(source, context) for source, context in visits]
        self._known = known
        self._sign_ins = sign_ins
        self._pool = pool
        self._deliver = deliver

    async def start(self) -> AsyncIterator[Any]:
        for visit in self._visits:
            try:
                requests = [self._request(visit, each, first=True) for each in sites.addresses(visit.source)]
            except SourceError as exc:  # an unknown site
                self._deliver(FetchResult(source=visit.source.id, failure=exc.reason))
                continue
            except ValueError:  # Scrapy's, for an address that is none
                reason = Reason(Code.NOT_AN_ADDRESS, address=shown(visit.source.address))
                self._deliver(FetchResult(source=visit.source.id, failure=reason))
                continue
            for request in requests:
                yield request

    def _request(self, visit: _Visit, address: str, *, first: bool) -> scrapy.Request:
        visit.pending += 1
        known = self._known.get(visit.source.id, Validators()) if first else Validators()
        headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
        return scrapy.Request(
            address,
            callback=self.read,
            errback=self.fail,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"visit": visit, "first": first},
            meta={SIGN_IN: self._sign_ins.get(visit.source.id)},
            dont_filter=True,
        )

    async def read(self, response: Any, visit: _Visit, first: bool) -> AsyncIterator[Any]:
        """One answer: read it in a worker, and ask for the details it points to."""
        _log.info("%s: status %d, %d bytes", visit.source.id, response.status, len(response.body))
        reading = await self._reading(response, visit, first)
        if reading is not None:
            visit.readings.append(reading)
            if first:
                for address in _details(reading, response.url):
                    yield self._request(visit, address, first=False)
        self._done(visit)

    async def _reading(self, response: Any, visit: _Visit, first: bool) -> Reading | None:
        if response.status == 304:
            visit.unchanged, visit.known = True, self._known.get(visit.source.id, Validators())
            return None
        if response.status >= 400:
            if first:
                visit.failure = Reason(CODE_OF_STATUS.get(response.status, Code.STATUS_ERROR), status=response.status)
                visit.wait = _seconds_to_wait(response.headers)
            return None
        headers = {
            name.decode("latin-1").lower(): values[-1].decode("latin-1")
            for name, values in response.headers.items()
            if values
        }
        if first:
            digest = hashlib.sha256(response.body).hexdigest()
            visit.known = Validators(
                etag=headers.get("etag"), last_modified=headers.get("last-modified"), digest=digest
            )
            if digest == self._known.get(visit.source.id, Validators()).digest:
                visit.unchanged = True
                return None
        document = Document(body=response.body, url=response.url, headers=headers)
        kind = sites.kind_of_reading(visit.source)
        try:
            return await asyncio.to_thread(self._pool.read, document, visit.context, kind)
        except ReadError as exc:
            if first:
                visit.failure = exc.reason
            return None

    def fail(self, failure: Any) -> None:
        """No answer at all: say why."""
        request = failure.request
        visit: _Visit = request.cb_kwargs["visit"]
        if request.cb_kwargs["first"]:
            host = urlsplit(request.url).hostname or ""
            visit.failure = fetch_reason(failure.value, GuardedResolver.refused.get(host))
        self._done(visit)

    def _done(self, visit: _Visit) -> None:
        visit.pending -= 1
        if visit.pending == 0:
            self._deliver(
                FetchResult(
                    source=visit.source.id,
                    readings=tuple(visit.readings),
                    unchanged=visit.unchanged,
                    failure=visit.failure if not visit.readings else None,
                    wait=visit.wait,
                    known=visit.known,
                )
            )


def _details(reading: Reading, page: str) -> list[str]:
    """The addresses of details worth asking for: the list's own host, without repeats."""
    host = urlsplit(page).hostname
    own = [link for link in dict.fromkeys(reading.links) if urlsplit(link).hostname == host and link != page]
    return own[:MAX_DETAILS]


def _seconds_to_wait(headers: Any) -> int | None:
    """Retry-After as seconds (RFC 9110, 10.2.3); its date form is counted from the answer's own Date."""
    text = (headers.get("Retry-After") or b"").decode("latin-1").strip()
    if text.isdigit():
        return min(int(text), SECONDS_TO_WAIT_AT_MOST)
    try:
        until = parsedate_to_datetime(text)
        since = parsedate_to_datetime((headers.get("Date") or b"").decode("latin-1"))
        return max(0, min(int((until - since).total_seconds()), SECONDS_TO_WAIT_AT_MOST))
    except (TypeError, ValueError):
        return None
