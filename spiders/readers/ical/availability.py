"""How the owner of a calendar keeps the time of an event: as free, as not certain, or (None) as taken."""

from __future__ import annotations

from typing import Literal

from spiders.readers.ical.parser import Component

_OPEN = frozenset({"TENTATIVE", "NEEDS-ACTION"})


def availability(component: Component, me: str | None) -> Literal["free", "tentative"] | None:
    """TRANSP (RFC 5545, 3.8.2.7), Microsoft's X-MICROSOFT-CDO-BUSYSTATUS, and what ``me`` (a mail address) answered to
    an invitation (3.2.12): declined leaves the time free."""
    answer = _answer(component, me.casefold()) if me else None
    microsoft = _value(component, "X-MICROSOFT-CDO-BUSYSTATUS")
    if answer == "DECLINED" or microsoft == "FREE" or _value(component, "TRANSP") == "TRANSPARENT":
        return "free"
    return "tentative" if answer in _OPEN or microsoft == "TENTATIVE" else None


def _value(component: Component, name: str) -> str:
    found = component.first(name)
    return found.value.strip().upper() if found else ""


def _answer(component: Component, me: str) -> str | None:
    for attendee in component.properties.get("ATTENDEE", ()):
        address = attendee.value.strip().casefold().removeprefix("mailto:")
        if me in (address, (attendee.parameter("EMAIL") or "").casefold()):
            return (attendee.parameter("PARTSTAT") or "NEEDS-ACTION").upper()
    return None
