"""All SQL in one place: SQLite in WAL mode, one transaction for each source, portable statements.

The store knows rows and values, not rules: what an identity is, or a change, is decided in `planner.identity`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from planner.errors import StoreError
from planner.event_json import from_json, to_json
from planner.store.schema import MIGRATIONS
from spiders.items import Event, Known


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between runs. ``not_before``: it asked to be left alone until then."""

    id: str
    address: str
    known: Known = field(default_factory=Known)
    read_from: datetime | None = None
    read_until: datetime | None = None
    tried: datetime
    good: datetime | None = None
    outcome: str
    reason: str | None = None
    count: int = 0
    failures: int = 0
    not_before: datetime | None = None
    notes: tuple[str, ...] = ()
    reader: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What one source said of one event, and when. ``event`` is our id of the event it belongs to."""

    source: str
    key: str
    said: Event
    event: str | None
    first_seen: datetime
    last_seen: datetime
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Life:
    """How one event of ours stands: its visible face (JSON), SEQUENCE, and when it last really changed."""

    id: str
    face: Mapping[str, Any]
    sequence: int
    first_seen: datetime
    changed: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change of one field of an event."""

    event: str
    at: datetime
    field: str
    before: str | None
    after: str | None


class Store:
    """The database. Use as a context manager; write inside ``transaction``."""

    def __init__(self, path: Path | str) -> None:
        """Open, creating or migrating. Raises StoreError where that cannot be done; nothing is touched then."""
        self.path = path
        try:
            if path != ":memory:":
                Path(path).parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, timeout=5.0, isolation_level=None)
            self._migrate()
            self._db.executescript("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;")
        except (sqlite3.Error, OSError) as exc:
            raise StoreError(f"{path}: cannot be used as the store: {exc} (move it aside to begin anew)") from exc

    def _migrate(self) -> None:
        (at,) = self._db.execute("PRAGMA user_version").fetchone()
        if at > len(MIGRATIONS):
            raise StoreError(f"{self.path}: made by a newer quanzi (version {at}; update the program)")
        if 0 < at < len(MIGRATIONS):
            self._copy_aside(at)
        for number, step in enumerate(MIGRATIONS[at:], at + 1):
            self._db.executescript(f"BEGIN IMMEDIATE; {step} PRAGMA user_version = {number}; COMMIT;")

    def _copy_aside(self, version: int) -> None:
        """A copy of the database before it is migrated, beside it."""
        with sqlite3.connect(f"{self.path}.before-{version + 1}") as copy:
            self._db.backup(copy)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing. Raises StoreError where the disk is full or the database is damaged."""
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as exc:
            raise StoreError(f"{self.path}: {exc} (nothing was written)") from exc

    # Sources.

    def sources(self) -> dict[str, SourceState]:
        """Every source that was ever read, by id."""
        rows = self._db.execute(
            "SELECT id, address, etag, last_modified, digest, read_from, read_until, tried, good, outcome, reason,"
            " count, failures, not_before, notes, reader FROM sources"
        )
        return {row[0]: _source_state(row) for row in rows}

    def put_source(self, state: SourceState) -> None:
        """Remember how a source fared."""
        self._db.execute(
            "INSERT INTO sources VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
            " address = excluded.address, etag = excluded.etag, last_modified = excluded.last_modified,"
            " digest = excluded.digest, read_from = excluded.read_from, read_until = excluded.read_until,"
            " tried = excluded.tried, good = excluded.good, outcome = excluded.outcome, reason = excluded.reason,"
            " count = excluded.count, failures = excluded.failures, not_before = excluded.not_before,"
            " notes = excluded.notes, reader = excluded.reader",
            (
                *(state.id, state.address, state.known.etag, state.known.last_modified, state.known.digest),
                *(_seconds(state.read_from), _seconds(state.read_until), _seconds(state.tried), _seconds(state.good)),
                *(state.outcome, state.reason, state.count, state.failures, _seconds(state.not_before)),
                *(json.dumps(state.notes, ensure_ascii=False), state.reader),
            ),
        )

    # Records.

    def put_records(self, source: str, events: Mapping[str, Event], now: datetime) -> None:
        """Keep what ``source`` says now; what it no longer says stays as it was last seen."""
        at = _seconds(now)
        known = dict(self._db.execute("SELECT key, body FROM records WHERE source = ?", (source,)))
        seen, written = [], []
        for key, event in events.items():
            body = json.dumps(to_json(event), ensure_ascii=False, separators=(",", ":"))
            if known.get(key) == body:
                seen.append((at, source, key))
            else:
                written.append((source, key, _seconds(event.start), body, at, at, at))
        self._db.executemany("UPDATE records SET last_seen = ? WHERE source = ? AND key = ?", seen)
        self._db.executemany(
            "INSERT INTO records (source, key, start, body, first_seen, last_seen, changed)"
            " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (source, key) DO UPDATE SET"
            " start = excluded.start, body = excluded.body, last_seen = excluded.last_seen,"
            " changed = excluded.changed",
            written,
        )

    def records(self, start: datetime, end: datetime) -> list[Record]:
        """Records that begin in [start, end), in an order that does not depend on how they came in."""
        rows = self._db.execute(
            "SELECT source, key, body, event, first_seen, last_seen, changed FROM records"
            " WHERE start >= ? AND start < ? ORDER BY start, source, key",
            (_seconds(start), _seconds(end)),
        )
        return [_record(row) for row in rows]

    def undated(self) -> list[Record]:
        """Records of events whose time the source does not tell."""
        rows = self._db.execute(
            "SELECT source, key, body, event, first_seen, last_seen, changed FROM records"
            " WHERE start IS NULL ORDER BY source, key"
        )
        return [_record(row) for row in rows]

    def touch_records(self, source: str, now: datetime) -> None:
        """The source answered that nothing changed: all it said at its last reading is said again."""
        self._db.execute(
            "UPDATE records SET last_seen = ? WHERE source = ? AND last_seen ="
            " (SELECT max(last_seen) FROM records WHERE source = ?)",
            (_seconds(now), source, source),
        )

    def assign(self, members: Iterable[tuple[str, str, str]]) -> None:
        """Which event of ours records belong to: (event, source, key)."""
        self._db.executemany("UPDATE records SET event = ? WHERE source = ? AND key = ?", members)

    # Events of ours.

    def lives(self) -> dict[str, Life]:
        """Every event of ours, by id."""
        rows = self._db.execute("SELECT id, face, sequence, first_seen, changed FROM events")
        return {
            row[0]: Life(
                id=row[0], face=json.loads(row[1]), sequence=row[2], first_seen=_moment(row[3]), changed=_moment(row[4])
            )
            for row in rows
        }

    def put_lives(self, lives: Iterable[Life], changes: Iterable[Change]) -> None:
        """Keep events that are new or changed, and what changed about them."""
        self._db.executemany(
            "INSERT INTO events VALUES (?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET face = excluded.face,"
            " sequence = excluded.sequence, changed = excluded.changed",
            [
                (
                    *(life.id, json.dumps(life.face, ensure_ascii=False, sort_keys=True), life.sequence),
                    *(_seconds(life.first_seen), _seconds(life.changed)),
                )
                for life in lives
            ],
        )
        self._db.executemany(
            "INSERT INTO changes VALUES (?, ?, ?, ?, ?)",
            [(change.event, _seconds(change.at), change.field, change.before, change.after) for change in changes],
        )

    def changes(self, since: datetime) -> list[Change]:
        """Changes of events from ``since`` on, the oldest first."""
        rows = self._db.execute(
            "SELECT event, at, field, before, after FROM changes WHERE at >= ? ORDER BY at, event, field",
            (_seconds(since),),
        )
        return [Change(event=row[0], at=_moment(row[1]), field=row[2], before=row[3], after=row[4]) for row in rows]

    # Plans and runs.

    def plan(self, week: str) -> Any | None:
        """The published plan of a week (its JSON), or None."""
        row = self._db.execute("SELECT body FROM plans WHERE week = ?", (week,)).fetchone()
        return json.loads(row[0]) if row else None

    def plans_since(self, week: str) -> dict[str, Any]:
        """Published plans from ISO week ``week`` on, by week."""
        rows = self._db.execute("SELECT week, body FROM plans WHERE week >= ? ORDER BY week", (week,))
        return {row[0]: json.loads(row[1]) for row in rows}

    def put_plan(self, week: str, body: Any, now: datetime) -> None:
        """Keep a week's plan; the same plan again leaves its time alone."""
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        self._db.execute(
            "INSERT INTO plans VALUES (?, ?, ?) ON CONFLICT (week) DO UPDATE SET made = excluded.made,"
            " body = excluded.body WHERE plans.body <> excluded.body",
            (week, _seconds(now), text),
        )

    def put_run(self, command: str, report: Any, now: datetime) -> None:
        """Keep the report of a run; the last hundred stay."""
        self._db.execute("INSERT INTO runs VALUES (?, ?, ?)", (_seconds(now), command, json.dumps(report)))
        self._db.execute("DELETE FROM runs WHERE rowid <= (SELECT max(rowid) FROM runs) - 100")

    def last_run(self) -> tuple[datetime, Any] | None:
        """When the last run was, and its report."""
        row = self._db.execute("SELECT at, report FROM runs ORDER BY rowid DESC LIMIT 1").fetchone()
        return (_moment(row[0]), json.loads(row[1])) if row else None


def _source_state(row: tuple[Any, ...]) -> SourceState:
    return SourceState(
        id=row[0],
        address=row[1],
        known=Known(etag=row[2], last_modified=row[3], digest=row[4]),
        read_from=_moment_or_none(row[5]),
        read_until=_moment_or_none(row[6]),
        tried=_moment(row[7]),
        good=_moment_or_none(row[8]),
        outcome=row[9],
        reason=row[10],
        count=row[11],
        failures=row[12],
        not_before=_moment_or_none(row[13]),
        notes=tuple(json.loads(row[14])),
        reader=row[15],
    )


def _record(row: tuple[Any, ...]) -> Record:
    return Record(
        source=row[0],
        key=row[1],
        said=from_json(json.loads(row[2])),
        event=row[3],
        first_seen=_moment(row[4]),
        last_seen=_moment(row[5]),
        changed=_moment(row[6]),
    )


def _seconds(moment: datetime | None) -> int | None:
    return None if moment is None else int(moment.timestamp())


def _moment(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _moment_or_none(seconds: int | None) -> datetime | None:
    return None if seconds is None else _moment(seconds)
