"""Wix Events: the page of events of a site that was made with Wix.

``url`` is that page; its events stand in the state that it hands to its scripts. Their own pages are named by a word.
"""

from __future__ import annotations

from spiders.discover.address import origin_of
from spiders.layouts import Proof, Rows, Site, itself
from spiders.layouts.rows import Row


def _usual(row: Row, base: str | None) -> Row | None:
    slug = row.get("slug")
    return {**row, "url": f"{origin_of(base)}/event-details/{slug}"} if slug and base else row


SITE = Site(
    name="Wix Events",
    example="https://club.example/events",
    asks=itself,
    layout=Rows(holder="script#wix-warmup-data", lists=("events",), each=("title", "startDate"), put=_usual),
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
