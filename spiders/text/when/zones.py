"""The zone a text names, as a tzinfo."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache
from zoneinfo import ZoneInfo

# Places whose 时间 is named in Chinese ("美东时间"); the longest name first, as they stand in one pattern.
_PLACES = {
    "美国东部": "America/New_York", "美国西部": "America/Los_Angeles", "太平洋": "America/Los_Angeles",
    "新加坡": "Asia/Singapore", "洛杉矶": "America/Los_Angeles", "旧金山": "America/Los_Angeles",
    "多伦多": "America/Toronto", "温哥华": "America/Vancouver", "吉隆坡": "Asia/Kuala_Lumpur",
    "墨尔本": "Australia/Melbourne", "北京": "Asia/Shanghai", "中国": "Asia/Shanghai", "美东": "America/New_York",
    "纽约": "America/New_York", "美中": "America/Chicago", "美西": "America/Los_Angeles", "台北": "Asia/Taipei",
    "台湾": "Asia/Taipei", "香港": "Asia/Hong_Kong", "东京": "Asia/Tokyo", "日本": "Asia/Tokyo", "首尔": "Asia/Seoul",
    "韩国": "Asia/Seoul", "曼谷": "Asia/Bangkok", "迪拜": "Asia/Dubai", "伦敦": "Europe/London",
    "英国": "Europe/London", "巴黎": "Europe/Paris", "柏林": "Europe/Berlin", "德国": "Europe/Berlin",
    "欧洲中部": "Europe/Berlin", "莫斯科": "Europe/Moscow", "悉尼": "Australia/Sydney",
    "格林尼治": "Etc/UTC", "格林威治": "Etc/UTC", "世界标准": "Etc/UTC",
}  # fmt: skip
# Those whose time is named in English ("3pm London time"); a space may be any white space.
_PLACES_IN_ENGLISH = {
    "beijing": "Asia/Shanghai", "china": "Asia/Shanghai", "shanghai": "Asia/Shanghai", "hong kong": "Asia/Hong_Kong",
    "taipei": "Asia/Taipei", "taiwan": "Asia/Taipei", "singapore": "Asia/Singapore", "tokyo": "Asia/Tokyo",
    "japan": "Asia/Tokyo", "seoul": "Asia/Seoul", "sydney": "Australia/Sydney", "london": "Europe/London",
    "uk": "Europe/London", "paris": "Europe/Paris", "berlin": "Europe/Berlin", "moscow": "Europe/Moscow",
    "new york": "America/New_York", "us eastern": "America/New_York", "us pacific": "America/Los_Angeles",
    "us central": "America/Chicago",
}  # fmt: skip
_ENGLISH = "|".join(place.replace(" ", r"\s+") for place in _PLACES_IN_ENGLISH)
IN_ENGLISH = rf"(?:{_ENGLISH})\s+(?:(?:local|standard|daylight|summer)\s+)?time\b"
"""A pattern of the zones named by a place in English."""
IN_CHINESE = rf"(?:{'|'.join(_PLACES)})(?:当地|夏令|夏季|标准)?时间"
"""A pattern of the zones named by a place in (simplified) Chinese."""
FIRST_CHARACTERS = "".join(sorted({place[0] for place in _PLACES}))
_NAMED = {
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "eastern": "America/New_York", "cdt": "America/Chicago", "ct": "America/Chicago", "central": "America/Chicago",
    "mst": "America/Denver", "mdt": "America/Denver", "mt": "America/Denver", "mountain": "America/Denver",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "cet": "Europe/Paris", "cest": "Europe/Paris", "bst": "Europe/London",
    "eet": "Europe/Athens", "eest": "Europe/Athens", "jst": "Asia/Tokyo", "kst": "Asia/Seoul",
    "sgt": "Asia/Singapore", "hkt": "Asia/Hong_Kong", "aest": "Australia/Sydney", "aedt": "Australia/Sydney",
    "ist": "Asia/Kolkata", "msk": "Europe/Moscow",
}  # fmt: skip
_OFFSET = re.compile(r"(?:utc|gmt)?\s?([+-])\s?(\d{1,2}):?(\d\d)?", re.IGNORECASE)


_DAY_FIRST = {"Africa", "Antarctica", "Atlantic", "Australia", "Europe", "Indian"}
_DAY_FIRST_ZONES = {"Asia/Kolkata", "Asia/Singapore", "Asia/Hong_Kong", "Asia/Dubai", "Pacific/Auckland"}


def day_first(key: str) -> bool:
    """Whether people in the zone of this name (IANA) write 5/12 for 5 December in a text of Latin letters."""
    return key.partition("/")[0] in _DAY_FIRST or key in _DAY_FIRST_ZONES


@cache
def zone_info(key: str) -> ZoneInfo:
    return ZoneInfo(key)


def shown_in(zone: ZoneInfo, moment: datetime | None, *, as_written: bool) -> datetime | None:
    """A time of a text in ``zone``: the same moment, or ``as_written`` the same hours."""
    if moment is None:
        return None
    return moment.replace(tzinfo=zone) if as_written else moment.astimezone(zone)


def named(words: str | None, local: ZoneInfo, day: datetime) -> tzinfo:
    """The zone that ``words`` name; ``local`` where they name none, or the same time as it on that ``day``."""
    found = _find(words.strip().lower(), local) if words else None
    if found is None or found.utcoffset(day) == local.utcoffset(day):
        return local
    return found


def _find(words: str, local: ZoneInfo) -> tzinfo | None:
    if words in {"utc", "gmt", "z"}:
        return UTC
    offset = _OFFSET.fullmatch(words)
    if offset is not None:
        hours, rest = int(offset[2]), int(offset[3] or 0)
        if hours > 14 or rest > 59:
            return None
        delta = timedelta(hours=hours, minutes=rest)
        return timezone(-delta if offset[1] == "-" else delta)
    if words == "cst":  # China's and America's: the reader's own zone decides
        return None if local.key.startswith("Asia/") else zone_info("America/Chicago")
    place = next((zone for name, zone in _PLACES.items() if words.startswith(name)), None)
    spoken = " ".join(re.sub(r"(?:local|standard|daylight|summer)?\s*time$", "", words).split())
    key = place or _PLACES_IN_ENGLISH.get(spoken) or _NAMED.get(words) or _NAMED.get(words.split(maxsplit=1)[0])
    return zone_info(key) if key else None
