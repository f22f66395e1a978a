"""What was sent, kept in the store as one fact that is written before and after sending.

A run that is killed in between leaves ``sending``, and the next one sends again: at most one duplicate, never a loss.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from planner.deliver.outcome import DeliveryError, Outcome
from planner.store import Store

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipts:
    """The fact of this name."""

    store: Store
    name: str
    now: datetime

    def read(self) -> Mapping[str, Any]:
        """What it says; empty where nothing was ever sent."""
        fact = self.store.own_fact(self.name)
        return json.loads(fact) if fact is not None else {}

    def record(self, send: Callable[[], Outcome], about: Callable[[], Mapping[str, Any]] = dict[str, Any]) -> Outcome:
        """Send between two entries. ``about`` is asked for each of them: what it tells of what was done is kept however
        the sending ends."""
        state = "sending"
        self._write(state, about())
        try:
            outcome = _outcome(send)
            state = outcome.state
            _log.info("%s: %s", self.name.partition(" ")[0], state)  # the rest of a name may tell an address
        finally:
            self._write(state, about())
        return outcome

    def _write(self, state: str, about: Mapping[str, Any]) -> None:
        with self.store.transaction():
            self.store.put_own_fact(self.name, json.dumps({"state": state, **about, "at": self.now.isoformat()}))


def _outcome(send: Callable[[], Outcome]) -> Outcome:
    try:
        return send()
    except DeliveryError as exc:
        return Outcome(state="failed", reason=exc.reason)


def of_address(address: str) -> str:
    """An address as it may stand in the store, whose readers shall not learn it."""
    return sha256(address.encode()).hexdigest()[:16]
