"""Scrapy's settings for every crawl: manners, limits and safety, each with its reason.

Scrapy's own defaults are those of a framework: robots are ignored, eight requests per host run at once without a
delay, certificates are not verified, and an answer may have a gibibyte.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from spiders.hosts import HostFacts

HOMEPAGE = "https://quanzi.example/"
MEBIBYTE = 1024 * 1024
MAX_MEBIBYTES, TIMEOUT = 10, 30  # of one answer; seconds
MAX_DETAILS = 10  # of one list: enough for a week, little enough for the host
SECONDS = 660.0
"""A crawl of some dozen hosts needs a part of it; the limit of a whole run is above."""
AT_ONCE = 16
"""Requests under way at once, to as many hosts."""
ForWhom = Literal["person", "organisation"]
_CALENDARS = {"person": "one person's calendar", "organisation": "the calendars of an organisation's members"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrawlPolicy:
    """What the user may decide about fetching. ``delay`` is in seconds between two requests to one host, ``own_delay``
    the same for machines that ``allow`` names by number (``delay`` where it is None); ``hosts`` maps host patterns to
    loopback ports (the sample city). ``at_once`` is how many requests may be under way and ``seconds`` bounds the whole
    crawl; where they are None they follow from the sources (`spiders.extent`). ``for_whom`` says who will read what is
    found: one person, or the members of an organisation."""

    allow: tuple[str, ...] = ()
    contact: str | None = None
    delay: float = 2.0
    own_delay: float | None = None
    hosts: Mapping[str, int] | None = None
    seconds: float | None = None
    at_once: int | None = None
    for_whom: ForWhom = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Of one crawl: the requests that may be under way at once, and the seconds that it may take."""

    at_once: int = AT_ONCE
    seconds: float = SECONDS


def user_agent(contact: str | None, version: str, for_whom: ForWhom = "person") -> str:
    """An honest name with a way to reach whoever runs it (RFC 9110, 10.1.5)."""
    reach = f"+{HOMEPAGE}; {contact}" if contact else f"+{HOMEPAGE}"
    return f"Quanzi/{version} (reads public events for {_CALENDARS[for_whom]}; {reach})"


def crawl_settings(
    manners: CrawlPolicy, version: str, facts: HostFacts | None = None, bounds: Bounds | None = None
) -> dict[str, Any]:
    """Everything that differs from Scrapy's defaults. ``facts`` are what is known of hosts from before."""
    limits = _limits(bounds or Bounds())
    return _manners(manners, version, facts or HostFacts()) | limits | _safety(manners) | _QUIET


def _manners(manners: CrawlPolicy, version: str, facts: HostFacts) -> dict[str, Any]:
    return {
        "USER_AGENT": user_agent(manners.contact, version, manners.for_whom),
        "ROBOTSTXT_OBEY": True,
        "ROBOTSTXT_USER_AGENT": "Quanzi",
        "DEFAULT_REQUEST_HEADERS": {},  # each request says itself what it wants
        "CONCURRENT_REQUESTS_PER_DOMAIN": 1,  # one request per host at a time
        "DOWNLOAD_DELAY": manners.delay,
        "DOWNLOAD_DELAY_JITTER": 0,  # never less than was promised
        "QUANZI_OWN_DELAY": manners.delay if manners.own_delay is None else manners.own_delay,
        "QUANZI_NOW": facts.now,
        "QUANZI_RULES": facts.rules,
        "QUANZI_WAITS": facts.waits,
        "RETRY_TIMES": 1,
        "RETRY_HTTP_CODES": [500, 502, 504, 522, 524, 408],  # 429 and 503 ask to wait: they are not repeated at once
        "COOKIES_ENABLED": False,
        "REFERER_ENABLED": False,
        "DOWNLOADER_MIDDLEWARES": {
            "scrapy.downloadermiddlewares.robotstxt.RobotsTxtMiddleware": None,
            "spiders.handler.SlotMiddleware": 90,
            "spiders.robots.StrictRobotsMiddleware": 100,
            "spiders.sign_in.SignInMiddleware": 950,  # behind those that repeat and redirect
        },
    }


def _limits(bounds: Bounds) -> dict[str, Any]:
    return {
        "CONCURRENT_REQUESTS": bounds.at_once,
        "CONCURRENT_ITEMS": 1,  # for each answer so many tasks are started that wait for items, and there are none
        "REACTOR_THREADPOOL_MAXSIZE": max(
            10, bounds.at_once // 4
        ),  # each looks up a name, some for ten seconds in vain
        "DOWNLOAD_TIMEOUT": TIMEOUT,
        "DOWNLOAD_MAXSIZE": MAX_MEBIBYTES * MEBIBYTE,
        "DOWNLOAD_WARNSIZE": 0,
        "REDIRECT_MAX_TIMES": 5,
        "METAREFRESH_ENABLED": False,
        "CLOSESPIDER_TIMEOUT": bounds.seconds,
        "MEMUSAGE_LIMIT_MB": 800,
        "DEPTH_LIMIT": 5,  # a list, the page of an entry, its three pictures one after another
    }


def _safety(manners: CrawlPolicy) -> dict[str, Any]:
    return {
        "DOWNLOAD_VERIFY_CERTIFICATES": True,
        "DOWNLOAD_HANDLERS": {  # http and https only
            **dict.fromkeys(("http", "https"), "spiders.handler.PoliteHandler"),
            **dict.fromkeys(("data", "file", "ftp", "s3")),
        },
        "HTTPPROXY_ENABLED": False,  # a proxy from the environment would connect past the guard
        "TWISTED_DNS_RESOLVER": "spiders.resolver.GuardedResolver",
        "DNSCACHE_ENABLED": False,
        "QUANZI_ALLOW": list(manners.allow),
        "QUANZI_HOSTS": dict(manners.hosts or {}),
        "TELNETCONSOLE_ENABLED": False,
        "REMOTE_CONTROL_ENABLED": False,
    }


# The report speaks.
_QUIET = {
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
    "STATS_DUMP": False,
    "EXTENSIONS": {
        **dict.fromkeys(("scrapy.extensions.logstats.LogStats", "scrapy.extensions.feedexport.FeedExporter")),
        "scrapy.extensions.memusage.MemoryUsage": None,
        "spiders.memory.OwnMemoryUsage": 0,
    },
}
