"""What hosts ask of whoever fetches from them: rules of robots.txt, and time to wait. Known before, or just heard.

The crawl has no clock of its own: what is told from before says how old it is, and what is heard says for how long.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from spiders.reasons import Code, Reason

SECONDS_TO_WAIT_AT_MOST = 7 * 24 * 3600


@dataclass(frozen=True, slots=True)
class RulesBefore:
    """A robots.txt that was fetched before. Where it is ``fresh`` it holds without asking, else where asking fails."""

    rules: bytes
    fresh: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HostFacts:
    """What is known of hosts as a crawl begins at ``now``: ``rules`` by origin (`origin_of`), and for how many seconds
    a host (`host_of`) still wants to be left alone."""

    now: datetime | None = None
    rules: Mapping[str, RulesBefore] = field(default_factory=dict)
    waits: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RulesHeard:
    """What the robots.txt of an origin says now; empty where it has none."""

    origin: str
    rules: bytes


@dataclass(frozen=True, slots=True)
class WaitHeard:
    """A host asked to be left alone for so many seconds."""

    host: str
    seconds: int


HostNews = RulesHeard | WaitHeard


def host_of(address: str) -> str:
    """The host of an address as hosts are told apart here; empty for none."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".")
    except ValueError:
        return ""


def origin_of(address: str) -> str:
    """Scheme, host and port (RFC 6454): robots.txt holds for these together (RFC 9309, 2.3)."""
    parts = urlsplit(address)
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    host = host_of(address)
    host = f"[{host}]" if ":" in host else host
    return f"{parts.scheme}://{host}{f':{parts.port}' if parts.port not in {None, usual} else ''}"


def seconds_to_wait(retry_after: str, date: str, now: datetime | None) -> int | None:
    """Retry-After as seconds (RFC 9110, 10.2.3). Its form as a date counts from the answer's own ``Date``, which is by
    the same clock, else from ``now``. None where it says nothing, and at most a week."""
    text = retry_after.strip()
    if text.isascii() and text.isdigit():
        return min(int(text[:12]), SECONDS_TO_WAIT_AT_MOST)
    until, since = _moment(text), _moment(date) or now
    if until is None or since is None:
        return None
    return max(0, min(int((until - since).total_seconds()), SECONDS_TO_WAIT_AT_MOST))


def _moment(text: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(text)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None
    return found if found.tzinfo is not None else found.replace(tzinfo=UTC)


def asked_to_wait(until: datetime, now: datetime) -> Reason:
    """Why a host is not asked; ``until`` is shown on the clock of ``now``."""
    return Reason(Code.ASKED_TO_WAIT, moment=f"{until.astimezone(now.tzinfo):%Y-%m-%d %H:%M}")
