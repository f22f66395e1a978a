"""What a source is like when it is well, learnt from its last good answers: what an odd one is held against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from datetime import datetime
from typing import Any

from spiders.items import Looks

REMEMBERED = 5
"""So many good answers are remembered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Habit:
    """Of the last good answers of a source as it is configured (``address``, its fingerprint): how many events each
    told, how many letters and ``entries`` it showed, the latest last; how it is ``closed``, where all were closed
    alike; ``place``, ``ideographs``, ``newest`` and ``asks_password`` of the last (`spiders.items.Looks`); the digest
    of its bytes, and since when they are the same."""

    address: str
    counts: tuple[int, ...] = ()
    letters: tuple[int, ...] = ()
    entries: tuple[int, ...] = ()
    title: str | None = None
    place: str | None = None
    closed: str | None = None
    ideographs: float | None = None
    newest: datetime | None = None
    asks_password: bool = False
    digest: str | None = None
    same_since: datetime | None = None


def after_good(
    habit: Habit | None,
    address: str,
    *,
    count: int,
    looks: Looks | None,
    newest: datetime | None,
    digest: str | None,
    now: datetime,
) -> Habit:
    """The habit once one more good answer was read that told ``count`` events, the ``newest`` of them written then."""
    known = habit if habit is not None and habit.address == address else Habit(address=address)
    is_same = digest is not None and digest == known.digest
    told = replace(
        known,
        counts=_last(known.counts, count),
        digest=digest,
        newest=newest,
        same_since=known.same_since if is_same else now,
    )
    if looks is None:
        return told
    return replace(
        told,
        letters=_last(known.letters, looks.letters),
        entries=() if looks.entries is None else _last(known.entries, looks.entries),
        title=looks.title,
        place=looks.place,
        closed=looks.closed if not known.letters or known.closed == looks.closed else None,
        ideographs=looks.ideographs,
        asks_password=looks.asks_password,
    )


def after_unchanged(habit: Habit) -> Habit:
    """The habit once the source said again what it said before."""
    counts, letters, entries = (_last(kept, *kept[-1:]) for kept in (habit.counts, habit.letters, habit.entries))
    return replace(habit, counts=counts, letters=letters, entries=entries)


def _last(kept: tuple[int, ...], *more: int) -> tuple[int, ...]:
    return (*kept, *more)[-REMEMBERED:]


def to_json(habit: Habit) -> dict[str, Any]:
    """As the store keeps it: moments in ISO 8601."""
    return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in asdict(habit).items()}


def from_json(kept: Mapping[str, Any] | None) -> Habit | None:
    """What was kept; None where nothing was. Names that this version does not know are left out."""
    if kept is None:
        return None
    known = {name: value for name, value in kept.items() if name in {field.name for field in fields(Habit)}}
    for name in ("counts", "letters", "entries"):
        known[name] = tuple(known.get(name, ()))
    for name in ("newest", "same_since"):
        known[name] = datetime.fromisoformat(known[name]) if known.get(name) else None
    return Habit(**known)
