"""Rows of one person's own calendars: how each fared, and of what stands in it the hours alone.

They are no sources: nothing of them stands in a table that others read, and no title or place of an appointment is kept
at all.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import chain

from planner.store.database import Database
from planner.store.sources import COLUMNS
from planner.store.values import SourceState, moment, seconds, source_row, source_state
from planner.types import TakenHours


class DiaryRows:
    """A part of the store; write inside ``transaction``. All that it reads and writes is that of ``person``."""

    _db: Database
    person: int

    def diaries(self) -> dict[str, SourceState]:
        """How each calendar fared that was ever read, by its id (``busy-1``)."""
        rows = self._db.execute(
            f"SELECT {', '.join(COLUMNS)} FROM diaries WHERE person = ? ORDER BY id",  # noqa: S608 - our own names
            (self.person,),
        )
        return {row[0]: source_state(row) for row in rows}

    def taken_hours(self, ids: Iterable[str]) -> tuple[TakenHours, ...]:
        """What the last good answers of these calendars left no time for, in the order of the ids given."""
        rows = self._db.execute("SELECT id, hours FROM diaries WHERE person = ?", (self.person,))
        known = {name: hours_of(text) for name, text in rows}
        return tuple(chain.from_iterable(known.get(name, ()) for name in ids))

    def put_diary(self, state: SourceState, hours: Iterable[TakenHours] | None) -> None:
        """Remember how a calendar fared, and what stands in it now; None leaves what was known."""
        text = json.dumps([[seconds(each.start), seconds(each.end), int(each.perhaps)] for each in hours or ()])
        names = (*COLUMNS, "hours")
        kept = [name for name in names if name != "id" and (name != "hours" or hours is not None)]
        self._db.execute(
            f"INSERT INTO diaries (person, {', '.join(names)}) VALUES ({', '.join('?' * (len(names) + 1))})"  # noqa: S608
            f" ON CONFLICT (person, id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in kept)}",
            (self.person, *source_row(state), text),
        )

    def keep_diaries(self, ids: Iterable[str]) -> None:
        """Forget the calendars that are not among these."""
        gone = self.diaries().keys() - set(ids)
        self._db.executemany(
            "DELETE FROM diaries WHERE person = ? AND id = ?", [(self.person, name) for name in sorted(gone)]
        )


def hours_of(text: str) -> tuple[TakenHours, ...]:
    """Hours as their column holds them. Raises ValueError or TypeError for what it never holds."""
    return tuple(
        TakenHours(start=moment(start), end=moment(end), perhaps=bool(perhaps))
        for start, end, perhaps in json.loads(text)
    )
