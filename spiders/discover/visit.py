"""A search for a source on the web: one crawl, in a process of its own, that asks what the search wants to know."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Generator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any
from urllib.parse import urlsplit

import scrapy

from spiders.addresses import shown
from spiders.answers import HearingSpider, came_for_good, document_of, refused
from spiders.discover.model import Answer, Discovery, Inspection, Probe
from spiders.discover.search import search
from spiders.errors import ReadError
from spiders.failures import fetch_reason
from spiders.hosts import HostFacts, HostNews
from spiders.items import Context
from spiders.pool import ReaderPool
from spiders.reasons import Code, Reason
from spiders.resolver import GuardedResolver
from spiders.settings import Bounds, CrawlPolicy, crawl_settings
from spiders.sites import READING_OF_KIND
from spiders.subprocess import Child, ChildDiedError
from spiders.version import VERSION
from spiders.wishes import accept, accept_language

SECONDS = 300.0  # at most, of one search
MAX_REDIRECTS = 5

Search = Generator[Probe, Answer, Discovery]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Errand:
    """All that the child needs to know."""

    address: str
    context: Context
    manners: CrawlPolicy
    facts: HostFacts
    instance: str | None
    plain: bool
    language: str | None


def discover(
    address: str,
    context: Context,
    manners: CrawlPolicy,
    *,
    facts: HostFacts | None = None,
    on_news: Callable[[HostNews], None] | None = None,
    instance: str | None = None,
    plain: bool = False,
    language: str | None = None,
) -> Discovery:
    """Find the best source behind an address (as `address.typed` gives it), with all manners of a crawl.

    ``context`` is what reading may know, ``facts`` what is known of hosts from before, and ``on_news`` is called with
    what is heard of them; ``instance`` is an RSSHub of the user's own; ``plain``: http may be tried; ``language`` (BCP
    47) is the one that pages are wanted in.
    """
    try:
        next(search(address, context.now, instance=instance, plain=plain))
    except StopIteration as end:  # it ends without asking anybody
        told_at_once: Discovery = end.value
        return told_at_once
    errand = _Errand(
        address=address,
        context=context,
        manners=manners,
        facts=facts or HostFacts(),
        instance=instance,
        plain=plain,
        language=language,
    )
    child = Child(_visit, errand, daemon=False)  # it starts the readers
    deadline = time.monotonic() + SECONDS + 30
    try:
        while True:
            told: Discovery | HostNews = child.receive(deadline - time.monotonic())
            if isinstance(told, Discovery):
                return told
            if on_news is not None:
                on_news(told)
    except (ChildDiedError, TimeoutError):
        return Discovery(asked=address, failure=Reason(Code.CRAWL_ENDED))
    finally:
        child.end(grace=5.0)


def _visit(connection: Connection, errand: _Errand) -> None:
    """The child: one reactor, one crawler, one search."""
    from scrapy.crawler import AsyncCrawlerProcess

    from spiders.discover.inspection import inspect_document

    with ReaderPool(size=1, reading=inspect_document) as pool:
        # A search decides itself how far it goes.
        settings = crawl_settings(errand.manners, VERSION, errand.facts, Bounds(seconds=SECONDS)) | {"DEPTH_LIMIT": 0}
        process = AsyncCrawlerProcess(settings)
        wanted = search(errand.address, errand.context.now, instance=errand.instance, plain=errand.plain)
        process.crawl(
            DiscoverySpider,
            search=wanted,
            context=errand.context,
            language=errand.language,
            pool=pool,
            deliver=connection.send,
        )
        process.start()


class DiscoverySpider(HearingSpider):
    """Makes the requests that ``search`` wants, one after another; ``deliver`` gets what is heard of hosts on the way,
    and the `Discovery` at the end."""

    name = "discovery"

    def __init__(
        self,
        *,
        search: Search,
        context: Context,
        language: str | None,
        pool: ReaderPool[Inspection],
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self._search, self._context, self._pool = search, context, pool
        self._language = accept_language(language)

    async def start(self) -> AsyncIterator[Any]:
        for request in self._after(None):
            yield request

    def _after(self, answer: Answer | None) -> list[scrapy.Request]:
        """The next request of the search, told what the last one gave; none at its end."""
        while True:
            try:
                probe = next(self._search) if answer is None else self._search.send(answer)
            except StopIteration as end:
                self.deliver(end.value)
                return []
            try:
                return [self._request(probe)]
            except ValueError:  # Scrapy's, for an address that is none
                reason = Reason(Code.NOT_AN_ADDRESS, address=shown(probe.address))
                answer = Answer(address=probe.address, requests=0, failure=reason)

    def _request(self, probe: Probe) -> scrapy.Request:
        headers = {"Accept": accept(READING_OF_KIND[probe.kind]), "Accept-Language": self._language}
        return scrapy.Request(
            probe.address,
            callback=self.read,
            errback=self.fail,
            headers={name: value for name, value in headers.items() if value},
            cb_kwargs={"probe": probe},
            meta={"redirect_ttl": min(probe.hops, MAX_REDIRECTS), "dont_redirect": probe.hops <= 0},
            dont_filter=True,
        )

    async def read(self, response: Any, probe: Probe) -> AsyncIterator[Any]:
        """One answer: look at it in a worker, and go on."""
        for request in self._after(await self._answer(response, probe)):
            yield request

    async def _answer(self, response: Any, probe: Probe) -> Answer:
        address, requests = _stands_at(response, probe), _requests_of(response.request)
        if (reason := refused(response)) is not None:
            return Answer(address=address, requests=requests, failure=reason)
        document = document_of(response)
        try:
            seen = await asyncio.to_thread(self._pool.read, document, self._context, READING_OF_KIND[probe.kind])
        except ReadError as exc:
            return Answer(address=address, requests=requests, failure=exc.reason)
        return Answer(address=address, requests=requests, document=document, inspection=seen)

    def fail(self, failure: Any) -> Any:
        """No answer at all: say why, and go on."""
        request = failure.request
        reason = fetch_reason(failure.value, GuardedResolver.refused.get(urlsplit(request.url).hostname or ""))
        sent = _requests_of(request) - (reason.code in {Code.ROBOTS_FORBID, Code.ADDRESS_REFUSED})  # never left
        address = request.cb_kwargs["probe"].address
        yield from self._after(Answer(address=address, requests=sent, failure=reason))


def _requests_of(request: Any) -> int:
    """How many requests an answer took: hops of redirects and repeats are requests too."""
    return 1 + int(request.meta.get("redirect_times", 0)) + int(request.meta.get("retry_times", 0))


def _stands_at(response: Any, probe: Probe) -> str:
    """Where an answer stands for good: where it came from, if all that led there was permanent, else what was asked."""
    return str(response.url) if came_for_good(response) else probe.address
