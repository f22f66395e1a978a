"""Toastmasters clubs near a place: the club finder of the association, which tells a weekday and an hour in words.

``url`` is the finder with a point on the map, in degrees, and a radius in miles
(``https://www.toastmasters.org/find-a-club?latitude=31.2&longitude=121.4&radius=10``); ``district=`` may be added.
What a club usually does is no date: its meetings are inferred from its rule, and say so. Mail addresses and telephone
numbers stand in the answers; they are not read. Clubs that are only forming are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from spiders.items import Context, Document, Event, Place, Reading
from spiders.layouts import Proof, Site
from spiders.layouts.layout import changed, nothing_listed, refused, settled
from spiders.reasons import Code, Reason

_FINDER = "https://www.toastmasters.org/api/sitecore/FindAClub/Search"
_POINT = ("latitude", "longitude")
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_ORDINAL = re.compile(r"\b([1-5])(?:st|nd|rd|th)\b", re.IGNORECASE)
_FIXED = re.compile(r"FREQ=(?:WEEKLY;BYDAY|MONTHLY;BYDAY|DAILY)")
"""Rules that need no first meeting: which weeks those of every other week are, nobody says."""


def _asks(address: str, now: datetime) -> tuple[str, ...]:
    given = {name.lower(): values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    if not all(_is_degrees(given.get(name)) for name in _POINT):
        return ()
    asked = {name: given[name] for name in _POINT} | {"radius": given.get("radius", "10")}
    asked |= {"district": given["district"].zfill(2)} if "district" in given else {}
    return (f"{_FINDER}?{urlencode(asked)}",)


def _is_degrees(value: str | None) -> bool:
    """The finder breaks on 0 and needs both."""
    try:
        return value is not None and float(value) != 0
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class _Clubs:
    """The finder's answer: ``Clubs``, each with ``MeetingDay`` and ``MeetingTime``."""

    def read(self, document: Document, context: Context) -> Reading:
        from spiders.readers.markup import lenient_json
        from spiders.readers.markup.page import Page

        page = Page(document)
        values = lenient_json.load(page.text) if page.first in ("{", "[") else []
        if not values:
            return refused(page) or changed("JSON")
        root = values[0]
        clubs = root.get("Clubs") if isinstance(root, dict) else root
        if not isinstance(clubs, list):
            return changed("Clubs")
        meeting = [club for club in clubs if isinstance(club, dict) and club.get("IsProspective") is not True]
        if not meeting:
            return nothing_listed("recurrence")
        missing = next((key for key in ("Identification", "MeetingDay", "MeetingTime") if not any(
            key in club for club in meeting)), None)  # fmt: skip
        if missing is not None:
            return changed(missing)
        return settled(_told(meeting, context), context)


def _told(clubs: list[dict[str, Any]], context: Context) -> Reading:
    events: list[Event] = []
    listed: list[str] = []
    for club in clubs:
        told = list(_meetings(club, context))
        events += told
        if not told and (uid := _uid(club)) is not None:
            listed.append(uid)
    note = Reason(Code.EVENTS_SKIPPED, count=len(listed), why=Reason(Code.NO_RULE))
    reason = None if events else Reason(Code.NO_EVENT, why=Reason(Code.NOTHING_DATED))
    return Reading(
        reader="site", events=tuple(events), reason=reason, listed=tuple(listed), notes=(note,) if listed else ()
    )


def _meetings(club: dict[str, Any], context: Context) -> Iterator[Event]:
    """The coming meetings of a club by what it says of them, as the rule of a club that a user writes."""
    from spiders.readers import club_rule, normalize

    name, uid = _name(club), _uid(club)
    day, hour = (normalize.line(club.get(key)) for key in ("MeetingDay", "MeetingTime"))
    if name is None or uid is None or day is None or hour is None:
        return
    rule = _rule(day, hour)
    place = _place(club)
    for event in club_rule.read(Document(body=rule.encode()), context).events:
        if not _FIXED.match(event.recurrence or ""):
            return
        yield replace(
            event,
            uid=uid,
            title=name,
            url=normalize.web_address(club.get("Website")),
            organizer=name,
            place=place,
            mode="hybrid" if club.get("AllowsVirtualAttendance") is True and place is not None else None,
            categories=("Toastmasters",),
        )


def _rule(day: str, hour: str) -> str:
    """A club's words as a rule: "1st & 3rd Wednesday" are those of a month, never every third one."""
    words = _ORDINAL.sub(lambda found: _ORDINALS[int(found[1]) - 1], day)
    is_counted = any(word in words.lower() for word in (*_ORDINALS, "last"))
    if not is_counted:
        return f"every {words} {hour}"
    return f"{words} {hour}" if "month" in words.lower() else f"{words} of every month {hour}"


def _identity(club: dict[str, Any]) -> dict[str, Any]:
    found = club.get("Identification")
    return found if isinstance(found, dict) else {}


def _name(club: dict[str, Any]) -> str | None:
    from spiders.readers import normalize

    own = _identity(club)
    inner = own.get("Id")
    return normalize.line(own.get("Name")) or normalize.line(inner.get("Name") if isinstance(inner, dict) else None)


def _uid(club: dict[str, Any]) -> str | None:
    from spiders.readers import normalize

    inner = _identity(club).get("Id")
    number = normalize.line(inner.get("Value")) if isinstance(inner, dict) else None
    return f"toastmasters-{number.lstrip('0')}" if number else None


def _place(club: dict[str, Any]) -> Place | None:
    """The room as the club names it, and the street; never whom to call."""
    from spiders.readers import normalize

    given = club.get("Address")
    address = given if isinstance(given, dict) else {}
    point = address.get("Coordinates")
    spot = normalize.coordinate(point.get("Latitude"), point.get("Longitude")) if isinstance(point, dict) else None
    room = normalize.plain(club.get("Location"))
    place = Place(
        name=room.partition("\n")[0].strip() or None if room else None,
        address=normalize.line(address.get("Street")),
        city=normalize.line(address.get("City")),
        latitude=spot[0] if spot else None,
        longitude=spot[1] if spot else None,
    )
    return place if place != Place() else None


SITE = Site(
    name="Toastmasters",
    hosts=("toastmasters.org",),
    path=r"(?i)/find-a-club.*|/api/sitecore/FindAClub/Search",
    example="https://www.toastmasters.org/find-a-club?latitude=31.2&longitude=121.4&radius=10",
    asks=_asks,
    layout=_Clubs(),
    wants="json",
    proof=Proof(basis="recorded", month="2026-11", confidence="A"),
)
