"""All SQL in one place: one transaction for each source, statements that SQLite and PostgreSQL understand.

The store knows rows and values, not rules: what an identity is, or a change, is decided in `planner.identity`.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from planner.config.postgres import Postgres
from planner.errors import DamagedStoreError, StoreError
from planner.i18n.catalog import Catalog
from planner.store.arrivals import ArrivalRows
from planner.store.database import without_nul
from planner.store.databases import opened
from planner.store.diaries import DiaryRows
from planner.store.events import EventRows
from planner.store.evidence import EvidenceRows
from planner.store.facts import FactRows
from planner.store.feedback import FeedbackRows
from planner.store.members import Member, MemberRows
from planner.store.own_words import OwnWordRows
from planner.store.plans import PlanRows
from planner.store.retirement import RetirementRows
from planner.store.second import SecondReaderRows
from planner.store.sources import SourceRows
from planner.store.values import (
    Known,
    SourceState,
    body_of,
    is_same,
    known_of,
    moment,
    record,
    seconds,
)
from planner.types import DAYS_BEFORE_GONE, Change, EventState, Record, over_at
from spiders.items import LONGEST, Event

__all__ = [
    "DAYS_BEFORE_GONE",
    "THE_KEEPER",
    "Change",
    "EventState",
    "Known",
    "Member",
    "Record",
    "SourceState",
    "Store",
]

THE_KEEPER = 0
"""The number of the person who keeps the store: the only one, where one plans for oneself."""
# What a retired source said counts as missed once, unless it was over by then: nobody confirms it any more.
_MISSED = (
    "CASE WHEN missed = 0 AND coalesce(until, 4611686018427387904) >="
    " (SELECT retired FROM sources WHERE id = records.source) THEN 1 ELSE missed END"
)
_RECORDS = f"SELECT source, key, body, event, first_seen, last_seen, changed, {_MISSED} FROM records"  # noqa: S608
_KNOWN = 'SELECT key, start, last_seen, missed, instr(body, \'"recurrence":"\') > 0 FROM records'
_SIGNS_OF_DAMAGE = (StoreError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError)
"""What reading a value raises that lost its form."""
_IS_NOTICE = 'instr(body, \'"notice":"\') > 0'  # as the index says it, or it is not used


class Store(
    ArrivalRows,
    DiaryRows,
    EventRows,
    EvidenceRows,
    FactRows,
    FeedbackRows,
    MemberRows,
    OwnWordRows,
    PlanRows,
    RetirementRows,
    SecondReaderRows,
    SourceRows,
):
    """The database. Use as a context manager; write inside ``transaction``.

    What sources say, and what it makes of events, is shared by all; plans, verdicts, keywords, own calendars, what was
    handed in and sent are those of one ``person``: `THE_KEEPER`, unless `of` names another.
    """

    def __init__(self, place: Path | Postgres | str, language: str = "en") -> None:
        """Open a file (":memory:": none), or a database of PostgreSQL, creating or migrating. Raises StoreError where
        that cannot be done, DamagedStoreError where a run has to mend it first; nothing is touched then; UsageError
        where the library is not installed. ``language`` is that of every StoreError."""
        self.place, self.person = place, THE_KEEPER
        self._db = opened(place, Catalog(language))

    def of(self, person: int) -> Store:
        """The same database, open and in the same transactions, with what is another person's own."""
        other = copy.copy(self)
        other.person = person
        return other

    @property
    def errors(self) -> tuple[type[Exception], ...]:
        """What a call raises where the database cannot be read or went away."""
        return self._db.errors

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Raises DamagedStoreError in place of an error that damage explains, StoreError in place of the database's."""
        self._db.close()
        if isinstance(error, self._db.errors):
            raise self._db.told(error) from error
        if isinstance(error, _SIGNS_OF_DAMAGE) and isinstance(told := self._db.told(error), DamagedStoreError):
            raise told from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing, and alone: another one waits. On a server those of members wait for nobody else, so write in
        theirs nothing but their own. Raises StoreError where the disk is full, the database is damaged or went away."""
        try:
            self._db.begin(self.person)
            try:
                yield
            except BaseException:
                self._db.rollback()
                raise
            self._db.commit()
        except self._db.errors as exc:
            raise self._db.told_of_writing(exc) from exc

    # Records.

    def put_records(self, source: str, events: Mapping[str, Event], now: datetime) -> None:
        """Keep what ``source`` says now; what it no longer says stays as it was last seen."""
        at = seconds(now)
        known: dict[str, str] = dict(self._db.execute("SELECT key, body FROM records WHERE source = ?", (source,)))
        seen, written = [], []
        for key, event in ((without_nul(key), event) for key, event in events.items()):
            body = body_of(event)
            if is_same(known.get(key), body, event):
                seen.append((body, seconds(over_at(event)), at, source, key))
            else:
                written.append((source, key, seconds(event.start), seconds(over_at(event)), body, at, at, at))
        self._db.executemany(
            "UPDATE records SET body = ?, until = ?, last_seen = ?, dirty = CASE WHEN missed > 0 THEN 1 ELSE dirty END,"
            " missed = 0, missed_on = NULL WHERE source = ? AND key = ?",
            seen,
        )
        self._db.executemany(
            "INSERT INTO records (source, key, start, until, body, first_seen, last_seen, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, key) DO UPDATE SET"
            " start = excluded.start, until = excluded.until, body = excluded.body, last_seen = excluded.last_seen,"
            " changed = excluded.changed,"
            " missed = 0, missed_on = NULL, dirty = 1",
            written,
        )

    def drop_records(self, source: str, keys: Iterable[str]) -> None:
        """Forget records that the user does not want: their events are looked at anew, and none counts as gone."""
        named = [(source, key) for key in keys]
        self._db.executemany(
            "UPDATE records SET dirty = 1 WHERE event = (SELECT event FROM records WHERE source = ? AND key = ?)", named
        )
        self._db.executemany("DELETE FROM records WHERE source = ? AND key = ?", named)

    def keys(self, source: str) -> set[str]:
        """The keys of all records of a source."""
        return {key for (key,) in self._db.execute("SELECT key FROM records WHERE source = ?", (source,))}

    def rekey(self, source: str, keys: Mapping[str, str]) -> None:
        """Records of these keys go on under others; not where another record stands there already."""
        self._db.executemany(
            "UPDATE records SET key = ? WHERE source = ? AND key = ?"
            " AND NOT EXISTS (SELECT 1 FROM records AS other WHERE other.source = ? AND other.key = ?)",
            [(new, source, old, source, new) for old, new in keys.items()],
        )

    def records(self, start: datetime, end: datetime, *, running: bool = False) -> list[Record]:
        """Records that begin in [start, end), with ``running`` those too that began before and are not over by then, in
        an order that does not depend on how they came in."""
        begun = start - LONGEST if running else start
        rows = self._db.execute(
            _RECORDS + " WHERE start >= ? AND start < ? AND (start >= ? OR until > ?) ORDER BY start, source, key",
            (seconds(begun), seconds(end), seconds(start), seconds(start)),
        )
        return [record(row) for row in rows]

    def records_telling(self, words: Iterable[str], start: datetime, end: datetime) -> list[Record]:
        """Records that begin in [start, end) and hold every word somewhere, or belong to an event whose id begins with
        them all joined. Only letters of ASCII are alike in either case."""
        known = [each.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") for each in words]
        holds = " AND ".join(["body LIKE ? ESCAPE '\\'"] * len(known)) or "1 = 0"
        rows = self._db.execute(
            f"{_RECORDS} WHERE start >= ? AND start < ? AND (event LIKE ? ESCAPE '\\' OR ({holds}))"
            " ORDER BY start, source, key",
            (seconds(start), seconds(end), f"{''.join(known)}%", *(f"%{each}%" for each in known)),
        )
        return [record(row) for row in rows]

    def starting(self, source: str) -> dict[str, Event]:
        """The events of a source that have a time, by key."""
        rows = self._db.execute(_RECORDS + " WHERE source = ? AND start IS NOT NULL ORDER BY key", (source,))
        return {known.key: known.event for known in map(record, rows)}

    def undated(self) -> list[Record]:
        """Records of events whose time the source does not tell."""
        rows = self._db.execute(_RECORDS + " WHERE start IS NULL ORDER BY source, key")
        return [record(row) for row in rows]

    def touch_records(self, source: str, now: datetime) -> None:
        """The source answered that nothing changed: all it said at its last reading is said again."""
        self._db.execute(
            "UPDATE records SET last_seen = ? WHERE source = ? AND last_seen ="
            " (SELECT max(last_seen) FROM records WHERE source = ?)",
            (seconds(now), source, source),
        )

    def future_of(self, source: str, start: datetime, end: datetime) -> dict[str, Known]:
        """A source's records that begin in [start, end) and are not known to be gone, by key."""
        rows = self._db.execute(
            _KNOWN + " WHERE source = ? AND start >= ? AND start < ? AND missed < ? ORDER BY start, key",
            (source, seconds(start), seconds(end), DAYS_BEFORE_GONE),
        )
        return {row[0]: known_of(row) for row in rows}

    def miss(self, source: str, keys: Iterable[str], day: str, *, times: int = 1) -> None:
        """A good answer of ``source`` lacked these records on ``day``: counted once a day, as so many ``times``, and
        never on a day before one that was counted."""
        self._db.executemany(
            "UPDATE records SET missed = missed + ?, missed_on = ?, dirty = 1"
            " WHERE source = ? AND key = ? AND (missed_on IS NULL OR missed_on < ? OR missed < ?)",
            [(times, day, source, key, day, times) for key in keys],
        )

    def miss_again(self, source: str, day: str) -> None:
        """The source gave the same answer on a later day: what it lacked then it lacks again."""
        self._db.execute(
            "UPDATE records SET missed = missed + 1, missed_on = ?, dirty = 1"
            " WHERE source = ? AND missed > 0 AND missed_on < ?",
            (day, source, day),
        )

    def unresolved(self) -> list[datetime]:
        """When records begin whose identity has to be looked at: new, changed or missed ones, and those that were one
        event with them."""
        rows = self._db.execute(
            "SELECT DISTINCT start FROM records WHERE start IS NOT NULL AND (dirty = 1 OR event IN"
            " (SELECT event FROM records WHERE dirty = 1 AND event IS NOT NULL)) ORDER BY start"
        )
        return [moment(start) for (start,) in rows]

    def notices(self, *, new: bool = False) -> list[Record]:
        """Records that are the word of an event being off or moved; ``new``: those that were not looked at."""
        query = f"{_RECORDS} WHERE {_IS_NOTICE} AND dirty >= ? ORDER BY source, key"
        return [record(row) for row in self._db.execute(query, (int(new),))]

    def records_of_events(self, ids: Iterable[str]) -> dict[str, list[Record]]:
        """The records of some events of ours, by the event's id."""
        query = f"{_RECORDS} WHERE event = ? ORDER BY source, key"
        return {name: [record(row) for row in self._db.execute(query, (name,))] for name in ids}

    def mark_resolved(self, looked_at: Iterable[Record]) -> None:
        """The identity of these records has been looked at, as they stand here: what somebody wrote anew meanwhile, or
        missed, stays to be looked at."""
        self._db.executemany(
            f"UPDATE records SET dirty = 0 WHERE source = ? AND key = ? AND changed = ? AND {_MISSED} = ?",  # noqa: S608
            [(each.source, each.key, seconds(each.changed), each.missed) for each in looked_at],
        )

    def look_again(self, events: Iterable[str]) -> None:
        """The identity of the records of these events has to be looked at anew."""
        self._db.executemany("UPDATE records SET dirty = 1 WHERE event = ?", [(each,) for each in events])

    def assign(self, members: Iterable[tuple[str, str, str]]) -> None:
        """Which event of ours records belong to: (event, source, key)."""
        self._db.executemany("UPDATE records SET event = ? WHERE source = ? AND key = ?", members)

    def prune(self, now: datetime, days: int) -> None:
        """Forget records that ended, or if undated were last said, more than ``days`` ago; events without records, and
        changes and trials as old."""
        before = seconds(now) - days * 86_400  # type: ignore[operator]
        self._db.execute("DELETE FROM records WHERE (until < ? OR start IS NULL) AND last_seen < ?", (before, before))
        self._db.execute("DELETE FROM trials WHERE made < ?", (before,))
        self._db.execute(
            "DELETE FROM events WHERE changed < ? AND NOT EXISTS (SELECT 1 FROM records WHERE event = events.id)",
            (before,),
        )
        for table in ("changes", "own_words"):
            self._db.execute(
                f"DELETE FROM {table} WHERE at < ?"  # noqa: S608 - our own names
                f" AND NOT EXISTS (SELECT 1 FROM events WHERE id = {table}.event)",
                (before,),
            )
        self.prune_hosts(now)
