"""Whether a name is a time zone, without listing all of them (which takes 50 ms)."""

from __future__ import annotations

from zoneinfo import ZoneInfo


def is_zone(name: str) -> bool:
    """Whether ``name`` is an IANA zone that this machine or the tzdata package knows."""
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):  # unknown, not a plain name, or a folder of names
        return False
    return True
