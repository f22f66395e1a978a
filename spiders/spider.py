"""The spider: all sources of a run in one crawler, because delays are per crawler.

It asks for each source's address, hands the answer to the reading processes, follows the few details a list points
to, and reports every source exactly once: a `FetchResult` with readings, or with the reason why there are none.
"""

from __future__ import annotations

import asyncio
import hashlib
import logging
import math
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import zip_longest
from typing import Any, Literal
from urllib.parse import urlsplit

import scrapy

from spiders import illustrated, sites
from spiders.addresses import shown
from spiders.answers import HearingSpider, document_of, moved_to, refused, seconds_left, without_tls
from spiders.errors import ReadError, SourceError
from spiders.failures import NO_TLS, fetch_reason
from spiders.handler import WAIT
from spiders.hosts import asked_to_wait, host_of
from spiders.items import Context, Document, Event, FetchResult, Illustrated, Reading, Source, Validators
from spiders.listed import of_entry
from spiders.pool import ReaderPool
from spiders.readers import picture
from spiders.reasons import Code, Reason
from spiders.resolver import GuardedResolver
from spiders.settings import MAX_DETAILS, MEBIBYTE
from spiders.sign_in import SIGN_IN, SignIn
from spiders.wishes import accept, accept_language

_log = logging.getLogger(__name__)

Part = Literal["list", "more", "entry", "picture"]
"""What a request is for: the list itself, an address at which it goes on, the own page of one of its entries, or a
picture of an article."""
_OF_PART = {"entry": "html", "picture": "picture"}
_ENDS = {Code.STATUS_NOT_FOUND, Code.STATUS_GONE}
ANOTHER_WAY = _ENDS | {Code.STATUS_ERROR, Code.LAYOUT_CHANGED, Code.NOT_A_CALENDAR, Code.NOT_A_FEED}
"""Why the next address of a site is asked. A host that refuses is not asked again."""


@dataclass(slots=True)
class _Visit:
    """The state of one source while it is being crawled."""

    source: Source
    context: Context
    pending: int = 0
    readings: list[Reading] = field(default_factory=list)
    failure: Reason | None = None
    others: list[str] = field(default_factory=list)
    is_cut: bool = False
    wait: int | None = None
    unchanged: bool = False
    known: Validators = field(default_factory=Validators)
    size: int | None = None
    seconds: float | None = None
    moved: str | None = None
    asked: bool = True
    pictures: int = 0  # articles whose pictures are asked for


@dataclass(slots=True)
class _Search:
    """An article whose pictures are asked for one by one: those that are left, and the bytes that they may have."""

    article: Illustrated
    left: list[str]
    is_entry: bool
    room: int = illustrated.MEBIBYTES * MEBIBYTE


class SourceSpider(HearingSpider):
    """Crawls ``visits`` (source and context); calls ``deliver`` with a `FetchResult` once for each source, and with
    what is heard of hosts on the way. ``known`` are validators, ``sign_ins`` secrets, both by source."""

    name = "sources"

    def __init__(
        self,
        *,
        visits: list[tuple[Source, Context]],
        known: Mapping[str, Validators],
        sign_ins: Mapping[str, SignIn],
        pool: ReaderPool[Reading],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._visits = [_Visit(source, context) for source, context in visits]
        self._known = known
        self._sign_ins = sign_ins
        self._pool = pool

    async def start(self) -> AsyncIterator[Any]:
        for visit in _in_turns(self._visits):
            try:
                address, *visit.others = sites.addresses(visit.source, visit.context.now)
                request = self._request(visit, address, "list")
            except SourceError as exc:  # an unknown site
                self.deliver(FetchResult(source=visit.source.id, failure=exc.reason))
                continue
            except ValueError:  # Scrapy's, for an address that is none
                reason = Reason(Code.NOT_AN_ADDRESS, address=shown(visit.source.address))
                self.deliver(FetchResult(source=visit.source.id, failure=reason))
                continue
            yield request

    def _known_of(self, visit: _Visit) -> Validators:
        """What is known of the last answer, where the first one holds all there is."""
        is_whole = not sites.is_in_parts(visit.source)
        return self._known.get(visit.source.id, Validators()) if is_whole else Validators()

    def _request(self, visit: _Visit, address: str, part: Part) -> scrapy.Request:
        source = visit.source
        known = self._known_of(visit) if part == "list" else Validators()
        headers = {
            "Accept": accept(_OF_PART.get(part) or sites.kind_wanted(sites.kind_of_reading(source))),
            "Accept-Language": accept_language(source.language),
            "If-None-Match": known.etag,
            "If-Modified-Since": known.last_modified,
        }
        request = scrapy.Request(
            address,
            callback=self.read,
            errback=self.fail,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"visit": visit, "part": part, "asked": address},
            meta={SIGN_IN: self._sign_ins.get(source.id)},
            dont_filter=True,
        )
        visit.pending += 1
        return request

    async def read(self, response: Any, visit: _Visit, part: Part, asked: str) -> AsyncIterator[Any]:
        """One answer: read it in a worker, and ask for what it points to."""
        _log.info("%s: status %d, %d bytes", visit.source.id, response.status, len(response.body))
        reading = await self._reading(response, visit, part)
        if part == "list" and visit.others and self._is_another_way(visit, reading):
            yield self._request(visit, visit.others.pop(0), "list")
        elif reading is not None:
            if not reading.is_door:
                visit.readings.append(of_entry(reading, asked) if part == "entry" else reading)
            for request in self._onward(reading, visit, part, response.url):
                yield request
        self._done(visit)

    def _pictures(self, reading: Reading, visit: _Visit, part: Part, page: str) -> Iterator[scrapy.Request]:
        """The first picture of each article whose event lacks a time."""
        for article in reading.illustrated:
            addresses = illustrated.pictures_of(article, page)
            if addresses and visit.pictures < illustrated.MOST_ARTICLES and picture.is_installed():
                visit.pictures += 1
                yield from self._next_picture(visit, _Search(article, addresses, part == "entry"))

    def _next_picture(self, visit: _Visit, search: _Search) -> Iterator[scrapy.Request]:
        if search.left and search.room > 0:
            request = self._request(visit, search.left.pop(0), "picture")
            request.callback, request.errback = self.look, self.look_on
            request.cb_kwargs["search"] = search
            request.meta["download_maxsize"] = search.room
            yield request

    async def look(self, response: Any, visit: _Visit, part: Part, asked: str, search: _Search) -> AsyncIterator[Any]:
        """A picture of an article: read in a worker; the next one is asked for where it tells no time."""
        search.room -= len(response.body)
        event = await self._seen_in(response, visit, asked, search) if refused(response) is None else None
        if event is not None:
            visit.readings = illustrated.with_told(visit.readings, search.article, event)
        else:
            for request in self._next_picture(visit, search):
                yield request
        self._done(visit)

    async def _seen_in(self, response: Any, visit: _Visit, address: str, search: _Search) -> Event | None:
        document = Document(body=response.body)  # its own address is not that of the event
        context = replace(visit.context, now=search.article.now)
        try:
            reading = await asyncio.to_thread(self._pool.read, document, context, "picture")
        except ReadError as exc:
            _log.info("%s: %s: %s", visit.source.id, shown(address), exc.reason)
            return None
        return illustrated.told_by(search.article.event, reading, address, is_entry=search.is_entry)

    def look_on(self, failure: Any) -> Iterator[Any]:
        """A picture that did not come: the next one."""
        told = failure.request.cb_kwargs
        yield from self._next_picture(told["visit"], told["search"])
        self._done(told["visit"])

    def _is_another_way(self, visit: _Visit, reading: Reading | None) -> bool:
        """Whether this address gave nothing that another one of the site might not give. Its reason is kept."""
        reason = visit.failure if reading is None else reading.reason if reading.refused else None
        if reason is None or reason.code not in ANOTHER_WAY:
            return False
        visit.failure = reason
        return True

    def _onward(self, reading: Reading, visit: _Visit, part: Part, page: str) -> Iterator[scrapy.Request]:
        """Where the list goes on, and the own pages of its entries."""
        if part == "list":
            for address in reading.more:
                yield self._request(visit, address, "more")
        if part == "list" or (part == "more" and not visit.readings[:-1]):
            for address in _details(reading, page):
                yield self._request(visit, address, "entry")
        yield from self._pictures(reading, visit, part, page)

    async def _reading(self, response: Any, visit: _Visit, part: Part) -> Reading | None:
        first = part == "list"
        if first and response.status < 400:
            visit.moved = moved_to(visit.source, response)
        if response.status == 304:
            visit.unchanged, visit.known = True, self._known_of(visit)
            return None
        if (reason := refused(response)) is not None:
            self._lacks(visit, part, reason)
            if first:
                visit.wait = response.meta.get(WAIT)
            return None
        document = document_of(response)
        if first:
            digest = hashlib.sha256(response.body).hexdigest()
            visit.size, visit.seconds = len(response.body), response.meta.get("download_latency")
            visit.known = Validators(
                etag=document.headers.get("etag"),
                last_modified=document.headers.get("last-modified"),
                digest=digest,
            )
            if digest == self._known_of(visit).digest:
                visit.unchanged = True
                return None
        kind, context = sites.kind_of_reading(visit.source), visit.context
        if part == "entry":
            kind, context = sites.kind_of_own_page(visit.source), replace(context, is_list=False)
        try:
            return await asyncio.to_thread(self._pool.read, document, context, kind)
        except ReadError as exc:
            self._lacks(visit, part, exc.reason)
            return None

    def _lacks(self, visit: _Visit, part: Part, reason: Reason) -> None:
        """An answer that is not there: of the list it is the source's failure, of what goes on a list that is cut. What
        is not found is its end."""
        if part == "list":
            visit.failure = visit.failure or reason
        elif part == "more":
            visit.failure = visit.failure or reason
            visit.is_cut = visit.is_cut or reason.code not in _ENDS

    def fail(self, failure: Any) -> Iterator[Any]:
        """No answer at all: say why, or ask for a ``webcal:`` address in its other form."""
        request = failure.request
        visit: _Visit = request.cb_kwargs["visit"]
        part: Part = request.cb_kwargs["part"]
        if part == "list":
            self._failed(visit, request, failure.value)
            other = without_tls(visit.source, request) if visit.failure and visit.failure.code in NO_TLS else None
            if other is not None:
                visit.failure = None
                yield self._request(visit, other, "list")
        elif part == "more":
            host = urlsplit(request.url).hostname or ""
            self._lacks(visit, part, fetch_reason(failure.value, GuardedResolver.refused.get(host)))
        self._done(visit)

    def _failed(self, visit: _Visit, request: Any, error: BaseException) -> None:
        seconds = seconds_left(error)
        if seconds is None:
            visit.failure = fetch_reason(error, GuardedResolver.refused.get(urlsplit(request.url).hostname or ""))
            return
        now = visit.context.now
        visit.wait = math.ceil(seconds)
        visit.failure = asked_to_wait(now + timedelta(seconds=seconds), now)
        visit.asked = bool(request.meta.get("redirect_times"))

    def _done(self, visit: _Visit) -> None:
        visit.pending -= 1
        if visit.pending == 0:
            if visit.readings and visit.is_cut:
                visit.readings.append(Reading(reader="none", partial=True))
            self.deliver(
                FetchResult(
                    source=visit.source.id,
                    readings=tuple(visit.readings),
                    unchanged=visit.unchanged,
                    failure=visit.failure if not visit.readings else None,
                    wait=visit.wait,
                    known=visit.known,
                    size=visit.size,
                    seconds=visit.seconds,
                    moved=visit.moved,
                    asked=visit.asked,
                )
            )


def _in_turns(visits: Sequence[_Visit]) -> Iterator[_Visit]:
    """Hosts in turns, so that many sources of one do not keep the others waiting."""
    of_host: dict[str, list[_Visit]] = {}
    for visit in visits:
        of_host.setdefault(host_of(visit.source.url or ""), []).append(visit)
    for turn in zip_longest(*of_host.values()):
        yield from filter(None, turn)


def _details(reading: Reading, page: str) -> list[str]:
    """The addresses of details worth asking for: the list's own host, without repeats."""
    host = urlsplit(page).hostname
    own = [link for link in dict.fromkeys(reading.links) if urlsplit(link).hostname == host and link != page]
    return own[:MAX_DETAILS]
