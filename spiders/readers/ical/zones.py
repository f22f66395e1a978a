"""Time zones of a calendar: what a TZID means, whoever wrote it.

For a region that the IANA database knows (also behind a vendor's prefix, in wrong case, or as Windows calls it) the
IANA rules hold: a feed's VTIMEZONE may list only the coming transitions. A name of no region (GMT, EST, UTC-5, one of
the feed's own) means what the feed's VTIMEZONE says, from its first transition on; without one it is the offset that it
names, or the zone that such a name mostly stands for. What is left is no zone, which the caller must say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from datetime import timedelta, timezone, tzinfo
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, available_timezones

from spiders.readers.ical.own_zones import FeedZone
from spiders.readers.ical.parser import Calendar, Component
from spiders.reasons import Code, Reason

_OFFSET = re.compile(
    r"\(?\s*(?:UTC|GMT)?\s*([+\-\u2212\u2013])\s?(\d{1,2})(?::?(\d{2}))?(?::?\d{2})?\s*\)?", re.IGNORECASE
)
_OFFSET_AND_WORDS = re.compile(
    r"(\(?\s*(?:UTC|GMT)\s*[+\-\u2212\u2013]\s?\d{1,2}(?::?\d{2})?\s*\)?)[\s(]+(\S.*)", re.IGNORECASE
)
# The area of the IANA database whose names count westward: Etc/GMT+5 is five hours behind.
_WESTWARD = re.compile(r"Etc/(?:UTC|GMT)?([+-])(\d{1,2})", re.IGNORECASE)


@cache
def zone_named(name: str) -> ZoneInfo | None:
    """The IANA zone that a name means: exact, by case, behind a vendor's prefix, or as Windows or Outlook call it.
    None for all others, such as offsets."""
    key = _known(name)[0]
    return ZoneInfo(key) if key else None


def zone_or_offset(name: str) -> tzinfo | None:
    """The zone that a name means, or the offset that it is (``UTC-5``); None for anything else."""
    return zone_named(name) or fixed_offset(name)


@cache
def _known(name: str) -> tuple[str | None, bool]:
    """The IANA name that a name stands for, and whether it names a region by itself."""
    text = name.strip().strip('"').strip()
    if not text or len(text) > 120:
        return None, False
    by_case = _by_case()
    if _OFFSET.fullmatch(text.rsplit("/", 1)[-1]):
        return by_case.get(text.lower()) or by_case.get(_last_two(text)), False
    candidates = [text, text.replace(" ", "_")]
    if "/" in text:
        pieces = [piece for piece in text.replace("\\", "/").split("/") if piece]
        candidates += ["/".join(pieces[-count:]) for count in (3, 2, 1) if count <= len(pieces)]
    if worded := _OFFSET_AND_WORDS.fullmatch(text):
        candidates += [worded.group(2).rstrip(")"), worded.group(2)]
    # What Outlook and forms put before or behind: "(UTC+08:00) Beijing", "Asia/Shanghai (UTC+8)"; a number of a copy.
    candidates += [re.sub(pattern, "", text) for pattern in (r"^\([^)]*\)\s*", r"\s*\([^)]*\)$", r"[-_ ]\d{1,2}$")]
    for candidate in candidates:
        folded = candidate.lower()
        if known := by_case.get(folded) or _windows().get(folded):
            return known, "/" in known and not known.startswith("Etc/")
        if known := _other_names().get(folded):
            return known, False
    return None, False


def _last_two(path: str) -> str:
    return "/".join(path.lower().split("/")[-2:])


@cache
def _by_case() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones() if name not in ("Factory", "localtime", "posixrules")}


@cache
def _other_names() -> dict[str, str]:
    return tomllib.loads(files("spiders.readers.ical").joinpath("zone_names.toml").read_text(encoding="utf-8"))


@cache
def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return {name.lower(): zone for name, zone in WINDOWS_TO_OLSON.items()}


def fixed_offset(name: str) -> timezone | None:
    """``GMT+0800``, ``UTC-05:00``, ``+08``, ``(UTC-03:00) Old Harbour``: an offset written as a name, the last part of
    a path as well; None for anything else."""
    text = name.strip().strip('"').strip()
    worded = _OFFSET_AND_WORDS.fullmatch(text)
    found = _OFFSET.fullmatch(worded.group(1) if worded else text.rsplit("/", 1)[-1])
    if not found:
        return None
    hours, minutes = int(found.group(2)), int(found.group(3) or 0)
    if hours > 14 or minutes > 59:
        return None
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(offset if found.group(1) == "+" else -offset)


class Zones:
    """The zones of one VCALENDAR: by TZID, each looked up once. What it does not define itself the others may."""

    def __init__(self, own: Mapping[str, list[Component]], calendar: Calendar) -> None:
        self._own, self._all, self._hints = own, calendar.zones, calendar.zone_hints
        self._found: dict[str, tuple[tzinfo | None, Reason | None]] = {}

    def get(self, tzid: str) -> tuple[tzinfo | None, Reason | None]:
        """The zone that ``tzid`` means in this calendar, None if nobody can say; and the doubt about it."""
        if tzid not in self._found:
            zone = self._look_up(tzid)
            unsure = zone is None
            if not isinstance(zone, ZoneInfo | FeedZone) and (west := _WESTWARD.fullmatch(tzid.strip())):
                # No such name exists. Whoever writes it takes the sign from those that do, or does not.
                away = timedelta(hours=int(west.group(2)))
                zone, unsure = timezone(-away if west.group(1) == "+" else away), True
            self._found[tzid] = zone, Reason(Code.ZONE_UNKNOWN, zone=tzid[:60]) if unsure else None
        return self._found[tzid]

    def _look_up(self, tzid: str) -> tzinfo | None:
        key, is_region = _known(tzid)
        hinted, hint_is_region = _known(self._hints.get(tzid, ""))
        if key and is_region:
            return ZoneInfo(key)
        if hinted and hint_is_region:
            return ZoneInfo(hinted)
        known = zone_named(key or hinted or "") or fixed_offset(tzid)
        if parts := self._own.get(tzid) or self._all.get(tzid):
            own = FeedZone(parts, known)
            if own.usable:
                return own
        return known
