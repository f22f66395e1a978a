"""互动吧, now huodong.com: activities of a city. Unconfirmed: it rests on what others wrote down in 2026.

``url`` is a city's list (``https://huodong.com/event/shanghai``). A card tells the *last* day of what runs there, never
the first; so nothing is taken from the list but the addresses of its entries, whose own pages tell schema.org events.
"""

from __future__ import annotations

from spiders.layouts import Cards, Markup, Proof, Site, itself

SITE = Site(
    name="互动吧",
    hosts=("huodong.com",),
    path=r"/event/[a-z]{3,20}/?",
    example="https://huodong.com/event/shanghai",
    asks=itself,
    layout=Cards(
        card="article.activity-card",
        frame="main",
        title="h3.activity-title",
        until=".meta-date",
        where=".meta-location",
        link="a.card-hit",
        asks_own_pages=True,
    ),
    own_page=Markup(frame="application/ld+json", each='"startDate"'),
    proof=Proof(basis="facts", month="2026-11", confidence="B"),
)
