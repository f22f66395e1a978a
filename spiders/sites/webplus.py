"""WebPlus, the software in which many Chinese universities and institutes keep their sites: a column of lectures.

Unconfirmed: it rests on samples that others wrote after such pages in 2026.

``url`` is the column's list (``https://…/list.htm``). An entry may tell the time and the place; where it tells only the
day on which it was put up, its own page is asked for. That day is never the lecture's.
"""

from __future__ import annotations

from spiders.layouts import Cards, Proof, Site, itself

SITE = Site(
    name="WebPlus",
    path=r".*/list\d*\.htm",
    example="https://institute.example/lectures/list.htm",
    asks=itself,
    layout=Cards(
        frame=".news_list, [id^=wp_news_w]",
        card="li.news",
        title=".news_title",
        when=".news_time",
        where=".news_address",
        posted=".news_date, .news_meta",
        asks_own_pages=True,
    ),
    proof=Proof(basis="facts", month="2026-11", confidence="A"),
)
