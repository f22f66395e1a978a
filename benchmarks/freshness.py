"""What a second run asks of 200 sources that did not change: python -m benchmarks.freshness.

Two hundred calendars of as many hosts, served on loopback under made-up names. A third of the servers tells changes by
a strong ETag, a third by a weak one, a third by Last-Modified alone. Needs no cases.
"""

from __future__ import annotations

import hashlib
import time
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from unittest import mock
from zoneinfo import ZoneInfo

from planner.config import Config, parse
from planner.gather import gather
from planner.i18n.catalog import Catalog
from planner.store import Store
from spiders import crawl as crawling
from spiders.items import FetchResult
from tests.support.documents import calendar
from tests.support.servers import Answer, Asked, Web, serving

SOURCES = 200
NOW = datetime(2026, 11, 20, 20, tzinfo=ZoneInfo("Asia/Shanghai"))
MODIFIED = "Thu, 19 Nov 2026 08:00:00 GMT"


class Servers:
    """Two hundred servers behind one port; counts the statuses that they gave for calendars."""

    def __init__(self) -> None:
        self.given: Counter[int] = Counter()

    def answer(self, asked: Asked) -> Answer:
        """A calendar of the host's own, or that it did not change."""
        number = int(asked.host.partition(".")[0].removeprefix("club"))
        body = calendar(*(f"Evening {number}-{each}" for each in range(20)))
        etag = f'"{hashlib.sha256(body).hexdigest()[:12]}"'
        told = ({"ETag": etag}, {"ETag": f"W/{etag}", "Last-Modified": MODIFIED}, {"Last-Modified": MODIFIED})[
            number % 3
        ]
        since = asked.headers.get("if-none-match"), asked.headers.get("if-modified-since")
        status = 304 if since == (told.get("ETag"), told.get("Last-Modified")) else 200
        self.given[status] += 1
        return status, {"Content-Type": "text/calendar", **told}, body if status == 200 else b""


def configuration() -> Config:
    """Two hundred sources of as many hosts."""
    lines = "".join(f"- http://club{number}.example/all.ics\n" for number in range(SOURCES))
    return parse(f"language: en\nsources:\n{lines}".encode(), "config.yaml", Catalog("en"))


def run(config: Config, store: Store, web: Web, now: datetime) -> tuple[int, int, float]:
    """-> how many sources were well, how many documents were read, seconds."""
    read = 0
    crawl = crawling.crawl

    def counted(*given: Any, **named: Any) -> Iterator[FetchResult]:
        nonlocal read
        for each in crawl(*given, **named):
            read += len(each.readings)
            yield each

    began = time.perf_counter()
    with mock.patch.object(crawling, "crawl", counted):
        gathered = gather(config, store, now, hosts={"*.example": web.port})
    return sum(report.outcome == "ok" for report in gathered.reports), read, time.perf_counter() - began


def main() -> None:
    servers, config = Servers(), configuration()
    with serving() as web, Store(":memory:") as store:
        web.pages = {"/all.ics": servers.answer}
        for name, now in (("first run", NOW), ("second run, half a day later", NOW + timedelta(hours=12))):
            servers.given.clear()
            asked = len(web.asked)
            well, read, seconds = run(config, store, web, now)
            share = servers.given[304] / max(1, servers.given.total())
            print(
                f"{name}: {len(web.asked) - asked} requests, {share:.1%} answered 304, {read} documents read,"
                f" {well} of {SOURCES} sources well, {seconds:.1f} s"
            )


if __name__ == "__main__":
    main()
