"""上海新国际博览中心 (SNIEC): what is shown in its halls, by months. Unconfirmed: it rests on a sample that
others wrote after its page.

``url`` is its schedule (``https://www.sniec.net/cn/visit_exhibition.php``); the months to come are asked for, with
``?month=``. Every fair is at the same place. A fair's own site is its link; without one it is known by its name.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from spiders.items import Context, Document, Place
from spiders.layouts import Cards, Proof, Site
from spiders.layouts.months import months_from

_SCHEDULE = "https://www.sniec.net/cn/visit_exhibition.php"
_AHEAD = 3
PLACE = Place(name="上海新国际博览中心", address="龙阳路2345号", district="浦东新区", city="上海")


def _months(now: datetime) -> tuple[str, ...]:
    return tuple(f"{_SCHEDULE}?month={year}-{month:02}" for year, month in months_from(now, 1 + _AHEAD))


def _asks(address: str, now: datetime) -> tuple[str, ...]:
    return _months(now)[:1]


def _months_after(document: Document, context: Context) -> Sequence[str]:
    return _months(context.now)[1:]


SITE = Site(
    name="SNIEC",
    hosts=("sniec.net",),
    path=r"/cn/visit_exhibition\.php",
    example=_SCHEDULE,
    asks=_asks,
    goes_on=_months_after,
    layout=Cards(
        frame="ul#upcom",
        card="ul#upcom > li",
        title="h2",
        when="#second span",
        organizer=re.compile(r"主办单位\s*[:：]\s*(.+?)\s*(?:网址|$)"),
        place=PLACE,
    ),
    proof=Proof(basis="facts", month="2026-11", confidence="A"),
)
