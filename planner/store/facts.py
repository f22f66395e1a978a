"""Rows of what all share beside records and events: reports of runs, communities that were heard of, small facts."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from planner.store.database import Database, without_nul
from planner.store.values import is_sealed, moment, seal_of, seconds


class FactRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database

    def put_run(self, command: str, report: Any, now: datetime) -> None:
        """Keep the report of a run; the last hundred stay."""
        self._db.execute(
            "INSERT INTO runs (at, command, report) VALUES (?, ?, ?)", (seconds(now), command, json.dumps(report))
        )
        self._db.execute("DELETE FROM runs WHERE number <= (SELECT max(number) FROM runs) - 100")

    def last_runs(self) -> dict[str, datetime]:
        """When each command last came to its end, of those that keep reports."""
        rows = self._db.execute("SELECT command, max(at) FROM runs GROUP BY command ORDER BY command")
        return {command: moment(at) for command, at in rows}

    def last_run(self) -> tuple[datetime, Any] | None:
        """When the last run was, and its report."""
        row = self._db.execute("SELECT at, report FROM runs ORDER BY number DESC LIMIT 1").fetchone()
        return (moment(row[0]), json.loads(row[1])) if row else None

    def communities(self) -> dict[str, datetime]:
        """When each community was first heard of, by its folded name."""
        rows = self._db.execute("SELECT name, first_seen FROM communities ORDER BY name")
        return {name: moment(at) for name, at in rows}

    def put_communities(self, names: Iterable[str], now: datetime) -> None:
        """Remember communities; those that are known stay as they are."""
        rows = [(name, seconds(now)) for name in sorted(names)]
        self._db.executemany("INSERT INTO communities VALUES (?, ?) ON CONFLICT (name) DO NOTHING", rows)

    def fact(self, name: str) -> str | None:
        """A small thing remembered under a name. Raises ValueError where it is not as it was written."""
        name = without_nul(name)
        row = self._db.execute("SELECT value, seal FROM facts WHERE name = ?", (name,)).fetchone()
        if row is None:
            return None
        if not is_sealed(name, *row):
            raise ValueError(f"{name}: not as it was written")
        return str(row[0])

    def installation(self) -> UUID:
        """What tells this installation from any other; drawn once, when the store was made."""
        return UUID(hex=self.fact("installation") or "0" * 32)

    def put_fact(self, name: str, value: str) -> None:
        """Remember a small thing."""
        name, value = without_nul(name), without_nul(value)  # before it is sealed
        self._db.execute(
            "INSERT INTO facts (name, value, seal) VALUES (?, ?, ?) ON CONFLICT (name) DO UPDATE SET"
            " value = excluded.value, seal = excluded.seal",
            (name, value, seal_of(name, value)),
        )
