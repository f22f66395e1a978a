"""The values that the store keeps, and how they come out of its rows. Moments are seconds UTC in the tables."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from planner.event_json import from_json, to_store
from planner.event_json import to_json as contract_json
from planner.types import Change, Record
from spiders.items import Event, Validators
from spiders.reason_json import recalled, to_json
from spiders.reasons import Reason

HABIT = "habit of "
"""Facts of this name and a source's id hold what its last good answers were like (`planner.store.habits`)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between runs.

    ``tried`` is when it was last asked, ``good`` when it last answered well, ``failures`` how often in a row it did not
    since; ``not_before``: it asked to be left alone until then. ``moved_to`` is where it moved for good, as
    ``moved_seen`` runs in a row saw. ``retired``: when it was taken out of the configuration.
    ``held``: when an answer that lost most of what was known was held back.
    """

    id: str
    address: str
    known: Validators = field(default_factory=Validators)
    read_from: datetime | None = None
    read_until: datetime | None = None
    tried: datetime
    good: datetime | None = None
    outcome: str
    reason: Reason | None = None
    count: int = 0
    failures: int = 0
    not_before: datetime | None = None
    notes: tuple[Reason, ...] = ()
    reader: str | None = None
    moved_to: str | None = None
    moved_seen: int = 0
    retired: datetime | None = None
    held: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptRules:
    """The last good robots.txt of an origin, empty where it has none, and when it was fetched."""

    rules: bytes
    fetched: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSeen:
    """When a source last said any event that is still remembered (``at``), and when the latest of them ``begins``."""

    at: datetime
    begins: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """When a record begins, when its source last told it, on how many days it did not, and whether a rule gave it."""

    start: datetime
    last_seen: datetime
    missed: int
    ruled: bool


def known_of(row: tuple[Any, ...]) -> Known:
    return Known(start=moment(row[1]), last_seen=moment(row[2]), missed=row[3], ruled=bool(row[4]))


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
        reason=_reason(row[10]),
        count=row[11],
        failures=row[12],
        not_before=moment_or_none(row[13]),
        notes=tuple(recalled(note) for note in json.loads(row[14])),
        reader=row[15],
        moved_to=row[16],
        moved_seen=row[17],
        retired=moment_or_none(row[18]),
        held=moment_or_none(row[19]),
    )


def _reason(text: str | None) -> Reason | None:
    """A reason as it stands in its column: JSON, or a sentence that an older program wrote there."""
    if text is None:
        return None
    try:
        return recalled(json.loads(text))
    except ValueError:
        return recalled(text)


def reason_columns(state: SourceState) -> tuple[str | None, str]:
    """Reason and notes of a source as their columns hold them."""
    reason = None if state.reason is None else json.dumps(to_json(state.reason), ensure_ascii=False)
    return reason, json.dumps([to_json(note) for note in state.notes], ensure_ascii=False)


def source_row(state: SourceState) -> tuple[Any, ...]:
    """A source as its columns hold it, in the order of `source_state`."""
    reason, notes = reason_columns(state)
    return (
        *(state.id, state.address, state.known.etag, state.known.last_modified, state.known.digest),
        *(seconds(state.read_from), seconds(state.read_until), seconds(state.tried), seconds(state.good)),
        *(state.outcome, reason, state.count, state.failures, seconds(state.not_before)),
        *(notes, state.reader, state.moved_to, state.moved_seen, seconds(state.retired), seconds(state.held)),
    )


def body_of(event: Event) -> str:
    """An event as its column holds it."""
    return json.dumps(to_store(event), ensure_ascii=False, separators=(",", ":"))


def is_same(before: str | None, body: str, event: Event) -> bool:
    """Whether the body kept ``before`` says the same of an event as its ``body`` now. Older programs wrote doubts as
    sentences: that is no difference."""
    if before is None or before == body:
        return before is not None
    known = from_json(json.loads(before))
    return contract_json(known) == contract_json(event)


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


def seal_of(name: str, value: str) -> str:
    """By which a fact is known to be as it was written."""
    return f"{zlib.crc32(f'{name}={value}'.encode('utf-8', 'backslashreplace')):08x}"


def is_sealed(name: str, value: str, seal: str | None) -> bool:
    """Whether it is; of one from before there were seals nobody knows."""
    return seal is None or seal == seal_of(name, value)


def moment(at: int) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def moment_or_none(at: int | None) -> datetime | None:
    return None if at is None else moment(at)
