"""Rows of members: persons whose weeks are planned from the same facts, and what was published for each.

A member's number is drawn at random and never given again, so that a run which began before somebody left writes
nothing into the place of somebody new.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from planner.store.database import Database
from planner.store.values import moment, moment_or_none, seal_of, seconds

PERSONAL = ("plans", "trials", "feedback", "keywords", "arrivals", "own_facts", "diaries", "published")
"""The tables that hold what is one person's own, by the column ``person``."""
FOR_MANY = "for many"
"""The fact of a store of an organisation."""
_COLUMNS = "number, name, wishes, token, joined, planned, fault"


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One member. ``folded`` is the name as names are compared, ``wishes`` what of a configuration is the member's own,
    ``token`` the SHA-256 (hex) of the secret part of the private address; ``planned``: when the last week was, and by
    which ``fault`` (a code) the last try failed, if it did."""

    number: int
    name: str
    wishes: Mapping[str, Any]
    token: str
    joined: datetime
    planned: datetime | None = None
    fault: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PublishedFile:
    """A file that was published for a member; ``body`` is None where it was not asked for."""

    etag: str
    changed: datetime
    body: bytes | None


class MemberRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database
    person: int

    def members(self, numbers: Iterable[int] | None = None) -> list[Member]:
        """All members by name, or those of these numbers who are still there."""
        if numbers is None:
            rows = self._db.execute(f"SELECT {_COLUMNS} FROM members ORDER BY folded")  # noqa: S608 - our own names
            return [_member(row) for row in rows]
        query = f"SELECT {_COLUMNS} FROM members WHERE number = ?"  # noqa: S608 - our own names
        found = (self._db.execute(query, (number,)).fetchone() for number in numbers)
        return [_member(row) for row in found if row is not None]

    def member_numbers(self) -> list[int]:
        """The numbers of all members, by name."""
        return [number for (number,) in self._db.execute("SELECT number FROM members ORDER BY folded")]

    def is_for_many(self) -> bool:
        """Whether there ever was a member: a fact of its own, since whoever crawls may not look at members."""
        return self._db.execute("SELECT 1 FROM facts WHERE name = ?", (FOR_MANY,)).fetchone() is not None

    def is_member(self) -> bool:
        """Whether the person is (still) a member. Within a transaction that is true until its end."""
        query = "SELECT 1 FROM members WHERE number = ? /* FOR KEY SHARE */"
        return self._db.execute(query, (self.person,)).fetchone() is not None

    def put_member(self, member: Member, folded: str) -> None:
        """Keep a member, whose name is compared as ``folded``."""
        self._db.execute(
            "INSERT INTO facts (name, value, seal) VALUES (?, ?, ?) ON CONFLICT (name) DO NOTHING",
            (FOR_MANY, "yes", seal_of(FOR_MANY, "yes")),
        )
        self._db.execute(
            "INSERT INTO members (number, name, folded, wishes, token, joined, planned, fault)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET name = excluded.name,"
            " folded = excluded.folded, wishes = excluded.wishes, token = excluded.token, planned = excluded.planned,"
            " fault = excluded.fault",
            (
                *(member.number, member.name, folded),
                json.dumps(member.wishes, ensure_ascii=False, sort_keys=True),
                *(member.token, seconds(member.joined), seconds(member.planned), member.fault),
            ),
        )

    def note_planned(self, now: datetime, fault: str | None) -> None:
        """The person's week was planned now, or by which ``fault`` it was not."""
        if fault is None:
            self._db.execute(
                "UPDATE members SET planned = ?, fault = NULL WHERE number = ?", (seconds(now), self.person)
            )
        else:
            self._db.execute("UPDATE members SET fault = ? WHERE number = ?", (fault, self.person))

    def drop_member(self, number: int) -> None:
        """Forget a member and all that is theirs."""
        # First the member: whoever is planning for them is waited for, and what they wrote is seen then.
        self._db.execute("DELETE FROM members WHERE number = ?", (number,))
        for table in PERSONAL:
            self._db.execute(f"DELETE FROM {table} WHERE person = ?", (number,))  # noqa: S608 - our own names

    def drop_leftovers(self) -> None:
        """Forget what a run wrote for somebody who left meanwhile."""
        for table in PERSONAL:
            self._db.execute(
                f"DELETE FROM {table} WHERE person <> 0 AND NOT EXISTS"  # noqa: S608 - our own names
                f" (SELECT 1 FROM members WHERE members.number = {table}.person)"
            )

    def put_published(self, files: Mapping[str, tuple[str, bytes]], now: datetime) -> list[str]:
        """Replace what is published for the person by these: name -> (etag, body); -> the names of what changed. A file
        that is the same keeps its time, so that the validators of those who subscribed stay true."""
        rows = self._db.execute("SELECT name, etag FROM published WHERE person = ?", (self.person,))
        known: dict[str, str] = dict(rows.fetchall())
        changed = [name for name, (etag, _) in sorted(files.items()) if known.get(name) != etag]
        self._db.executemany(
            "INSERT INTO published (person, name, etag, changed, body) VALUES (?, ?, ?, ?, ?)"
            " ON CONFLICT (person, name) DO UPDATE SET etag = excluded.etag, changed = excluded.changed,"
            " body = excluded.body",
            [(self.person, name, files[name][0], seconds(now), files[name][1]) for name in changed],
        )
        self._db.executemany(
            "DELETE FROM published WHERE person = ? AND name = ?",
            [(self.person, name) for name in sorted(known.keys() - files.keys())],
        )
        return changed

    def published_files(self) -> dict[str, bytes]:
        """All that is published for the person, by name."""
        rows = self._db.execute("SELECT name, body FROM published WHERE person = ? ORDER BY name", (self.person,))
        return {name: bytes(body) for name, body in rows}

    def published_at(self, token: str, name: str, known: Iterable[str] = ()) -> PublishedFile | None:
        """The file of this name for the member with this (hashed) token; None where there is none. Its body is not read
        where its etag is among the ``known`` ones."""
        at = (token, name)
        row = self._db.execute("SELECT etag, changed FROM shelf WHERE token = ? AND name = ?", at).fetchone()
        if row is None or row[0] in known:
            return row and PublishedFile(etag=row[0], changed=moment(row[1]), body=None)
        row = self._db.execute("SELECT etag, changed, body FROM shelf WHERE token = ? AND name = ?", at).fetchone()
        return row and PublishedFile(etag=row[0], changed=moment(row[1]), body=bytes(row[2]))


def _member(row: tuple[Any, ...]) -> Member:
    return Member(
        number=row[0],
        name=row[1],
        wishes=json.loads(row[2]),
        token=row[3],
        joined=moment(row[4]),
        planned=moment_or_none(row[5]),
        fault=row[6],
    )
