"""Which time zone is meant by what is the name of none."""

from __future__ import annotations

import difflib
import re
import unicodedata
from zoneinfo import available_timezones

from planner.config.localities import known_zone

_OFFSET = re.compile(r"(?:utc|gmt|z|cst)?\s*([+-])\s*0?(\d{1,2})(?::?00)?", re.IGNORECASE)
_IN_CHINESE = re.compile(r"([东西])([一二三四五六七八九十]{1,2}|\d{1,2})区?")
_OF_OFFSET = {
    12: "Pacific/Auckland", 10: "Australia/Sydney", 9: "Asia/Tokyo", 8: "Asia/Shanghai", 7: "Asia/Bangkok",
    5: "Asia/Karachi", 4: "Asia/Dubai", 3: "Europe/Istanbul", 2: "Africa/Cairo", 1: "Europe/Berlin", 0: "Europe/London",
    -3: "America/Sao_Paulo", -4: "America/Halifax", -5: "America/Toronto", -6: "America/Chicago", -7: "America/Denver",
    -8: "America/Vancouver", -10: "Pacific/Honolulu",
}  # fmt: skip
"""One of the zones whose clocks stand so many hours before those of Greenwich in winter: for examples alone."""


def zone_meant(given: str, language: str) -> str | None:
    """The zone of a city (北京, Asia/Beijing), or one that is spelt nearly so; None where an offset says too little."""
    text = unicodedata.normalize("NFKC", given).strip()
    if not text or _hours(text) is not None:
        return None
    if "/" not in text:
        return known_zone(text, language)
    close = difflib.get_close_matches(
        text.casefold(), [zone.casefold() for zone in available_timezones()], n=1, cutoff=0.85
    )
    return known_zone(close[0] if close else text.rpartition("/")[2], language)


def example(given: str) -> str:
    """A zone that could be meant: of the offset where one is told."""
    return _OF_OFFSET.get(_hours(unicodedata.normalize("NFKC", given).strip()) or 8, "Asia/Shanghai")


def _hours(text: str) -> int | None:
    """The hours of ``UTC+8``, ``GMT-5``, 东八区."""
    if found := _OFFSET.fullmatch(text):
        return int(found[2]) * (1 if found[1] == "+" else -1)
    if found := _IN_CHINESE.fullmatch(text):
        from spiders.text.numerals import number

        hours = int(found[2]) if found[2].isdecimal() else number(found[2])
        return None if hours is None else hours * (1 if found[1] == "东" else -1)
    return None
