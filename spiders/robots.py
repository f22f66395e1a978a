"""robots.txt as RFC 9309 has it: a server that cannot say what it permits permits nothing (2.3.1.4).

Scrapy reads the body of any answer as rules, an error page too, and allows everything after a failure.
"""

from __future__ import annotations

from typing import Any

from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware

MOST_BYTES = 500 * 1024  # RFC 9309, 2.5


class StrictRobotsMiddleware(RobotsTxtMiddleware):
    """Server errors and silence mean no; a 4xx means that there are no rules (RFC 9309, 2.3.1.3)."""

    async def _parse_robots(self, response: Any, netloc: str, request: Any) -> None:
        if response.status >= 500:
            body = b"User-agent: *\nDisallow: /"
        elif response.status >= 400:
            body = b""
        else:
            body = response.body[:MOST_BYTES]
        await super()._parse_robots(response.replace(body=body), netloc, request)

    def _robots_error(self, exc: Exception, netloc: str) -> None:
        waiting = self._parsers[netloc]
        rules = self._parserimpl.from_crawler(self.crawler, b"User-agent: *\nDisallow: /")
        self._stats.inc_value("robotstxt/unreachable")
        self._parsers[netloc] = rules
        waiting.callback(rules)
