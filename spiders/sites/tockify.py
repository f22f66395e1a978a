"""Tockify: calendars by the name in their address.

``url`` is a calendar's page (``https://tockify.com/NAME``); its calendar file is asked for.
"""

from __future__ import annotations

from spiders.layouts import Calendar, Proof, Site, by_rule

SITE = Site(
    name="Tockify",
    hosts=("tockify.com",),
    example="https://tockify.com/NAME",
    asks=by_rule("Tockify"),
    layout=Calendar(),
    wants="ical",
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
