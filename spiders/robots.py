"""robots.txt as RFC 9309 has it: a server that cannot say what it permits permits nothing (2.3.1.4).

Scrapy's own middleware reads the body of any answer as rules, an error page too, and allows everything after a failure;
this one stands in its place, on the public interfaces of middlewares and parsers. It keeps to ``Crawl-delay`` besides,
which the RFC leaves out and hosts go on to write.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any, Self
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import IgnoreRequest
from scrapy.http.request import NO_CALLBACK
from scrapy.robotstxt import ProtegoRobotParser

from spiders.handler import IS_ROBOTS, NEWS, slow_down
from spiders.hosts import RulesBefore, RulesHeard, origin_of

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5
_PRIORITY = 1000  # before every page that waits for it


class RobotsUnreachable(IgnoreRequest):
    """No rules could be had. ``cause`` is the failure, or the status as a number."""

    def __init__(self, cause: Exception | int) -> None:
        super().__init__("robots.txt cannot be had")
        self.cause = cause


class RobotsForbid(IgnoreRequest):
    """The rules do not permit it."""


class StrictRobotsMiddleware:
    """Server errors and silence mean no, unless a copy from before is at hand (RFC 9309, 2.3.1.4); a 4xx means that
    there are no rules (2.3.1.3). The rules of an origin are asked for once, before its first page, however many
    requests wait for them, and not at all where a copy is fresh (2.4)."""

    def __init__(self, crawler: Any) -> None:
        self._crawler = crawler
        self._agent: str = crawler.settings["ROBOTSTXT_USER_AGENT"]
        self._before: Mapping[str, RulesBefore] = crawler.settings["QUANZI_RULES"] or {}
        self._rules: dict[str, asyncio.Task[ProtegoRobotParser]] = {}

    @classmethod
    def from_crawler(cls, crawler: Any) -> Self:
        return cls(crawler)

    async def process_request(self, request: Any) -> None:
        """Raises RobotsForbid or RobotsUnreachable where a page may not be fetched."""
        if request.meta.get(IS_ROBOTS) or urlsplit(request.url).scheme not in {"http", "https"}:
            return
        origin = origin_of(request.url)
        if origin not in self._rules:
            self._rules[origin] = asyncio.ensure_future(self._rules_of(origin))
        try:
            # Shielded: a request that is given up must not take the rules from the others that wait.
            rules = await asyncio.shield(self._rules[origin])
        except RobotsUnreachable as unreachable:
            raise RobotsUnreachable(unreachable.cause) from None  # its own, since each request fails with a traceback
        if not rules.allowed(request.url, self._agent):
            raise RobotsForbid
        slow_down(self._crawler, request, rules.rp.crawl_delay(self._agent) or 0.0)

    async def _rules_of(self, origin: str) -> ProtegoRobotParser:
        before = self._before.get(origin)
        if before is None or not before.fresh:
            try:
                rules = await self._fetched(f"{origin}/robots.txt")
            except RobotsUnreachable:
                if before is None:
                    raise
                rules = before.rules
            else:
                self._crawler.signals.send_catch_log(signal=NEWS, news=RulesHeard(origin, rules))
        else:
            rules = before.rules
        return ProtegoRobotParser.from_crawler(self._crawler, rules)

    async def _fetched(self, address: str) -> bytes:
        request = Request(address, priority=_PRIORITY, meta={IS_ROBOTS: True}, callback=NO_CALLBACK)
        try:
            response = await self._crawler.engine.download_async(request)
        except Exception as exc:  # whatever the network raises: rules that cannot be read permit nothing
            raise RobotsUnreachable(exc) from exc
        if response.status >= 500:
            raise RobotsUnreachable(response.status)
        return bytes(response.body[:MAX_BYTES]) if response.status < 400 else b""
