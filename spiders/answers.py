"""What the spiders have in common: an answer as a document, what its status means, and the news of hosts on the way."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any, Self
from urllib.parse import urldefrag, urlsplit

import scrapy

from spiders.handler import NEWS, HostWantsToWait
from spiders.hosts import HostNews
from spiders.items import Document, Source
from spiders.reasons import Code, Reason
from spiders.robots import RobotsUnreachable

PERMANENT = {301, 308}
CODE_OF_STATUS = {
    401: Code.STATUS_SIGN_IN,
    403: Code.STATUS_REFUSES_PROGRAMS,
    404: Code.STATUS_NOT_FOUND,
    410: Code.STATUS_GONE,
    429: Code.STATUS_WAIT,
    451: Code.STATUS_LEGAL,
    503: Code.STATUS_OUT_OF_SERVICE,
}

_log = logging.getLogger(__name__)


class HearingSpider(scrapy.Spider):
    """A spider that hands on what is heard of hosts. ``deliver`` gets it, and whatever the spider itself finds."""

    #: Refusals are answers to be named. Redirects are not in it: they are followed by Scrapy, within limits.
    handle_httpstatus_list = (304, *range(400, 600))

    def __init__(self, *, deliver: Callable[[Any], None], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.deliver = deliver

    @classmethod
    def from_crawler(cls, crawler: Any, *args: Any, **kwargs: Any) -> Self:
        spider: Self = super().from_crawler(crawler, *args, **kwargs)
        crawler.signals.connect(spider.hear, signal=NEWS)
        return spider

    def hear(self, news: HostNews) -> None:
        """Hands on what was heard of a host."""
        self.deliver(news)

    def closed(self, reason: str) -> None:
        """Scrapy's last word: at a limit of time or memory it ends a crawl, and says so only in a log of its own."""
        if reason != "finished":
            _log.warning("the crawl was ended: %s", reason)


def document_of(response: Any) -> Document:
    """The body of an answer with its address, and its headers by their names in lower case, the last of each."""
    headers = {
        name.decode("latin-1").lower(): values[-1].decode("latin-1")
        for name, values in response.headers.items()
        if values
    }
    return Document(body=response.body, url=response.url, headers=headers)


CHALLENGES = {"cf-mitigated": {"challenge"}, "x-amzn-waf-action": {"challenge", "captcha"}}
"""Headers by which those who stand before a site say that they put a riddle in place of its answer."""


def is_challenge(response: Any) -> bool:
    """Whether an answer, of whatever status, is a riddle that tells people from programs."""
    told = {name: (response.headers.get(name) or b"").decode("latin-1").strip().lower() for name in CHALLENGES}
    return any(value in CHALLENGES[name] for name, value in told.items())


def refused(response: Any) -> Reason | None:
    """What a status of 400 and above means (RFC 9110, 15), or that a riddle came; None for answers."""
    if is_challenge(response):
        return Reason(Code.REFUSED, why=Reason(Code.PAGE_CHALLENGE))
    if response.status < 400:
        return None
    return Reason(CODE_OF_STATUS.get(response.status, Code.STATUS_ERROR), status=response.status)


def came_for_good(response: Any) -> bool:
    """Whether an answer was redirected, and every redirect that led to it is permanent."""
    hops = response.request.meta.get("redirect_reasons", ())
    return bool(hops) and all(hop in PERMANENT for hop in hops)


def moved_to(source: Source, response: Any) -> str | None:
    """Where a source stands now, if every hop on the way to its answer was permanent; None where its address is not
    what was asked for."""
    asked = response.meta.get("redirect_urls")
    if not came_for_good(response) or not asked or source.kind == "site":
        return None
    here, own = urldefrag(response.url).url, (source.url or "").partition(":")[2]
    is_own = asked[0].partition(":")[2] == scrapy.Request("https:" + own).url.partition(":")[2]
    return here if is_own and here != urldefrag(asked[0]).url else None


def without_tls(source: Source, request: Any) -> str | None:
    """A ``webcal:`` address over http, once https was tried: the name says neither."""
    if not (source.url or "").startswith("webcal:") or request.meta.get("redirect_times"):
        return None
    parts = urlsplit(request.url)
    return None if parts.scheme != "https" or parts.port == 443 else "http" + request.url.removeprefix("https")


def seconds_left(error: BaseException) -> float | None:
    """For how long a host that was not asked still wants to be left alone; None where that is not why."""
    cause = error.cause if isinstance(error, RobotsUnreachable) else error
    return cause.seconds if isinstance(cause, HostWantsToWait) else None
