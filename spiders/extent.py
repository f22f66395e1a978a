"""How large a crawl is, and what follows of it: how many requests are under way at once, and how long it may take.

Nothing here changes how a host is asked: one request at a time, and the delay between two, are settings of their own.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from spiders.guard import AddressGuard
from spiders.hosts import host_of
from spiders.items import Source
from spiders.limits import open_files
from spiders.settings import AT_ONCE, MAX_DETAILS, SECONDS, Bounds, CrawlPolicy

AT_ONCE_AT_MOST = 512
"""A request is under way from when its turn comes: through robots.txt and the delay behind it, so for two seconds at
the least, and for a minute where nobody answers. Measured with 2,000 hosts over loopback, a delay of 2 s, two cores
(`benchmarks.crawl_many`): 16 at once 7 sources a second, 128 54, 256 83, 512 89 to 116, 1,024 90 to 116; the crawler
84 to 122 MiB. From some 256 on the CPU is what lacks; the rest are for hosts that do not answer: with 200 of them among
2,000, the others were done in 222 s with 128 at once, in 91 s with 256, in 46 s with 512."""
REQUESTS_OF_A_HOST = 2
"""The first page of a host is under way while its robots.txt is asked for; one of them is sent at a time."""
FILES_OF_A_HOST, OTHER_FILES = 3, 64
"""A connection under way, and those of hosts that were asked before, which are kept open a little longer than the delay
(`handler.SECONDS_KEPT`); pipes of the readers, libraries, names that are looked up."""
LONGEST = 3600.0
"""A job that asks hosts every hour or every day must not run into the next one."""
A_REQUEST = 0.5
"""Seconds that a request to one's own machine takes, where no delay is wanted."""
OF_ALL = 0.05
"""Seconds that any request costs two cores, with the reading of its answer."""
MARGIN = 1.25
"""For answers that take longer than the delay, repeats and redirects."""


def bounds_of(manners: CrawlPolicy, sources: Sequence[Source]) -> Bounds:
    """What ``manners`` say of the requests at once and the seconds, and where they say nothing, what a crawl of
    ``sources`` needs."""
    hosts = len({host_of(source.url or "") for source in sources})
    return Bounds(
        at_once=at_once(hosts, open_files()) if manners.at_once is None else manners.at_once,
        seconds=seconds_for(sources, manners) if manners.seconds is None else manners.seconds,
    )


def at_once(hosts: int, files: int | None) -> int:
    """How many requests are under way at once, where so many hosts are asked and a process may have so many ``files``
    open (None: nobody says)."""
    room = AT_ONCE_AT_MOST if files is None else (files - OTHER_FILES) // FILES_OF_A_HOST
    return max(AT_ONCE, min(REQUESTS_OF_A_HOST * hosts, AT_ONCE_AT_MOST, room))


def seconds_for(sources: Sequence[Source], manners: CrawlPolicy) -> float:
    """How long a crawl may take: as long as its fullest host needs at its delay, and the machine for all of them;
    between SECONDS and LONGEST. What is asked of a file or a text is nothing."""
    guard = AddressGuard.allowing(manners.allow)
    requests = Counter[str]()
    for source in sources:
        if source.url is not None:
            requests[host_of(source.url)] += _requests_of(source)
    own_delay = manners.delay if manners.own_delay is None else manners.own_delay
    of_hosts = (
        (1 + count) * max(A_REQUEST, own_delay if guard.allows_by_name(host) else manners.delay)
        for host, count in requests.items()
    )
    needed = max(MARGIN * max(of_hosts, default=0.0), OF_ALL * requests.total())
    return min(LONGEST, max(SECONDS, needed))


def _requests_of(source: Source) -> int:
    """How many requests a source makes at its host: itself, and the own pages of the entries of a list."""
    return 1 if source.kind in {"ical", "feed"} else 1 + MAX_DETAILS
