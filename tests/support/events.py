"""A moment, a zone, and events that are plausible in all that a test does not say."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from spiders.items import Event, Evidence

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 20, 0, tzinfo=SHANGHAI)  # a Friday evening: the coming week is 2026-W48


def make_event(title: str = "桌游夜", *, start: datetime | None = None, **known: object) -> Event:
    """An event with plausible values; ``start`` defaults to the Tuesday of the coming week, 19:30."""
    values: dict[str, object] = {
        "source": "club",
        "uid": title,
        "title": title,
        "start": start or datetime(2026, 11, 24, 19, 30, tzinfo=SHANGHAI),
        "timezone": "Asia/Shanghai",
        "evidence": Evidence(),
    }
    return Event(**{**values, **known})  # type: ignore[arg-type]
