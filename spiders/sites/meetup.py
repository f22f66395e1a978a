"""Meetup groups: every public group offers its coming meetings as a calendar.

``url`` is the group's page (``https://www.meetup.com/some-group/``, with or without a language in front).
"""

from __future__ import annotations

from spiders.addresses import shown
from spiders.discover import platforms
from spiders.errors import SourceError
from spiders.items import Source
from spiders.reasons import Code, Reason

KIND = "ical"


def addresses(source: Source) -> list[str]:
    """The calendar of the group. Raises SourceError where the address names no group."""
    target = next(iter(platforms.direct(source.url or "", 0, embedded=True)), None)
    if target is None or target.platform != "Meetup":
        raise SourceError(Reason(Code.SITE_WITHOUT_GROUP, address=shown(source.url or "")), source=source.id)
    return [target.address]
