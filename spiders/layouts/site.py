"""What a site module says of its site: which addresses it answers to, what is asked, how it is read, what that rests
on.

A module in ``spiders/sites/`` has one such value, called ``SITE``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from fnmatch import fnmatchcase
from typing import Literal
from urllib.parse import unquote, urlsplit

from spiders.discover import platforms
from spiders.items import Context, Document
from spiders.layouts.layout import Layout

Basis = Literal["recorded", "facts"]
Asks = Callable[[str, datetime], Sequence[str]]
GoesOn = Callable[[Document, Context], Sequence[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """What a module rests on: answers that were ``recorded`` from the site, or ``facts`` that others wrote down.

    ``month`` (2026-11) is when it was gathered. ``confidence``: A, a recording or code that works; B, a document or
    recent code; C, one weak or old mention. Whatever rests on facts alone is shown as unconfirmed.
    """

    basis: Basis
    month: str
    confidence: Literal["A", "B", "C"]

    @property
    def is_unconfirmed(self) -> bool:
        return self.basis == "facts"


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One site, or one piece of software that many sites run.

    ``name`` as people know it. ``hosts`` (or what lies below them) and ``path``, a pattern of the whole path, are the
    addresses that it answers to; software answers to any host and is named in the configuration. ``example`` is one.
    ``asks`` makes of such an address, and of the time, what is asked: the first, the others in turn where one gives
    no answer or another layout; none where the address is not of its form. ``layout`` reads the answer, ``own_page``
    the pages of single entries that it leads to (else as any other list's).

    ``goes_on``: where the rest of the list stands, told the first answer; an address that is not found ends the list.
    No more than ``most_pages`` are asked; of a list with more the rest is unknown. ``door`` is the platform (a mark
    of ``platforms.toml``) whose page only tells where the events stand.
    """

    name: str
    example: str
    layout: Layout
    proof: Proof
    asks: Asks
    hosts: tuple[str, ...] = ()
    path: str = ".*"
    own_page: Layout | None = None
    goes_on: GoesOn | None = None
    most_pages: int = 6
    door: str | None = None
    wants: Literal["html", "json", "ical", "feed"] = "html"

    def answers_to(self, address: str) -> bool:
        """Whether an address is one of this site's."""
        parts = urlsplit(address)
        host = (parts.hostname or "").removeprefix("www.")
        known = not self.hosts or any(fnmatchcase(host, name) or fnmatchcase(host, f"*.{name}") for name in self.hosts)
        return known and re.fullmatch(self.path, unquote(parts.path or "/")) is not None


def itself(address: str, now: datetime) -> tuple[str, ...]:
    """The address as it was given."""
    return (address,)


def by_rule(platform: str, *, or_itself: bool = False) -> Asks:
    """What a platform's rule of addresses (``platforms.toml``) makes of one."""

    def asks(address: str, now: datetime) -> tuple[str, ...]:
        targets = platforms.direct(address, now.year)
        found = tuple(target.address for target in targets if target.platform == platform)
        return found or ((address,) if or_itself else ())

    return asks
