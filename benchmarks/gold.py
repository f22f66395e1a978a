"""The gold scorers and the shape of an event that they read; QUANZI_CASES names the folder that holds them."""

from __future__ import annotations

import importlib.util
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

from spiders.items import Context, Event


def cases() -> Path:
    """The folder of the cases; ends the program with a clear word if it is not set."""
    folder = os.environ.get("QUANZI_CASES")
    if not folder:
        sys.exit("QUANZI_CASES: not set (give the folder that holds gold/ and corpus/)")
    return Path(folder)


def scorer(name: str) -> ModuleType:
    """A scorer of gold/ as a module."""
    spec = importlib.util.spec_from_file_location(name, cases() / "gold" / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def context(now: str, timezone: str, window: tuple[str, str] | None = None) -> Context:
    """The context that ``quanzi extract`` would read with."""
    moment = datetime.fromisoformat(now)
    bounds = tuple(datetime.fromisoformat(w) for w in window) if window else (moment, moment + timedelta(days=120))
    return Context(source="case", now=moment, timezone=timezone, window_start=bounds[0], window_end=bounds[1])


def printed(event: Event) -> dict[str, Any]:
    """An event as ``quanzi extract --json`` prints it."""

    def moment(value: datetime | None) -> str | None:
        if value is None:
            return None
        return value.date().isoformat() if event.all_day else value.isoformat()

    place, price = event.place, event.price
    return {
        "uid": event.uid, "title": event.title, "start": moment(event.start), "end": moment(event.end),
        "all_day": event.all_day, "timezone": event.timezone,
        "location": {"name": place.name, "address": place.address, "city": place.city} if place else None,
        "mode": event.mode, "url": event.url, "organizer": event.organizer,
        "price": {"min": price.min, "max": price.max, "currency": price.currency} if price else None,
        "status": event.status, "recurrence": event.recurrence, "sure": event.evidence.sure,
    }  # fmt: skip


def fills_days(wanted: dict[str, Any]) -> bool:
    """Whether an expected occurrence fills whole days by its hours: midnight to midnight or to 23:59, in some zone."""
    if wanted["all_day"] or not wanted.get("end"):
        return False
    start, end = (datetime.fromisoformat(wanted[key]) for key in ("start", "end"))
    return (end - start + timedelta(minutes=1)) % timedelta(days=1) <= timedelta(minutes=1)
