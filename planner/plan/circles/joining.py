"""How to join people who hold events: a sign-up link, the name of an account, a public page of the group. Never a
number to call, and never somebody's own chat.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from planner.privacy import redact
from planner.text import one_line
from spiders.items import Event

LONGEST_NAME = 40
_ACCOUNT = re.compile(
    r"(?:微信)?(?:公众号|公眾號|订阅号|服务号)\s*[:：是]?\s*[「“\"【《]?(?P<name>[^\s「」“”\"【】《》,，。;；:：!！()（）|]{2,40})"
    r"|(?i:official account)\s*[:：]\s*[\"“]?(?P<latin>[^\n\"”,.;|()]{2,40})"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Where one signs up for the next evening, the name of their public account, and the page of their group; each None
    where it is not told."""

    sign_up: str | None = None
    account: str | None = None
    group: str | None = None


def join_of(coming: Event | None, latest: Iterable[Event], page: str | None) -> Join:
    """How to join those who hold these; ``latest`` are their events, the last first, ``page`` is that of the group."""
    sign_up = coming.url if coming is not None and coming.url and redact(coming.url) == coming.url else None
    account = next((name for event in latest if (name := _account(event.description or ""))), None)
    return Join(sign_up=sign_up, account=account, group=page)


def _account(text: str) -> str | None:
    found = _ACCOUNT.search(text)
    if found is None:
        return None
    name = one_line(found["name"] or found["latin"], LONGEST_NAME).strip()
    return name if redact(name) == name else None


def group_page(urls: Sequence[str]) -> str | None:
    """The page below which all that these people hold has its own: what their addresses have in common, where that is
    more than a host. One address alone tells nothing of the group."""
    parts = {urlsplit(url)[:3] for url in urls}
    if len(parts) < 2 or len({(scheme, host) for scheme, host, _ in parts}) > 1:
        return None
    common = os.path.commonpath([path or "/" for _, _, path in parts])
    scheme, host, _ = next(iter(parts))
    return urlunsplit((scheme, host, common.rstrip("/") + "/", "", "")) if common.strip("/") else None
