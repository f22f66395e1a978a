"""What the configuration decides about fetching."""

from __future__ import annotations

from collections.abc import Mapping

from planner.config import Config
from spiders.settings import CrawlPolicy


def policy_of(config: Config, hosts: Mapping[str, int] | None = None) -> CrawlPolicy:
    """The manners of a crawl. ``hosts`` maps host patterns to loopback ports (the sample city), which need no delay."""
    network = config.network
    return CrawlPolicy(
        allow=network.allow,
        contact=network.contact,
        delay=network.delay if hosts is None else 0.0,
        hosts=hosts,
    )
