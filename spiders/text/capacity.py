"""How many people an announcement says there will be at most."""

from __future__ import annotations

import re

_PEOPLE = re.compile(
    r"(\d{1,5})\s?\+?\s?(人|位|名|席|people|seats|spots|guests|participants|attendees)(局|本|规模)?", re.IGNORECASE
)
_LIMITS = (
    "限",
    "限额",
    "限定",
    "共",
    "满",
    "招募",
    "limited to",
    "max",
    "max.",
    "maximum",
    "maximum of",
    "up to",
    "only",
)


def capacity(text: str) -> int:
    """How many people the words say there will be at most; 0 where they do not say."""
    for match in _PEOPLE.finditer(text):
        before = text[max(0, match.start() - 12) : match.start()].rstrip(" :：约").casefold()
        if match[3] or match[2].casefold() == "attendees" or before.endswith(_LIMITS):
            return int(match[1])
    return 0
