"""Worlds of copies (``tests/cases/copies``): one city's evenings on several sites, and what merging makes of them.

Every event of a world is judged with all the others beside it, as a store holds them.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from planner.identity import merge
from planner.types import Record
from spiders.items import Event, Place

FOLDER = Path(__file__).parents[1] / "cases" / "copies"
PLACE = ("name", "address", "district")


@dataclass(frozen=True, slots=True)
class Told:
    """One record of a world: the happening it tells of (no two happenings share a number) and the kind of its case."""

    happening: int
    kind: str
    record: Record


@dataclass(frozen=True, slots=True)
class Figures:
    """Pairs of copies that were joined (``found``), that were not, and pairs of two happenings that were joined."""

    found: tuple[tuple[Told, Told], ...]
    missed: tuple[tuple[Told, Told], ...]
    wrong: tuple[tuple[Told, Told], ...]

    @property
    def recall(self) -> float:
        return len(self.found) / (len(self.found) + len(self.missed))

    @property
    def precision(self) -> float:
        return len(self.found) / ((len(self.found) + len(self.wrong)) or 1)


def world(name: str) -> list[Told]:
    """All records of one world, in the order of its file."""
    with (FOLDER / f"{name}.toml").open("rb") as file:
        data = tomllib.load(file)
    cases = [(case["kind"], [case["copies"]]) for case in data["evening"]]
    cases += [(case["kind"], [[event] for event in case["events"]]) for case in data["apart"]]
    told, happening = [], 0
    for kind, happenings in cases:
        for copies in happenings:
            happening += 1
            told += [
                Told(happening, kind, _record(data, copy, f"{happening}-{turn}")) for turn, copy in enumerate(copies)
            ]
    return told


def figures(told: list[Told]) -> Figures:
    """What merging makes of a world: every pair that shares an event of ours, and every pair that should."""
    zone = ZoneInfo("Asia/Shanghai")
    of_key = {(one.record.source, one.record.key): one for one in told}
    joined = set()
    for event in merge([one.record for one in told], zone):
        keys = sorted((copy.source, copy.key) for copy in event.records)
        joined |= set(combinations(keys, 2))
    same = {
        pair
        for pair in combinations(sorted(of_key), 2)
        if of_key[pair[0]].happening == of_key[pair[1]].happening
    }  # fmt: skip

    def pairs(keys: set[Any]) -> tuple[tuple[Told, Told], ...]:
        return tuple((of_key[one], of_key[other]) for one, other in sorted(keys))

    return Figures(pairs(joined & same), pairs(same - joined), pairs(joined - same))


def _record(data: dict[str, Any], copy: dict[str, str], uid: str) -> Record:
    zone = ZoneInfo(data["timezone"])

    def moment(key: str) -> datetime | None:
        return datetime.fromisoformat(f"{data['year']}-{copy[key]}").replace(tzinfo=zone) if key in copy else None

    start = moment("start")
    assert start is not None
    place = Place(**{key: copy.get("place" if key == "name" else key) for key in PLACE})
    event = Event(
        source=copy["source"], uid=uid, title=copy["title"], start=start, end=moment("end"),
        timezone=data["timezone"], place=place if place != Place() else None,
        organizer=copy.get("organizer"), mode=copy.get("mode"), url=copy.get("url"),  # type: ignore[arg-type]
    )  # fmt: skip
    seen = start - timedelta(days=9)
    return Record(
        source=event.source, key=uid, event=event, event_id=None, first_seen=seen, last_seen=seen, changed=seen
    )
