"""豆瓣同城: activities of a city by kind. Unconfirmed: it rests on what others wrote down up to 2026.

``url`` is a list (``https://www.douban.com/location/shanghai/events/week-salon``; when: today, tomorrow, week, weekend,
future; kind: a word or a number). Its cards carry microdata of a vocabulary that is no longer schema.org's, so they are
read as cards. Its robots.txt asks for five seconds between two requests.
"""

from __future__ import annotations

import re

from spiders.layouts import Cards, Proof, Site, itself

SITE = Site(
    name="豆瓣同城",
    hosts=("douban.com",),
    path=r"/location/[a-z]+/events/[\w-]+/?",
    example="https://www.douban.com/location/shanghai/events/week-salon",
    asks=itself,
    layout=Cards(
        frame="ul.events-list",
        card="li.list-entry",
        title="[itemprop=summary]",
        when="time[itemprop=startDate]",
        end="time[itemprop=endDate]",
        where="[itemprop=location]",
        price=".fee",
        organizer=re.compile(r"发起\s*[:：]\s*(\S[^:：]*?)\s*(?:\d+\s*人|$)"),
        link='a[href*="/event/"]',
        keeps_query=False,
    ),
    proof=Proof(basis="facts", month="2026-11", confidence="B"),
)
