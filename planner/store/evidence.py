"""Rows of what announcements say of themselves, each made once for each change of an event."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from planner.store.database import Database
from planner.store.values import seconds

KEPT = timedelta(days=60)
"""What no event asked for so long is forgotten."""


class EvidenceRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database

    def evidence(self) -> dict[str, str]:
        """All that is kept: digest of an event's words -> what was read in them (its JSON)."""
        return dict(self._db.execute("SELECT digest, body FROM evidence").fetchall())

    def put_evidence(self, made: Mapping[str, str], now: datetime) -> None:
        """Keep what was newly read."""
        at = seconds(now)
        rows = [(digest, body, at) for digest, body in made.items()]
        self._db.executemany(
            "INSERT INTO evidence (digest, body, seen) VALUES (?, ?, ?) ON CONFLICT (digest) DO UPDATE SET"
            " body = excluded.body, seen = excluded.seen",
            rows,
        )

    def forget_evidence(self, used: set[str], now: datetime) -> None:
        """Mark what is in use, at most once a day, and drop what has not been for long."""
        today, old = seconds(now), seconds(now - KEPT)
        stale = self._db.execute("SELECT digest FROM evidence WHERE seen < ?", (seconds(now - timedelta(days=1)),))
        seen = [(today, digest) for (digest,) in stale.fetchall() if digest in used]
        self._db.executemany("UPDATE evidence SET seen = ? WHERE digest = ?", seen)
        self._db.execute("DELETE FROM evidence WHERE seen < ?", (old,))
