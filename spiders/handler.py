"""The last gate before a host is asked: one that wants to be left alone is not, whatever stood in line for it.

Scrapy has the delay and the one request at a time for each host; here is what it does not know, Retry-After.
"""

from __future__ import annotations

import time
from functools import partial
from typing import Any, Self

from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import DownloadCancelledError, IgnoreRequest

from spiders.guard import AddressGuard
from spiders.headers import BoundedFactory
from spiders.hosts import WaitHeard, host_of, seconds_to_wait
from spiders.room import Room
from spiders.settings import MAX_MEBIBYTES, MEBIBYTE

NEWS = object()
"""The signal by which parts of the crawler tell what they heard of a host: ``news`` is a `HostNews`."""
WAIT = "seconds_to_wait"
"""Where an answer's request says how long its host wants to be left alone."""
IS_ROBOTS = "is_robots"
"""Whether a request asks for robots.txt; these are small, and tell nothing of how large pages are."""
USUAL_RULES = 64 * 1024
SLOT = "download_slot"  # Scrapy's name
LONGEST_DELAY = 60.0
SECONDS_KEPT = 1.0
"""So much longer than the delay a connection is kept for the next request to its host. Twisted's four minutes would
keep one for each host that was asked in them: more than a process may have open."""


class HostWantsToWait(IgnoreRequest):
    """The host asked to be left alone for ``seconds`` more: nothing was sent."""

    def __init__(self, seconds: float) -> None:
        super().__init__("the host asked to be left alone")
        self.seconds = seconds


class PoliteHandler(HTTP11DownloadHandler):
    """Asks no host before the time it named, also of those that it named on the way."""

    #: host -> when (monotonic) it may be asked again; one for both schemes, as there is one crawl in a process
    until: dict[str, float] = {}  # noqa: RUF012

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        # Scrapy has no settings for these, and puts its own factory there the same way.
        self._pool._factory = partial(BoundedFactory, self._sent)  # type: ignore[assignment]
        self._pool.cachedConnectionTimeout = crawler.settings.getfloat("DOWNLOAD_DELAY") + SECONDS_KEPT
        self._pages, self._rules = Room(self._waiting_to_be_read), Room(self._waiting_to_be_read, USUAL_RULES)
        self._signals = crawler.signals
        self._now = crawler.settings["QUANZI_NOW"]
        for host, seconds in (crawler.settings["QUANZI_WAITS"] or {}).items():
            self.until.setdefault(host, time.monotonic() + seconds)

    async def download_request(self, request: Any) -> Any:
        """Raises HostWantsToWait."""
        host = host_of(request.url)
        room = self._rules if request.meta.get(IS_ROBOTS) else self._pages
        async with room.for_one():
            left = self.until.get(host, 0.0) - time.monotonic()
            if left > 0:
                raise HostWantsToWait(left)
            try:
                response = await super().download_request(request)
            except DownloadCancelledError:  # it was larger than any may be
                room.learn(MAX_MEBIBYTES * MEBIBYTE)
                raise
            room.learn(len(response.body))
        if response.status >= 400 and "Retry-After" in response.headers:
            self._heard(host, request, response)
        return response

    def _waiting_to_be_read(self) -> int:
        slot = self._crawler.engine.scraper.slot
        return slot.active_size if slot is not None else 0

    def _sent(self, address: bytes) -> None:
        """The delay counts from when a request was sent: Scrapy counts from when its turn came, and looking up a name
        and connecting take their time, the more so where many hosts are asked at once."""
        slot = self._crawler.engine.downloader.slots.get(host_of(address.decode("latin-1")))
        if slot is not None:
            slot.lastseen = max(slot.lastseen, time.monotonic())

    def _heard(self, host: str, request: Any, response: Any) -> None:
        said, date = ((response.headers.get(name) or b"").decode("latin-1") for name in ("Retry-After", "Date"))
        seconds = seconds_to_wait(said, date, self._now)
        if not seconds:
            return
        request.meta.update({WAIT: seconds, "dont_retry": True})
        self.until[host] = max(self.until.get(host, 0.0), time.monotonic() + seconds)
        self._signals.send_catch_log(signal=NEWS, news=WaitHeard(host, seconds))


def slow_down(crawler: Any, request: Any, seconds: float) -> None:
    """From now on the host of ``request`` is asked once in so many seconds, up to a minute; never more often than
    before. The user's own machines have no such wish."""
    downloader, host = crawler.engine.downloader, request.meta.get(SLOT)
    slot = downloader.slots.get(host)
    if slot is None or host in downloader.per_slot_settings or slot.delay >= seconds:
        return
    slot.delay = min(seconds, LONGEST_DELAY)


class SlotMiddleware:
    """Each request stands in line for the host that it goes to: Scrapy leaves a redirected one in the first one's. The
    user's own machines have a delay of their own."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._guard = AddressGuard.allowing(crawler.settings.getlist("QUANZI_ALLOW"))
        self._own = {"concurrency": 1, "delay": crawler.settings.getfloat("QUANZI_OWN_DELAY"), "jitter": 0}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler)

    def process_request(self, request: Any) -> None:
        host = host_of(request.url)
        request.meta[SLOT] = host
        if self._guard.allows_by_name(host):
            self._crawler.engine.downloader.per_slot_settings[host] = self._own
