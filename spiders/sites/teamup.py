"""Teamup: shared calendars, by the key in their address.

``url`` is a calendar's page (``https://teamup.com/ks…``), as people share it; its calendar file is asked for. No answer
of the site was at hand while this was written: it is unconfirmed.
"""

from __future__ import annotations

from spiders.layouts import Calendar, Proof, Site, by_rule

SITE = Site(
    name="Teamup",
    hosts=("teamup.com",),
    path=r"/ks[0-9a-z]{10,}(?:/.*)?",
    example="https://teamup.com/ks0123456789abcdef",
    asks=by_rule("Teamup"),
    layout=Calendar(),
    wants="ical",
    proof=Proof(basis="facts", month="2026-11", confidence="B"),
)
