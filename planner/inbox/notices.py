"""Notices that the user hands in (called off, moved): which known event each of them names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from planner.config import Config
from planner.identity import known_records, load_groups, with_own_words
from planner.identity.notices import Known
from planner.store import Store
from planner.types import OWN, Merged, Record
from spiders.items import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Meant:
    """A ``notice``, the known events that it may be about, in the order of their days, and those that it seems to
    mean."""

    notice: Event
    possible: tuple[Merged, ...]
    chosen: tuple[Merged, ...]

    @property
    def is_kept(self) -> bool:
        """Whether it is of use: it names a known event, or tells where one has moved to, which is an event itself."""
        return bool(self.chosen) or self.notice.notice == "moved"


def meanings(config: Config, store: Store, now: datetime, notices: Sequence[Event]) -> list[Meant]:
    """What each notice is about."""
    if not notices:
        return []
    known = load_groups(known_records(config, store, now), config.zone)
    known = with_own_words(known, store.own_words())
    groups = Known([_as_called(each) for each in known], config.zone)
    found = []
    for event in notices:
        asked = Record(
            source=OWN, key=event.uid, event=event, event_id=None, first_seen=now, last_seen=now, changed=now
        )
        possible = groups.fitting(asked)
        chosen = groups.meant(asked, possible)
        ordered = sorted(possible, key=lambda number: known[number].event.start or now)
        found.append(
            Meant(
                notice=event,
                possible=tuple(known[number] for number in ordered),
                chosen=tuple(known[number] for number in chosen),
            )
        )
    return found


def _as_called(merged: Merged) -> list[Record]:
    """The records of an event, and what the user calls it."""
    own = [replace(merged.records[0], event=merged.event)] if merged.word is not None else []
    return [*merged.records, *own]


def settled(meant: Meant, zone: ZoneInfo) -> Event:
    """The notice as it is kept where nobody is asked: as one of the event that it names, where the user has a word on
    that event, since its sources call it otherwise."""
    only = meant.chosen[0] if len(meant.chosen) == 1 else None
    return about(meant.notice, only, zone) if only is not None and only.word is not None else meant.notice


def about(notice: Event, chosen: Merged, zone: ZoneInfo) -> Event:
    """The notice as one of the chosen event alone, in its sources' words."""
    told = next(each.event for each in chosen.records if each.event.notice is None or each is chosen.records[-1])
    if told.start is None:
        return notice
    former = told.start.astimezone(zone).date()
    if notice.notice == "moved":
        title = told.title if chosen.word is not None else notice.title
        return replace(notice, title=title, former=former, former_until=None)
    return replace(notice, title=told.title, start=told.start, all_day=told.all_day, former=former, former_until=None)
