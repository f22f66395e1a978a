"""Rows of what the user handed in, and what became of it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from planner.store.database import Database
from planner.store.values import moment, seconds
from planner.types import Arrival, Asked
from spiders.reason_json import from_json, recalled, to_json
from spiders.reasons import Reason

KEPT = timedelta(days=400)
"""A mailbox and a synced folder may show again what they showed a year ago."""


class ArrivalRows:
    """A part of the store; write inside ``transaction``. All that it reads and writes is that of ``person``."""

    _db: Database
    person: int

    def arrival(self, digest: str) -> Arrival | None:
        """What became of something with this digest; None where it never came."""
        row = self._db.execute(
            "SELECT digest, at, body FROM arrivals WHERE person = ? AND digest = ?", (self.person, digest)
        ).fetchone()
        return None if row is None else arrival_of(*row)

    def arrivals_since(self, at: datetime) -> tuple[Arrival, ...]:
        """What came from a moment on, the first first."""
        rows = self._db.execute(
            "SELECT digest, at, body FROM arrivals WHERE person = ? AND at >= ? ORDER BY at, number",
            (self.person, seconds(at)),
        )
        return tuple(arrival_of(*row) for row in rows)

    def put_arrival(self, arrival: Arrival) -> None:
        """Keep it, and drop what came long ago."""
        body = {
            "origin": arrival.origin,
            "name": arrival.name,
            "titles": list(arrival.titles),
            "reasons": [to_json(each) for each in arrival.reasons],
        }
        self._db.execute(
            "INSERT INTO arrivals (person, digest, at, body) VALUES (?, ?, ?, ?) ON CONFLICT (person, digest)"
            " DO UPDATE SET at = excluded.at, body = excluded.body",
            (self.person, arrival.digest, seconds(arrival.at), json.dumps(body, ensure_ascii=False)),
        )
        self._db.execute("DELETE FROM arrivals WHERE person = ? AND at < ?", (self.person, seconds(arrival.at - KEPT)))


def arrival_of(digest: str, at: int, text: str) -> Arrival:
    """An arrival as its row holds it. Raises ValueError, KeyError or TypeError for what no row holds."""
    body = json.loads(text)
    return Arrival(
        digest=digest,
        at=moment(at),
        origin=body["origin"],
        name=body["name"],
        titles=tuple(body["titles"]),
        reasons=tuple(_reason(each) for each in body["reasons"]),
    )


def _reason(values: Mapping[str, Any]) -> Reason:
    try:
        return from_json(values, Asked)
    except ValueError:
        return recalled(values)
