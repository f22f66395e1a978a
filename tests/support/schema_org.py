"""Pages with schema.org markup, read as the dispatcher reads them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

from spiders.items import Context, Document, Event, Reading
from spiders.readers import dispatch

NOW = datetime.fromisoformat("2026-11-20T20:00:00+08:00")
EVENT = {
    "@context": "https://schema.org",
    "@type": "Event",
    "name": "Lantern Walk",
    "startDate": "2026-11-28T19:00:00+08:00",
}


def context(zone: str = "Asia/Shanghai") -> Context:
    return Context(source="s", now=NOW, timezone=zone, window_start=NOW, window_end=NOW + timedelta(days=60))


def read(html: str, zone: str = "Asia/Shanghai") -> Reading:
    return dispatch.read(Document(body=html.encode(), url="https://w.example.org/events"), context(zone), kind="html")


def script(text: str, kind: str = "application/ld+json") -> str:
    return f'<script type="{kind}">{text}</script>'


def page(*blocks: str, body: str = "") -> str:
    return f"<html><head><title>Walks</title>{''.join(blocks)}</head><body><h1>Walks</h1>{body}</body></html>"


def told(reading: Reading) -> list[tuple[str, str]]:
    return [(e.title, e.start.strftime("%m-%d %H:%M")) for e in reading.events if e.start]


def one(**more: Any) -> Event:
    reading = read(page(script(json.dumps({**EVENT, **more}, ensure_ascii=False))))
    assert len(reading.events) == 1, reading
    return reading.events[0]


GOOD = json.dumps(EVENT)
MICRODATA = """<div itemscope itemtype="http://schema.org/Event"><h2 itemprop="name">Lantern Walk</h2>
<div itemprop="location" itemscope itemtype="https://schema.org/Place"><span itemprop="name">Old Mill</span></div>
<time itemprop="startDate" datetime="2026-11-28T19:00+08:00">Saturday</time><a itemprop="url" href="/e/1">more</a>
<div itemprop="organizer" itemscope itemtype="https://schema.org/Organization"><b itemprop="name">Guild</b></div>
</div>"""
