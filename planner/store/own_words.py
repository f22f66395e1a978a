"""Rows of the user's own word about events, kept apart from what sources said; and the steps that can be undone."""

from __future__ import annotations

import json
from collections.abc import Iterable

from planner.event_json import from_json
from planner.store.database import Database
from planner.store.values import body_of, moment, seconds
from planner.types import OwnStep, OwnWord

STEPS_KEPT = 100


class OwnWordRows:
    """A part of the store; write inside ``transaction``."""

    _db: Database

    def own_words(self) -> dict[str, OwnWord]:
        """The user's word about events, by the event's id."""
        rows = self._db.execute("SELECT event, body, at FROM own_words ORDER BY event")
        return {row[0]: word_of(*row) for row in rows}

    def put_own_word(self, event: str, word: OwnWord | None) -> None:
        """Keep the user's word about an event, or take it back (None); the event is looked at anew."""
        if word is None:
            self._db.execute("DELETE FROM own_words WHERE event = ?", (event,))
        else:
            self._db.execute(
                "INSERT INTO own_words (event, body, at) VALUES (?, ?, ?) ON CONFLICT (event) DO UPDATE SET"
                " body = excluded.body, at = excluded.at",
                (event, _body(word), seconds(word.at)),
            )
        self._db.execute("UPDATE records SET dirty = 1 WHERE event = ?", (event,))

    def put_own_step(self, step: OwnStep) -> None:
        """Note a step as the last one."""
        body = {
            "what": step.what,
            "title": step.title,
            "keys": list(step.keys),
            "event": step.event,
            "before": step.before and json.loads(_body(step.before)),
            "before_at": step.before and seconds(step.before.at),
            "records": [[key, json.loads(text)] for key, text in step.records],
        }
        self._db.execute(
            "INSERT INTO own_steps (at, body) VALUES (?, ?)", (seconds(step.at), json.dumps(body, ensure_ascii=False))
        )
        self._db.execute("DELETE FROM own_steps WHERE number <= (SELECT max(number) FROM own_steps) - ?", (STEPS_KEPT,))

    def last_own_step(self) -> OwnStep | None:
        """The last step that was not undone."""
        row = self._db.execute("SELECT at, body FROM own_steps ORDER BY number DESC LIMIT 1").fetchone()
        if row is None:
            return None
        return step_of(*row)

    def drop_last_own_step(self) -> None:
        """Forget the last step: it was undone."""
        self._db.execute("DELETE FROM own_steps WHERE number = (SELECT max(number) FROM own_steps)")

    def bodies(self, source: str, keys: Iterable[str]) -> dict[str, str]:
        """Records of a source as their column holds them, by key; those that it does not hold are left out."""
        known: dict[str, str] = dict(self._db.execute("SELECT key, body FROM records WHERE source = ?", (source,)))
        return {key: known[key] for key in keys if key in known}


def _body(word: OwnWord) -> str:
    told = {
        "removed": word.removed,
        "fields": list(word.fields),
        "event": word.event and json.loads(body_of(word.event)),
    }
    return json.dumps(told, ensure_ascii=False)


def word_of(event: str, body: str, at: int) -> OwnWord:
    """A word as its row holds it. Raises ValueError, KeyError or TypeError for what no row holds."""
    told = json.loads(body)
    return OwnWord(
        id=event,
        at=moment(at),
        removed=told["removed"],
        fields=tuple(told["fields"]),
        event=from_json(told["event"]) if told["event"] else None,
    )


def step_of(at: int, text: str) -> OwnStep:
    """A step as its row holds it. Raises as `word_of`."""
    body = json.loads(text)
    before = body["before"]
    return OwnStep(
        what=body["what"],
        at=moment(at),
        title=body["title"],
        keys=tuple(body["keys"]),
        event=body["event"],
        before=word_of(body["event"], json.dumps(before), body["before_at"]) if before else None,
        records=tuple((key, json.dumps(text, ensure_ascii=False)) for key, text in body["records"]),
    )
