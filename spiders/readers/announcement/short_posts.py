"""Announcements of a few lines: a day still to come, its hours, a place, and what taking part costs or asks.

Such a text calls itself nothing ("沙龙", "报名" are missing), and yet tells all that one needs to go there. What has
hours and a place but is no meeting (a shop's hours, a sale, a delivery, a departure) is known by its own words.
"""

from __future__ import annotations

from datetime import date, timedelta

from spiders.items import Place
from spiders.readers.announcement.occasions import Occasion
from spiders.readers.announcement.vocabulary import says
from spiders.text.online import is_online

LONGEST = 320  # characters of normalized text under the title
ENOUGH = 4.0
_AHEAD = timedelta(days=120)
_LONG = timedelta(hours=7)


def points(title: str, body: str, occasions: list[Occasion], place: Place | None, today: date) -> float:
    """Evidence for an announcement in a short text (normalized); 0 where something is missing or speaks against it."""
    if not 0 < len(body.strip()) <= LONGEST or len(occasions) != 1 or says("service", title) or says("service", body):
        return 0.0
    first = occasions[0].sessions[0]
    if first.all_day or not today <= first.start.date() <= today + _AHEAD:
        return 0.0
    if first.end is not None and first.end - first.start >= _LONG:
        # The hours of a place, not of a meeting; every day of them, surely.
        rule = occasions[0].rule or ""
        return -ENOUGH if rule.startswith("FREQ=DAILY") and "UNTIL" not in rule else 0.0
    held = (place is not None and bool(place.name or place.address)) or is_online(body)
    shared = says("share", body)
    if held and shared:
        return ENOUGH
    # Two of three, if the hours are told from their beginning to their end.
    return 2.0 if (held or shared) and first.end is not None else 0.0
