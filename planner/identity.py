"""Which records are one event, and how that event lives: records -> merged events with ids that never change.

An id is drawn once, from the first record of an event, and then kept: it survives new titles, times and places,
merges (the older id stays) and splits (the id stays with the record that founded it).
"""

from __future__ import annotations

import base64
import hashlib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from planner.store import Change, Life, Record
from spiders.items import Event, Place

_NOT_LETTERS = re.compile(r"[\W_]+")
FACE = ("title", "start", "end", "place", "status")
"""The fields whose change a subscriber must see: SEQUENCE rises with them (RFC 5545, 3.8.7.4)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What all sources together say of one event. ``event`` carries our uid; ``records`` are its copies."""

    id: str
    event: Event
    records: tuple[Record, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Living:
    """A merged event with its life: what the calendar needs to show it."""

    merged: Merged
    life: Life


def merge(records: Sequence[Record]) -> list[Merged]:
    """Join exact copies: the same title (but for case, width and punctuation) at the same start, places not at odds.

    The order of ``records`` does not matter.
    """
    ordered = sorted(records, key=lambda record: (record.source, record.key))
    blocks: dict[tuple[str, str], list[list[Record]]] = defaultdict(list)
    groups: list[list[Record]] = []
    for record in ordered:
        block = blocks[_title_key(record.said.title), _start_key(record.said)]
        for group in block:
            if _may_join(record, group):
                group.append(record)
                break
        else:
            block.append([record])
            groups.append(block[-1])
    return _name(groups)


def _title_key(title: str) -> str:
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", title).casefold())


def _start_key(event: Event) -> str:
    if event.start is None:
        return f"undated {event.source} {event.uid}"
    return str(event.start.date()) if event.all_day else str(int(event.start.timestamp()))


def _may_join(record: Record, group: Sequence[Record]) -> bool:
    """Whether a record of the same title and start is one more copy: some copy says the same place.

    Two listings of one feed are one event only where they say the very same place, and are no instances of a series.
    """
    place = _place_words(record.said.place)
    for member in group:
        if member.source == record.source:
            same_series = member.key.partition("|")[0] == record.key.partition("|")[0]
            if same_series or place != _place_words(member.said.place):
                return False
    return any(_agree(place, _place_words(member.said.place)) for member in group)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two places may be one: a part of one stands in a part of the other, or one says nothing."""
    if not one or not other:
        return True
    return any(short in whole or whole in short for short in one for whole in other)


def _place_words(place: Place | None) -> frozenset[str]:
    """Name and address of a place, as letters and digits alone."""
    parts = (place.name, place.address) if place else ()
    return frozenset(filter(None, (_NOT_LETTERS.sub("", (part or "").casefold()) for part in parts)))


def _name(groups: Iterable[list[Record]]) -> list[Merged]:
    """Give every group its id. The group with the founding record keeps a contested id, else the one seen first."""
    claims: list[tuple[tuple[Any, ...], str, list[Record]]] = []
    for group in groups:
        for record in group:
            if record.event is not None:
                founded = event_id(record) == record.event
                claims.append(((not founded, record.first_seen, record.source, record.key), record.event, group))
    taken: set[str] = set()
    id_of: dict[int, str] = {}
    for _, claimed, group in sorted(claims, key=lambda claim: claim[0]):
        if claimed not in taken and id(group) not in id_of:
            id_of[id(group)] = claimed
            taken.add(claimed)
    merged = []
    for group in groups:
        name = id_of.get(id(group)) or _fresh(group, taken)
        taken.add(name)
        merged.append(Merged(id=name, event=_joined(group, name), records=tuple(group)))
    return merged


def event_id(record: Record) -> str:
    """The id that a record founds: 16 letters and digits of a hash of where it came from."""
    digest = hashlib.sha256(f"{record.source}\n{record.key}".encode()).digest()
    return base64.b32encode(digest[:10]).decode().lower()


def _fresh(group: list[Record], taken: set[str]) -> str:
    return next(name for name in map(event_id, group) if name not in taken)


def _joined(group: list[Record], name: str) -> Event:
    """One event of several records: the fullest record leads, the others fill what it does not know."""
    leading, *others = sorted(group, key=lambda record: (-_fullness(record.said), record.source, record.key))
    event = leading.said
    for other in others:
        gaps: dict[str, Any] = {
            field: getattr(other.said, field)
            for field in ("end", "place", "mode", "url", "organizer", "description", "price", "published")
            if getattr(event, field) is None
        }
        if other.said.status == "cancelled":
            gaps["status"] = "cancelled"
        event = replace(event, **gaps)
    return replace(event, uid=f"{name}@quanzi")


def _fullness(event: Event) -> int:
    known = (event.end, event.place, event.url, event.organizer, event.price, event.mode)
    return sum(value is not None for value in known) * 1000 + min(len(event.description or ""), 900)


def live(
    merged: Iterable[Merged], lives: Mapping[str, Life], now: datetime
) -> tuple[list[Living], list[Life], list[Change]]:
    """Compare events with how they stood -> (all living, lives to write, changes).

    An unchanged event keeps its life to the letter.
    """
    living, written, changes = [], [], []
    for each in merged:
        face = _face(each.event)
        known = lives.get(each.id)
        if known is None:
            life = Life(id=each.id, face=face, sequence=0, first_seen=now, changed=now)
        elif known.face == face:
            life = known
        else:
            differing = [field for field in FACE if known.face.get(field) != face[field]]
            life = Life(id=each.id, face=face, sequence=known.sequence + 1, first_seen=known.first_seen, changed=now)
            changes += [
                Change(event=each.id, at=now, field=field, before=known.face.get(field), after=face[field])
                for field in differing
            ]
        if life is not known:
            written.append(life)
        living.append(Living(merged=each, life=life))
    return living, written, changes


def _face(event: Event) -> dict[str, str | None]:
    place = event.place
    return {
        "title": event.title,
        "start": event.start.isoformat() if event.start else None,
        "end": event.end.isoformat() if event.end else None,
        "place": ", ".join(filter(None, (place.name, place.address))) or None if place else None,
        "status": event.status,
    }
