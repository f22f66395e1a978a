"""Rows of what is one person's own, by the number of the person: plans, trials, small things remembered."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from planner.store.database import Database, without_nul
from planner.store.values import is_sealed, seal_of, seconds


class PlanRows:
    """A part of the store; write inside ``transaction``. All that it reads and writes is that of ``person``."""

    _db: Database
    person: int

    def plan(self, week: str) -> Any | None:
        """The published plan of a week (its JSON), or None."""
        return self._body("SELECT body FROM plans WHERE person = ? AND week = ?", week)

    def plans_since(self, week: str) -> dict[str, Any]:
        """Published plans from ISO week ``week`` on, by week."""
        rows = self._db.execute(
            "SELECT week, body FROM plans WHERE person = ? AND week >= ? ORDER BY week", (self.person, week)
        )
        return {row[0]: json.loads(row[1]) for row in rows}

    def put_plan(self, week: str, body: Any, now: datetime) -> None:
        """Keep a week's plan; the same plan again leaves its time alone."""
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        self._db.execute(
            "INSERT INTO plans (person, week, made, body) VALUES (?, ?, ?, ?) ON CONFLICT (person, week) DO UPDATE SET"
            " made = excluded.made, body = excluded.body WHERE plans.body <> excluded.body",
            (self.person, week, seconds(now), text),
        )

    def trial(self, week: str) -> Any | None:
        """The last plan of a week that was only looked at (its JSON), or None."""
        return self._body("SELECT body FROM trials WHERE person = ? AND week = ?", week)

    def put_trial(self, week: str, body: Any, now: datetime) -> None:
        """Keep a plan that was only looked at; the last one of each week stays."""
        text = json.dumps(body, ensure_ascii=False, sort_keys=True)
        self._db.execute(
            "INSERT INTO trials (person, week, made, body) VALUES (?, ?, ?, ?) ON CONFLICT (person, week) DO UPDATE SET"
            " made = excluded.made, body = excluded.body",
            (self.person, week, seconds(now), text),
        )

    def drop_trial(self, week: str) -> None:
        """Forget a week's trial: it was published, or overtaken."""
        self._db.execute("DELETE FROM trials WHERE person = ? AND week = ?", (self.person, week))

    def own_fact(self, name: str) -> str | None:
        """A small thing remembered of the person under a name. Raises ValueError where it is not as it was written."""
        name = without_nul(name)
        row = self._db.execute(
            "SELECT value, seal FROM own_facts WHERE person = ? AND name = ?", (self.person, name)
        ).fetchone()
        if row is None:
            return None
        if not is_sealed(name, *row):
            raise ValueError(f"{name}: not as it was written")
        return str(row[0])

    def put_own_fact(self, name: str, value: str) -> None:
        """Remember a small thing of the person."""
        name, value = without_nul(name), without_nul(value)  # before it is sealed
        self._db.execute(
            "INSERT INTO own_facts (person, name, value, seal) VALUES (?, ?, ?, ?) ON CONFLICT (person, name)"
            " DO UPDATE SET value = excluded.value, seal = excluded.seal",
            (self.person, name, value, seal_of(name, value)),
        )

    def _body(self, query: str, week: str) -> Any | None:
        row = self._db.execute(query, (self.person, week)).fetchone()
        return json.loads(row[0]) if row else None
