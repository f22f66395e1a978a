"""Eventbrite organisers: their page lists what they hold as schema.org events.

``url`` is the organiser's page (``https://www.eventbrite.com/o/name-123``). No interface with a key is asked. An
evening that is repeated stands there as one long event, which is known by its first day alone.
"""

from __future__ import annotations

from spiders.layouts import Markup, Proof, Site, by_rule

SITE = Site(
    name="Eventbrite",
    hosts=("eventbrite.*", "eventbrite.co.*", "eventbrite.com.*"),
    path=r"/o/[\w%-]+-\d+(?:/.*)?",
    example="https://www.eventbrite.com/o/name-123",
    asks=by_rule("Eventbrite"),
    layout=Markup(frame='"itemListElement"', each='"startDate"', empty=r'"itemListElement"\s*:\s*\[\s*\]'),
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
