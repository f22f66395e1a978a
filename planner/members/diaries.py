"""The own calendars of all members, asked in one crawl: whoever's they are, no host is asked twice at a time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from pydantic import ValidationError

from planner.config import Config
from planner.gather import Wish
from planner.gather.diary import keep_diary, own_calendars
from planner.gather.fetch import answers
from planner.gather.hosts import HostMemory
from planner.gather.policy import policy_of
from planner.members.wishes import personal
from planner.store import Member, SourceState, Store
from spiders.items import Source


def gather_diaries(
    config: Config, store: Store, members: Iterable[Member], now: datetime, *, offline: bool, wish: Wish
) -> None:
    """Read what the members' own calendars leave no time for. One that cannot be had leaves what was known."""
    sources: dict[str, tuple[Store, Source]] = {}
    states: dict[str, SourceState] = {}
    for member in members:
        own = store.of(member.number)
        calendars = _calendars(config, member)
        known = own.diaries() if calendars else {}
        for source in calendars:
            name = f"{member.number}/{source.id}"
            sources[name] = own, source
            if source.id in known:
                states[name] = replace(known[source.id], id=name)
    if not sources:
        return
    asked = [replace(source, id=name) for name, (_, source) in sources.items()]
    memory = HostMemory(store, now, hidden=None)
    for crawled in answers(asked, states, now, policy_of(config, for_many=True), memory, offline=offline, wish=wish):
        own, source = sources[crawled.source]
        known = own.diaries()
        keep_diary(source, replace(crawled, source=source.id), own, known, now)


def _calendars(config: Config, member: Member) -> list[Source]:
    week = member.wishes.get("week")
    if not isinstance(week, dict) or not week.get("busy"):
        return []
    try:
        return own_calendars(personal(config, member.wishes))
    except ValidationError:  # told when their week is planned
        return []
