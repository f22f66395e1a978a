"""Meetup groups: every public group offers its coming meetings as a calendar.

``url`` is the group's page (``https://www.meetup.com/some-group/``, with or without a language in front).
"""

from __future__ import annotations

from spiders.layouts import Calendar, Proof, Site, by_rule

SITE = Site(
    name="Meetup",
    hosts=("meetup.com",),
    example="https://www.meetup.com/GROUP/",
    asks=by_rule("Meetup"),
    layout=Calendar(),
    wants="ical",
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
