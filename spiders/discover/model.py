"""The values of a search: what is asked, what came back, what was found."""

from __future__ import annotations

from dataclasses import dataclass

from spiders.acceptance import Assessment
from spiders.discover.page_links import Offer
from spiders.discover.platforms import Way
from spiders.items import Document, Reading, SourceKind
from spiders.reasons import Reason

REQUESTS = 7
"""One page and six more, every hop of a redirect counted; robots.txt is not (RFC 9309 asks for it)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Probe:
    """One request to make, what kind of source its answer would be, and how many redirects it may follow."""

    address: str
    kind: SourceKind = "auto"
    hops: int = REQUESTS - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a document is to discovery: its events, what else it offers, what it calls itself, and how often its
    software says that it changes (hours)."""

    reading: Reading
    offers: tuple[Offer, ...] = ()
    title: str | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back for a probe: a document and its inspection, or why there is none. ``address`` is where it stands
    for good (permanent redirects followed), ``requests`` how many it took."""

    address: str
    requests: int = 1
    document: Document | None = None
    inspection: Inspection | None = None
    failure: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A source that could be read: ``title`` is its own name, ``id`` a short one where a platform gives it. A list that
    tells no days has ``details``: pages it points to that do."""

    address: str
    kind: SourceKind
    reading: Reading
    assessment: Assessment
    document: Document
    details: tuple[Reading, ...] = ()
    title: str | None = None
    id: str | None = None
    platform: str | None = None
    hours: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """One request of a search and what it gave: ``ahead`` events that lie ahead, or the ``reason`` why none."""

    address: str
    ahead: int = 0
    reason: Reason | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """The end of a search. ``found`` tells dated events that lie ahead; without it ``failure`` says why and ``ways``
    what else can be done. ``others`` could be read as well, the best first: less good, or without anything ahead."""

    asked: str
    found: Found | None = None
    others: tuple[Found, ...] = ()
    failure: Reason | None = None
    ways: tuple[Way, ...] = ()
    tried: tuple[Tried, ...] = ()
    requests: int = 0
