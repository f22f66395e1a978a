"""Meetup groups: every public group offers its coming meetings as a calendar.

``url`` is the group's page (``https://www.meetup.com/some-group/``, with or without a language in front).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from spiders.addresses import shown
from spiders.errors import SourceError
from spiders.items import Source
from spiders.reasons import Code, Reason

KIND = "ical"
PAGES_THAT_ARE_NO_GROUP = {"find", "topics", "cities", "login"}


def addresses(source: Source) -> list[str]:
    """The calendar of the group. Raises SourceError where the address names no group."""
    parts = [part for part in urlsplit(source.url or "").path.split("/") if part]
    if parts and len(parts[0]) == 5 and parts[0][2] == "-":  # a locale such as zh-CN
        parts = parts[1:]
    if not parts or parts[0] in PAGES_THAT_ARE_NO_GROUP:
        raise SourceError(Reason(Code.SITE_WITHOUT_GROUP, address=shown(source.url or "")), source=source.id)
    return [f"https://www.meetup.com/{parts[0]}/events/ical/"]
