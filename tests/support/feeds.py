"""RSS with the namespaces of event software, and what is read of it."""

from __future__ import annotations

from collections.abc import Mapping

from spiders.items import Document, Event, Reading
from spiders.readers import dispatch
from tests.support.written import context

NAMESPACES = {
    "mec": "http://webnus.net/rss/mec/",
    "xCal": "urn:ietf:params:xml:ns:xcal",
    "x-trumba": "http://schemas.trumba.com/rss/x-trumba",
    "x-microsoft": "http://schemas.microsoft.com/x-microsoft",
    "livewhale": "http://www.livewhale.com/",
    "georss": "http://www.georss.org/georss",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "ev": "http://purl.org/rss/1.0/modules/event/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "content": "http://purl.org/rss/1.0/modules/content/",
}
OTHERS = {
    "ical": "http://www.w3.org/2002/12/cal/ical#",
    "tribe": "https://tribe.example/ns",
    "cal": "https://cal.example/ns",
    "event": "http://purl.org/rss/1.0/modules/event/",
    "calendarevent": "https://city.example/ns",
}
"""Of software that is known less."""


def read(*items: str, zone: str = "Asia/Shanghai", names: Mapping[str, str] = NAMESPACES) -> Reading:
    head = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in names.items())
    inner = "".join(f"<item>{item}</item>" for item in items)
    channel = f"<channel><title>Tide</title>{inner}</channel>"
    body = f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0" {head}>{channel}</rss>'
    return dispatch.read(Document(body=body.encode(), url="https://tide.example/feed"), context(zone=zone))


def only(*items: str, names: Mapping[str, str] = NAMESPACES) -> Event:
    reading = read(*items, names=names)
    assert len(reading.events) == 1, reading
    return reading.events[0]
