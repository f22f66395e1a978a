"""What was put where: kept in the store for each place, so that only what differs travels."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from planner.config.put import Put
from planner.store import Store


@dataclass(frozen=True, slots=True)
class Piece:
    """One resource as it should be; ``digest`` tells when it differs."""

    content: bytes
    digest: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One resource as we put it. ``gone``: somebody took it away there, and it stays away."""

    digest: str
    etag: str | None = None
    gone: bool = False


def read(store: Store, put: Put) -> dict[str, Kept]:
    """What we put at this place in this form, by name."""
    fact = store.fact(_name(put))
    if fact is None:
        return {}
    return {name: Kept(**values) for name, values in json.loads(fact)["kept"].items()}


def write(store: Store, put: Put, kept: dict[str, Kept], now: datetime) -> None:
    """Remember it."""
    values = {
        name: {"digest": each.digest, "etag": each.etag, "gone": each.gone} for name, each in sorted(kept.items())
    }
    with store.transaction():
        store.put_fact(_name(put), json.dumps({"kept": values, "at": now.isoformat()}))


def _name(put: Put) -> str:
    return f"put {put.form} {sha256(put.to.encode()).hexdigest()[:16]}"
