"""One crawl in a process of its own, so that it can be ended and so that the caller needs no reactor."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

from spiders.extent import bounds_of
from spiders.guard import AddressGuard
from spiders.hosts import HostFacts, HostNews
from spiders.items import Context, FetchResult, Source, Validators
from spiders.reasons import Code, Reason
from spiders.settings import Bounds, CrawlPolicy, crawl_settings
from spiders.sign_in import SecretHeaders, SignIn
from spiders.subprocess import Child, ChildDiedError
from spiders.version import VERSION

SECONDS_TO_CLOSE = 30.0


@dataclass(frozen=True, slots=True)
class _Task:
    """All that the child needs to know."""

    visits: list[tuple[Source, Context]]
    known: Mapping[str, Validators]
    manners: CrawlPolicy
    bounds: Bounds
    secrets: Mapping[str, SecretHeaders] = field(repr=False)
    facts: HostFacts


def crawl(
    visits: Sequence[tuple[Source, Context]],
    known: Mapping[str, Validators],
    manners: CrawlPolicy,
    *,
    secrets: Mapping[str, SecretHeaders] | None = None,
    facts: HostFacts | None = None,
    on_news: Callable[[HostNews], None] | None = None,
) -> Iterator[FetchResult]:
    """Fetch and read all ``visits``; yields one `FetchResult` for each source, as each is done.

    ``known`` are validators and ``secrets`` the headers that open sources, both by id. ``facts`` are what is known of
    hosts from before; ``on_news`` is called with what is heard of them. A crawl that does not end within its seconds
    (`spiders.extent.bounds_of`) and a grace is killed; whatever did not answer by then is reported as failed.
    """
    bounds = bounds_of(manners, [source for source, _ in visits])
    waiting = {source.id for source, _ in visits}
    task = _Task(list(visits), dict(known), manners, bounds, dict(secrets or {}), facts or HostFacts())
    child = Child(_crawl, task, daemon=False)  # it starts the readers
    deadline = time.monotonic() + bounds.seconds + SECONDS_TO_CLOSE
    try:
        while True:
            told: FetchResult | HostNews = child.receive(deadline - time.monotonic())
            if isinstance(told, FetchResult):
                waiting.discard(told.source)
                yield told
            elif on_news is not None:
                on_news(told)
    except (ChildDiedError, TimeoutError):
        pass
    finally:
        child.end(grace=0.0 if waiting else SECONDS_TO_CLOSE)
    for source in sorted(waiting):
        yield FetchResult(source=source, failure=Reason(Code.CRAWL_ENDED), asked=False)  # as far as anybody knows


def _crawl(connection: Connection, task: _Task) -> None:
    """The child: one reactor, one crawler."""
    from scrapy.crawler import AsyncCrawlerProcess

    from spiders.pool import ReaderPool
    from spiders.spider import SourceSpider

    guard = AddressGuard.allowing(task.manners.allow)
    sign_ins = {
        source.id: SignIn.of(source.url, task.secrets[source.id], guard)
        for source, _ in task.visits
        if source.url and source.id in task.secrets
    }
    with ReaderPool() as pool:
        process = AsyncCrawlerProcess(crawl_settings(task.manners, VERSION, task.facts, task.bounds))
        process.crawl(
            SourceSpider, visits=task.visits, known=task.known, sign_ins=sign_ins, pool=pool, deliver=connection.send
        )
        process.start()
