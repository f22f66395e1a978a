"""What the last good answers of each source were like: one fact of the store for each source."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from planner.store import Store
from planner.store.values import HABIT


def kept_habit(store: Store, source: str) -> Mapping[str, Any] | None:
    """What was kept of a source; None where nothing was."""
    fact = store.fact(HABIT + source)
    return None if fact is None else dict(json.loads(fact))


def keep_habit(store: Store, source: str, habit: Mapping[str, Any]) -> None:
    """Keep it in place of what was kept before. Write inside ``transaction``."""
    store.put_fact(HABIT + source, json.dumps(habit, ensure_ascii=False))
