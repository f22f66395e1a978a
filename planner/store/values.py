"""The values that the store keeps, and how they come out of its rows. Moments are seconds UTC in the tables."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from planner.event_json import from_json
from planner.types import Change, Record
from spiders.items import Validators


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between runs. ``not_before``: it asked to be left alone until then."""

    id: str
    address: str
    known: Validators = field(default_factory=Validators)
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
class LastSeen:
    """When a source last said any event that is still remembered (``at``), and when the latest of them ``begins``."""

    at: datetime
    begins: datetime | None


def source_state(row: tuple[Any, ...]) -> SourceState:
    return SourceState(
        id=row[0],
        address=row[1],
        known=Validators(etag=row[2], last_modified=row[3], digest=row[4]),
        read_from=moment_or_none(row[5]),
        read_until=moment_or_none(row[6]),
        tried=moment(row[7]),
        good=moment_or_none(row[8]),
        outcome=row[9],
        reason=row[10],
        count=row[11],
        failures=row[12],
        not_before=moment_or_none(row[13]),
        notes=tuple(json.loads(row[14])),
        reader=row[15],
    )


def record(row: tuple[Any, ...]) -> Record:
    return Record(
        source=row[0],
        key=row[1],
        event=from_json(json.loads(row[2])),
        event_id=row[3],
        first_seen=moment(row[4]),
        last_seen=moment(row[5]),
        changed=moment(row[6]),
        missed=row[7],
    )


def change(row: tuple[Any, ...]) -> Change:
    return Change(event=row[0], at=moment(row[1]), field=row[2], before=row[3], after=row[4], source=row[5])


def seconds(at: datetime | None) -> int | None:
    return None if at is None else int(at.timestamp())


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def moment_or_none(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
