"""Rows of events of ours: how each stands, and what changed about it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from planner.store.database import Database
from planner.store.values import change, moment, seconds
from planner.types import Change, EventState


class EventRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database

    def event_states(self) -> dict[str, EventState]:
        """Every event of ours, by id."""
        return _states(self._db.execute("SELECT id, face, sequence, first_seen, changed FROM events ORDER BY id"))

    def sequences(self) -> dict[str, int]:
        """SEQUENCE of every event of ours, by id."""
        return dict(self._db.execute("SELECT id, sequence FROM events").fetchall())

    def event_states_of_records(self, start: datetime, end: datetime) -> dict[str, EventState]:
        """Events of ours that have, or had, a record beginning in [start, end)."""
        rows = self._db.execute(
            "SELECT id, face, sequence, first_seen, changed FROM events"
            " WHERE id IN (SELECT event FROM records WHERE start >= ? AND start < ?) ORDER BY id",
            (seconds(start), seconds(end)),
        )
        return _states(rows)

    def put_event_states(self, states: Iterable[EventState], changes: Iterable[Change]) -> None:
        """Keep events that are new or changed, and what changed about them."""
        self._db.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET face = excluded.face,"
            " sequence = excluded.sequence, changed = excluded.changed",
            [
                (
                    *(state.id, json.dumps(state.snapshot, ensure_ascii=False, sort_keys=True), state.sequence),
                    *(seconds(state.first_seen), seconds(state.changed)),
                )
                for state in states
            ],
        )
        self._db.executemany(
            "INSERT INTO changes (event, at, field, before, after, source) VALUES (?, ?, ?, ?, ?, ?)",
            [(each.event, seconds(each.at), each.field, each.before, each.after, each.source) for each in changes],
        )

    def changes(self, since: datetime) -> list[Change]:
        """Changes of events from ``since`` on, the oldest first."""
        rows = self._db.execute(
            "SELECT event, at, field, before, after, source FROM changes WHERE at >= ? ORDER BY at, number",
            (seconds(since),),
        )
        return [change(row) for row in rows]

    def history(self, event: str) -> list[Change]:
        """Every change of one event, the oldest first."""
        rows = self._db.execute(
            "SELECT event, at, field, before, after, source FROM changes WHERE event = ? ORDER BY at, number", (event,)
        )
        return [change(row) for row in rows]

    def forget_unknown_ids(self) -> None:
        """Records whose event is none of ours belong to nobody: their identity is looked at anew."""
        self._db.execute(
            "UPDATE records SET event = NULL, dirty = 1"
            " WHERE event IS NOT NULL AND NOT EXISTS (SELECT 1 FROM events WHERE id = records.event)"
        )


def _states(rows: Iterable[tuple[Any, ...]]) -> dict[str, EventState]:
    return {
        row[0]: EventState(
            id=row[0], snapshot=json.loads(row[1]), sequence=row[2], first_seen=moment(row[3]), changed=moment(row[4])
        )
        for row in rows
    }
