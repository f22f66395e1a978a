"""robots.txt as RFC 9309 has it: a server that cannot say what it permits permits nothing (2.3.1.4).

Scrapy reads the body of any answer as rules, an error page too, and allows everything after a failure.
"""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.utils.httpobj import urlparse_cached

MAX_BYTES = 500 * 1024  # RFC 9309, 2.5


class RobotsUnreachable(IgnoreRequest):
    """No rules could be had. ``cause`` is the failure, or the status as a number."""

    def __init__(self, cause: Exception | int) -> None:
        super().__init__("robots.txt cannot be had")
        self.cause = cause


class RobotsForbid(IgnoreRequest):
    """The rules do not permit it."""


class StrictRobotsMiddleware(RobotsTxtMiddleware):
    """Server errors and silence mean no; a 4xx means that there are no rules (RFC 9309, 2.3.1.3)."""

    def __init__(self, crawler: Any) -> None:
        super().__init__(crawler)
        self._unreachable: dict[str, Exception | int] = {}

    def process_request_2(self, rp: Any, request: Any) -> None:
        cause = self._unreachable.get(urlparse_cached(request).netloc)
        if cause is not None:
            raise RobotsUnreachable(cause)
        try:
            super().process_request_2(rp, request)
        except IgnoreRequest:
            raise RobotsForbid from None

    async def _parse_robots(self, response: Any, netloc: str, request: Any) -> None:
        if response.status >= 500:
            self._unreachable[netloc] = response.status
        body = response.body[:MAX_BYTES] if response.status < 400 else b""
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        self._unreachable[netloc] = exc
        super()._robots_error(exc, netloc)
