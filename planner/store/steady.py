"""Since when the program knows of whose rhythm: a fact of the store, so that a newly found one is told once as news."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime

from planner.store import Store

STEADY = "steady communities"
"""The fact that holds the moment by key."""


def found_steady(store: Store) -> dict[str, datetime]:
    """When each rhythm was found, by the community's key; under the empty key when the first were looked for."""
    return {key: datetime.fromisoformat(at) for key, at in json.loads(store.fact(STEADY) or "{}").items()}


def keep_steady(store: Store, keys: Iterable[str], now: datetime) -> None:
    """Remember whose rhythm is known now; those known before keep their moment, those that lost it are forgotten. Write
    inside ``transaction``."""
    known = found_steady(store)
    kept = {key: known.get(key, now).isoformat() for key in sorted({"", *keys})}
    store.put_fact(STEADY, json.dumps(kept, ensure_ascii=False))
