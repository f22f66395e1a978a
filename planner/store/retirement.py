"""Sources that were taken out of the configuration while what they said stays known.

What such a source said is no longer confirmed by anybody, and never counted as gone: it is not asked. What the
configuration said of it is kept, since its events are still rated and published by that: a source that was closed to
the public stays closed, and the keys of its address stay here.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from planner.store.database import Database
from planner.store.values import HABIT, seal_of, seconds

_ENTRIES = "entries of retired sources"
"""The fact that holds what the configuration said of them, by id."""


class RetirementRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database

    def retire(self, source: str, entry: Mapping[str, Any], now: datetime) -> bool:
        """The source is no longer asked from ``now`` on; ``entry`` is what the configuration said of it, as JSON can
        hold it. -> whether anything is known of it."""
        found = self._db.execute("UPDATE sources SET retired = ? WHERE id = ?", (seconds(now), source))
        if found.rowcount:
            self._put_entries({**self._entries(), source: entry})
        return bool(found.rowcount)

    def retired(self) -> dict[str, Mapping[str, Any]]:
        """What the configuration said of the sources that are retired, by id; nothing where that was lost."""
        entries = self._entries()
        rows = self._db.execute("SELECT id FROM sources WHERE retired IS NOT NULL ORDER BY id")
        return {name: entries.get(name, {}) for (name,) in rows}

    def revive(self, sources: Iterable[str]) -> None:
        """These sources stand in the configuration again: they are asked, and what they say counts as ever."""
        names = self.retired().keys() & set(sources)
        if names:
            self._db.executemany("UPDATE sources SET retired = NULL WHERE id = ?", [(name,) for name in names])
            self._put_entries({name: each for name, each in self._entries().items() if name not in names})

    def forget(self, source: str) -> int:
        """Forget a source and all that it said; events that others tell too are looked at anew. -> how many records
        there were."""
        self._db.execute(
            "UPDATE records SET dirty = 1 WHERE event IN (SELECT event FROM records WHERE source = ?)", (source,)
        )
        found = self._db.execute("DELETE FROM records WHERE source = ?", (source,))
        self._db.execute("DELETE FROM sources WHERE id = ?", (source,))
        self._db.execute("DELETE FROM facts WHERE name = ?", (HABIT + source,))
        self._put_entries({name: each for name, each in self._entries().items() if name != source})
        return found.rowcount

    def _entries(self) -> dict[str, Mapping[str, Any]]:
        row = self._db.execute("SELECT value FROM facts WHERE name = ?", (_ENTRIES,)).fetchone()
        return dict(json.loads(row[0])) if row else {}

    def _put_entries(self, entries: Mapping[str, Mapping[str, Any]]) -> None:
        text = json.dumps(entries, ensure_ascii=False, sort_keys=True)
        self._db.execute(
            "INSERT INTO facts (name, value, seal) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " value = excluded.value, seal = excluded.seal",
            (_ENTRIES, text, seal_of(_ENTRIES, text)),
        )
