"""City names -> time zones, for `quanzi init`: Chinese cities keep Beijing time, others by their IANA name."""

from __future__ import annotations

from zoneinfo import available_timezones

DEFAULT = "Asia/Shanghai"
ZONE_OF = {
    "香港": "Asia/Hong_Kong", "澳门": "Asia/Macau", "台北": "Asia/Taipei", "新加坡": "Asia/Singapore",
    "东京": "Asia/Tokyo", "首尔": "Asia/Seoul", "伦敦": "Europe/London", "巴黎": "Europe/Paris",
    "柏林": "Europe/Berlin", "纽约": "America/New_York", "旧金山": "America/Los_Angeles",
    "洛杉矶": "America/Los_Angeles", "悉尼": "Australia/Sydney", "多伦多": "America/Toronto", "迪拜": "Asia/Dubai",
    "san francisco": "America/Los_Angeles", "seattle": "America/Los_Angeles", "boston": "America/New_York",
    "washington": "America/New_York", "austin": "America/Chicago", "munich": "Europe/Berlin",
    "hamburg": "Europe/Berlin", "manchester": "Europe/London", "kyoto": "Asia/Tokyo", "osaka": "Asia/Tokyo",
}  # fmt: skip


def zone_of(city: str) -> str:
    """The zone of a city: by name, by the last part of an IANA name ("Berlin"), else Beijing time."""
    name = city.strip().casefold()
    if name in ZONE_OF:
        return ZONE_OF[name]
    ends = {zone.rpartition("/")[2].replace("_", " ").casefold(): zone for zone in sorted(available_timezones())}
    return ends.get(name, DEFAULT)
