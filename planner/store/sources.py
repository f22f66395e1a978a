"""Rows of what is known of sources and of the hosts that they stand on."""

from __future__ import annotations

from datetime import datetime, timedelta

from planner.store.database import Database
from planner.store.values import (
    KeptRules,
    LastSeen,
    SourceState,
    moment,
    moment_or_none,
    seconds,
    source_row,
    source_state,
)

COLUMNS = (
    *("id", "address", "etag", "last_modified", "digest", "read_from", "read_until", "tried", "good", "outcome"),
    *("reason", "count", "failures", "not_before", "notes", "reader", "moved_to", "moved_seen", "retired", "held"),
)
"""The columns of `source_state`, in its order."""
DAYS_OF_RULES = 30
"""So long the last good robots.txt of a host stands in for one that cannot be had."""


class SourceRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database

    def sources(self) -> dict[str, SourceState]:
        """Every source that was ever read, by id."""
        rows = self._db.execute(
            f"SELECT {', '.join(COLUMNS)} FROM sources ORDER BY id"  # noqa: S608 - our own names
        )
        return {row[0]: source_state(row) for row in rows}

    def put_source(self, state: SourceState) -> None:
        """Remember how a source fared."""
        kept = ", ".join(f"{name} = excluded.{name}" for name in COLUMNS[1:])
        self._db.execute(
            f"INSERT INTO sources ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"  # noqa: S608
            f" ON CONFLICT (id) DO UPDATE SET {kept}",
            source_row(state),
        )

    def last_seen_of_sources(self) -> dict[str, LastSeen]:
        """Of every source that still has records: when it last said anything, and of when."""
        rows = self._db.execute(
            "SELECT source, max(last_seen), max(start) FROM records GROUP BY source ORDER BY source"
        )
        return {row[0]: LastSeen(at=moment(row[1]), begins=moment_or_none(row[2])) for row in rows}

    # Hosts.

    def robots(self, now: datetime) -> dict[str, KeptRules]:
        """The last good robots.txt of each origin (``https://club.example``), but none of before `DAYS_OF_RULES`."""
        since = seconds(now - timedelta(days=DAYS_OF_RULES))
        rows = self._db.execute("SELECT origin, rules, fetched FROM robots WHERE fetched > ? ORDER BY origin", (since,))
        return {origin: KeptRules(rules=rules, fetched=moment(fetched)) for origin, rules, fetched in rows}

    def put_robots(self, origin: str, rules: bytes, now: datetime) -> None:
        """Keep what an origin permits."""
        self._db.execute(
            "INSERT INTO robots VALUES (?, ?, ?) ON CONFLICT (origin) DO UPDATE SET rules = excluded.rules,"
            " fetched = excluded.fetched",
            (origin, rules, seconds(now)),
        )

    def host_waits(self, now: datetime) -> dict[str, datetime]:
        """Until when hosts asked to be left alone, of those whose time has not come."""
        rows = self._db.execute("SELECT host, until FROM host_waits WHERE until > ? ORDER BY host", (seconds(now),))
        return {host: moment(until) for host, until in rows}

    def put_host_wait(self, host: str, until: datetime) -> None:
        """A host asked to be left alone until then."""
        self._db.execute(
            "INSERT INTO host_waits (host, until) VALUES (?, ?) ON CONFLICT (host) DO UPDATE SET"
            " until = excluded.until WHERE host_waits.until < excluded.until",
            (host, seconds(until)),
        )

    def prune_hosts(self, now: datetime) -> None:
        """Forget rules that are too old to be used, and waits that are over."""
        since = seconds(now - timedelta(days=DAYS_OF_RULES))
        self._db.execute("DELETE FROM robots WHERE fetched <= ?", (since,))
        self._db.execute("DELETE FROM host_waits WHERE until <= ?", (seconds(now),))
