"""Sources that were taken out of the configuration, as it described them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from planner.config import Config
from planner.config.source import SourceEntry
from planner.store import Store

_BEARS_ON_EVENTS = {"url", "file", "text", "timezone", "track", "public", "title"}


def retired_entries(store: Store, config: Config) -> tuple[SourceEntry, ...]:
    """The retired sources that are not configured again, as they were configured."""
    configured = {entry.id for entry in config.sources}
    return tuple(_entry(name, kept) for name, kept in store.retired().items() if name not in configured)


def kept_entry(entry: SourceEntry) -> dict[str, Any]:
    """What of an entry bears on the events that it told, as the store keeps it."""
    return entry.model_dump(mode="json", include=_BEARS_ON_EVENTS, exclude_defaults=True)


def _entry(name: str, kept: Mapping[str, Any]) -> SourceEntry:
    """What another version kept and we cannot read is closed to the public."""
    try:
        return SourceEntry.model_validate({**kept, "id": name})
    except ValidationError:
        return SourceEntry(id=name, text=name, public=False)
