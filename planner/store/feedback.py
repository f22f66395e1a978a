"""Rows of what the user told us: verdicts on events, and the keywords that the last plan was made with."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC, datetime

from planner.store.database import Database
from planner.types import KIND_OF_VERDICT, Feedback, Keyword


class FeedbackRows:
    """A part of the store; write inside ``transaction``. All that it reads and writes is that of ``person``."""

    _db: Database
    person: int

    def feedback(self) -> list[Feedback]:
        """Every verdict that stands, the oldest first."""
        rows = self._db.execute(
            "SELECT event, verdict, at, title, features, expected FROM feedback WHERE person = ?"
            " ORDER BY at, event, kind",
            (self.person,),
        )
        return [
            Feedback(
                event=row[0],
                verdict=row[1],
                at=datetime.fromtimestamp(row[2], UTC),
                title=row[3],
                features=tuple((kind, name) for kind, name in json.loads(row[4])),
                expected=row[5],
            )
            for row in rows
        ]

    def put_feedback(self, given: Feedback) -> None:
        """Keep a verdict; a newer one of its kind (attendance, taste) replaces the older."""
        kind, features = KIND_OF_VERDICT[given.verdict], json.dumps(given.features, ensure_ascii=False)
        self._db.execute(
            "INSERT INTO feedback (person, event, kind, verdict, at, title, features, expected)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (person, event, kind) DO UPDATE SET"
            " verdict = excluded.verdict, at = excluded.at, title = excluded.title, features = excluded.features,"
            " expected = excluded.expected",
            (
                self.person,
                given.event,
                kind,
                given.verdict,
                int(given.at.timestamp()),
                given.title,
                features,
                given.expected,
            ),
        )

    def forget_feedback(self, event: str | None) -> int:
        """Forget the verdicts on one event, or all of them; -> how many there were."""
        if event is None:
            return self._db.execute("DELETE FROM feedback WHERE person = ?", (self.person,)).rowcount
        return self._db.execute("DELETE FROM feedback WHERE person = ? AND event = ?", (self.person, event)).rowcount

    def keywords(self) -> list[Keyword]:
        """The keywords of the last plan."""
        rows = self._db.execute(
            "SELECT list, word, weight, since, caught FROM keywords WHERE person = ? ORDER BY list, word",
            (self.person,),
        )
        return [
            Keyword(
                list=row[0],
                word=row[1],
                weight=row[2],
                since=datetime.fromtimestamp(row[3], UTC),
                caught=None if row[4] is None else datetime.fromtimestamp(row[4], UTC),
            )
            for row in rows
        ]

    def put_keywords(self, keywords: Iterable[Keyword]) -> None:
        """Keep the keywords of a plan in place of those of the plan before."""
        self._db.execute("DELETE FROM keywords WHERE person = ?", (self.person,))
        self._db.executemany(
            "INSERT INTO keywords (person, list, word, weight, since, caught) VALUES (?, ?, ?, ?, ?, ?)",
            [
                (
                    *(self.person, each.list, each.word, each.weight, int(each.since.timestamp())),
                    None if each.caught is None else int(each.caught.timestamp()),
                )
                for each in keywords
            ],
        )
