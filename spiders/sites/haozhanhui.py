"""好展会: trade fairs of China by months. Unconfirmed: it rests on what others wrote down up to 2026.

``url`` is the plan of a month (``https://www.haozhanhui.com/zhanlanjihua/2026_11___c_1.html``), or just
``/zhanlanjihua/``; this month's and those to come are asked for. A line tells the first day and the town of a fair.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from spiders.items import Context, Document
from spiders.layouts import Cards, Proof, Site
from spiders.layouts.months import months_from

_AHEAD = 3


def _months(now: datetime) -> tuple[str, ...]:
    folder = "https://www.haozhanhui.com/zhanlanjihua"
    return tuple(f"{folder}/{year}_{month}___c_1.html" for year, month in months_from(now, 1 + _AHEAD))


def _asks(address: str, now: datetime) -> tuple[str, ...]:
    return _months(now)[:1]


def _months_after(document: Document, context: Context) -> Sequence[str]:
    return _months(context.now)[1:]


SITE = Site(
    name="好展会",
    hosts=("haozhanhui.com",),
    path=r"/zhanlanjihua/.*",
    example="https://www.haozhanhui.com/zhanlanjihua/",
    asks=_asks,
    goes_on=_months_after,
    layout=Cards(
        frame="ul.trade-news",
        card="ul.trade-news > li",
        title="a",
        when=re.compile(r"^\W*(\d{4}-\d{1,2}-\d{1,2})"),
        where=re.compile(r"【[^】]*】\s*【([^】]+)】"),
    ),
    proof=Proof(basis="facts", month="2026-11", confidence="B"),
)
