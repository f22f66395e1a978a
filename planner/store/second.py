"""Rows of the second reader: its answers by what was asked, and how often it was asked on a day."""

from __future__ import annotations

from datetime import datetime, timedelta

from planner.store.database import Database
from planner.store.values import seconds

KEPT = timedelta(days=120)
"""What nothing asked for so long is forgotten."""


class SecondReaderRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database

    def second_answer(self, digest: str) -> str | None:
        """The answer that was given to a request of this digest."""
        row = self._db.execute("SELECT answer FROM second_answers WHERE digest = ?", (digest,)).fetchone()
        return None if row is None else str(row[0])

    def put_second_answer(self, digest: str, answer: str, now: datetime) -> None:
        """Keep an answer, or that it was used again, and drop those that were not for long."""
        self._db.execute(
            "INSERT INTO second_answers (digest, answer, seen) VALUES (?, ?, ?) ON CONFLICT (digest) DO UPDATE SET"
            " answer = excluded.answer, seen = excluded.seen",
            (digest, answer, seconds(now)),
        )
        self._db.execute("DELETE FROM second_answers WHERE seen < ?", (seconds(now - KEPT),))

    def second_calls(self, day: str) -> int:
        """How many requests were sent on a day (``2026-11-23``)."""
        row = self._db.execute("SELECT count FROM second_calls WHERE day = ?", (day,)).fetchone()
        return 0 if row is None else int(row[0])

    def count_second_call(self, day: str) -> None:
        """One more request of that day; the counts of earlier days are forgotten."""
        self._db.execute(
            "INSERT INTO second_calls (day, count) VALUES (?, 1) ON CONFLICT (day) DO UPDATE"
            " SET count = second_calls.count + 1",
            (day,),
        )
        self._db.execute("DELETE FROM second_calls WHERE day < ?", (day,))
