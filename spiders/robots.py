"""robots.txt as RFC 9309 has it: a server that cannot say what it permits permits nothing (2.3.1.4).

Scrapy's own middleware reads the body of any answer as rules, an error page too, and allows everything after a failure;
this one stands in its place, on the public interfaces of middlewares and parsers.
"""

from __future__ import annotations

import asyncio
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser, RobotParser

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5
_PRIORITY = 1000  # before every page that waits for it
_IS_ROBOTS = "is_robots"


class RobotsUnreachable(IgnoreRequest):
    """No rules could be had. ``cause`` is the failure, or the status as a number."""

    def __init__(self, cause: Exception | int) -> None:
        super().__init__("robots.txt cannot be had")
        self.cause = cause


class RobotsForbid(IgnoreRequest):
    """The rules do not permit it."""


class StrictRobotsMiddleware:
    """Server errors and silence mean no; a 4xx means that there are no rules (RFC 9309, 2.3.1.3). The rules of a host
    are asked for once, before its first page, however many requests wait for them."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._rules: dict[str, asyncio.Task[RobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler)

    async def process_request(self, request: Any) -> None:
        """Raises RobotsForbid or RobotsUnreachable where a page may not be fetched."""
        url = urlsplit(request.url)
        if request.meta.get(_IS_ROBOTS) or url.scheme not in {"http", "https"}:
            return
        site = f"{url.scheme}://{url.netloc}"  # http and https of one host each have rules (RFC 9309, 2.3)
        if site not in self._rules:
            self._rules[site] = asyncio.ensure_future(self._fetch(f"{site}/robots.txt"))
        try:
            # Shielded: a request that is given up must not take the rules from the others that wait.
            rules = await asyncio.shield(self._rules[site])
        except RobotsUnreachable as unreachable:
            raise RobotsUnreachable(unreachable.cause) from None  # its own, since each request fails with a traceback
        if not rules.allowed(request.url, self._agent):
            raise RobotsForbid

    async def _fetch(self, address: str) -> RobotParser:
        request = Request(address, priority=_PRIORITY, meta={_IS_ROBOTS: True}, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as exc:  # whatever the network raises: rules that cannot be read permit nothing
            raise RobotsUnreachable(exc) from exc
        if response.status >= 500:
            raise RobotsUnreachable(response.status)
        body = response.body[:MAX_BYTES] if response.status < 400 else b""
        return ProtegoRobotParser.from_crawler(self._crawler, body)
