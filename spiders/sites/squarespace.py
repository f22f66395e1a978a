"""Squarespace: the page of events of a site that was made with it.

``url`` is that page; the same with ``?format=json`` tells what is on it. Only what is to come is read: what was stands
beside it. Points on the map that nobody set (in New York) are taken as none.
"""

from __future__ import annotations

from datetime import datetime

from spiders.layouts import Proof, Rows, Site


def _asks(address: str, now: datetime) -> tuple[str, ...]:
    return (f"{address.partition('#')[0].partition('?')[0]}?format=json",)


SITE = Site(
    name="Squarespace",
    example="https://club.example/events",
    asks=_asks,
    layout=Rows(lists=("upcoming",), each=("title", "startDate")),
    wants="json",
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
