"""What the configuration decides about fetching."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from planner.config import Config
from spiders.extent import seconds_for
from spiders.items import Source
from spiders.settings import SECONDS, CrawlPolicy

DELAY_FOR_OTHERS = 1.0


def policy_of(config: Config, hosts: Mapping[str, int] | None = None, *, for_many: bool = False) -> CrawlPolicy:
    """The manners of a crawl: nobody's site is asked more than once a second, whatever ``delay`` says, one's own
    machines as it says. ``hosts`` maps host patterns to loopback ports (the sample city), which need no delay.
    ``for_many``: the members of an organisation will read what is found, not one person."""
    network = config.network
    return CrawlPolicy(
        allow=network.allow,
        contact=network.contact,
        delay=max(network.delay, DELAY_FOR_OTHERS) if hosts is None else 0.0,
        own_delay=network.delay if hosts is None else 0.0,
        hosts=hosts,
        for_whom="organisation" if for_many else "person",
    )


def longer(sources: Sequence[Source], config: Config) -> float:
    """The seconds that a crawl of these sources may take above the usual: whatever has a limit above that of a crawl is
    longer by them."""
    return seconds_for(sources, policy_of(config)) - SECONDS
