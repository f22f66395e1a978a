"""One crawl in a process of its own, so that it can be ended and so that the caller needs no reactor."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from multiprocessing.connection import Connection
from urllib.parse import urlsplit

from spiders.guard import AddressGuard
from spiders.items import Context, FetchResult, Source, Validators
from spiders.reasons import Code, Reason
from spiders.settings import CrawlPolicy, crawl_settings
from spiders.sign_in import SecretHeaders, SignIn
from spiders.subprocess import Child, ChildDiedError
from spiders.version import VERSION

SECONDS_TO_CLOSE = 30.0


def crawl(
    visits: Sequence[tuple[Source, Context]],
    known: Mapping[str, Validators],
    manners: CrawlPolicy,
    *,
    secrets: Mapping[str, SecretHeaders] | None = None,
) -> Iterator[FetchResult]:
    """Fetch and read all ``visits``; yields one `FetchResult` for each source, as each is done. ``secrets`` open
    sources, by id.

    A crawl that does not end within ``manners.seconds`` (and a grace) is killed; whatever did not answer by then
    is reported as failed.
    """
    waiting = {source.id for source, _ in visits}
    child = Child(
        _crawl, list(visits), dict(known), dict(secrets or {}), manners, daemon=False
    )  # it starts the readers
    deadline = time.monotonic() + manners.seconds + SECONDS_TO_CLOSE
    try:
        while True:
            crawled: FetchResult = child.receive(deadline - time.monotonic())
            waiting.discard(crawled.source)
            yield crawled
    except (ChildDiedError, TimeoutError):
        pass
    finally:
        child.end(grace=0.0 if waiting else SECONDS_TO_CLOSE)
    for source in sorted(waiting):
        yield FetchResult(source=source, failure=Reason(Code.CRAWL_ENDED))


def _crawl(
    connection: Connection,
    visits: list[tuple[Source, Context]],
    known: dict[str, Validators],
    secrets: dict[str, SecretHeaders],
    manners: CrawlPolicy,
) -> None:
    """The child: one reactor, one crawler."""
    from scrapy.crawler import AsyncCrawlerProcess

    from spiders.pool import ReaderPool
    from spiders.spider import SourceSpider

    settings = crawl_settings(manners, _own_hosts(visits, manners), VERSION)
    guard = AddressGuard.allowing(manners.allow)
    with ReaderPool() as pool:
        process = AsyncCrawlerProcess(settings)
        process.crawl(
            SourceSpider,
            visits=visits,
            known=known,
            sign_ins={
                source.id: SignIn.of(source.url, secrets[source.id], guard)
                for source, _ in visits
                if source.url and source.id in secrets
            },
            pool=pool,
            deliver=connection.send,
        )
        process.start()


def _own_hosts(visits: list[tuple[Source, Context]], manners: CrawlPolicy) -> list[str]:
    """Hosts that the user's own configuration allows by address: nobody else is served slower for our haste."""
    guard = AddressGuard.allowing(manners.allow)
    hosts = {urlsplit(source.url or "").hostname or "" for source, _ in visits}
    return sorted(host for host in hosts if host and guard.allows_by_name(host))
