"""思否: meetings of developers. Unconfirmed: it rests on what others wrote down in 2026.

``url`` is ``https://segmentfault.com/events``, whose state lists what is recommended and what is new; what is over
stands in a list of its own, which is not read.
"""

from __future__ import annotations

from spiders.discover.address import origin_of
from spiders.layouts import Proof, Rows, Site, itself
from spiders.layouts.rows import Row


def _usual(row: Row, base: str | None) -> Row | None:
    """Its page by its number; the link beside it leads to whoever takes the registrations."""
    number = row.get("id")
    return {**row, "url": f"{origin_of(base)}/e/{number}"} if number and base else row


SITE = Site(
    name="思否",
    hosts=("segmentfault.com",),
    path="/events/?",
    example="https://segmentfault.com/events",
    asks=itself,
    layout=Rows(
        holder="script#__NEXT_DATA__", lists=("recommendList", "newestList"), each=("name", "start"), put=_usual
    ),
    proof=Proof(basis="facts", month="2026-11", confidence="B"),
)
