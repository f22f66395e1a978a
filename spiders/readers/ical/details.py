"""What a VEVENT says besides its times: where, how, by whom, under which address."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from spiders.items import Mode, Place
from spiders.readers import normalize
from spiders.readers.ical import parser
from spiders.readers.ical.parser import Calendar, Component
from spiders.readers.ical.values import ValueProblemError, read_stamp
from spiders.readers.ical.zones import Zones
from spiders.text.place_field import is_map

_NO_ZONES = Zones({}, Calendar())


def place_of(component: Component, where: str | None, title: str) -> tuple[Place | None, Mode | None]:
    """The place and how one takes part, from LOCATION (``where``), GEO, the title, and the address of a video room."""
    point = None
    if geo := component.first("GEO"):
        latitude, _, longitude = geo.value.replace(",", ";").partition(";")
        point = normalize.coordinate(latitude, longitude)
    place, mode = normalize.place_of(where, point), normalize.mode_of(normalize.plain(where), title)
    if mode is None and (normalize.web_address(where) or (not where and _conference(component))):
        return place, "online"
    return place, mode


def url_of(component: Component, where: str | None) -> str | None:
    """The address of the event; RFC 5545, 3.3.13: an address in a calendar is absolute."""
    for name in ("URL", "X-ALT-URL"):
        if (found := component.first(name)) and (address := normalize.web_address(found.value)):
            return address
    return normalize.web_address(where) if where and not is_map(where) else None


def organizer_of(component: Component) -> str | None:
    """The name of the organiser; a bare mail address is none."""
    found = component.first("ORGANIZER")
    name = normalize.line(found.parameter("CN")) if found else None
    return name if name and "@" not in name else None


def _conference(component: Component) -> str | None:
    """The address of a video room (RFC 7986, 5.11, and Google's before it); a number to call is none."""
    for name in ("CONFERENCE", "X-GOOGLE-CONFERENCE"):
        for found in component.properties.get(name, ())[:10]:
            if address := normalize.web_address(found.value):
                return address
    return None


def categories_of(component: Component) -> tuple[str, ...]:
    """The categories, each once."""
    found = [
        name
        for line in component.properties.get("CATEGORIES", ())[:20]
        for piece in parser.split_values(line.value)[:50]
        if (name := normalize.line(piece))
    ]
    return tuple(dict.fromkeys(found))


def created_of(component: Component) -> datetime | None:
    """CREATED in UTC; None without one that can be believed."""
    found = component.first("CREATED")
    if found is None:
        return None
    try:
        stamp = read_stamp(found.value, None, _NO_ZONES)
    except ValueProblemError:
        return None
    # Exporters that do not know write the beginning of some epoch.
    return stamp.instant(ZoneInfo("UTC")).astimezone(UTC) if stamp.wall.year > 1990 else None
