"""What only the published calendars still know, after a store was damaged: it stays as subscribers see it.

Such an event is told by a source of our own, one for each track, open or closed to the public as the calendar was. To
the rest of the program it is a source that was taken out of the configuration: nobody asks it, its word stands without
being confirmed, until a real source tells the event again, which then takes its place under the same id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from planner.config import Config
from planner.identity.recovery import PLAN, PUBLIC, Entry, published_entries
from planner.store import SourceState, Store
from planner.store.shown import keep_ids_in_public, shown_in_public
from planner.types import Merged, Record, is_carried, name_of_carried


def read_back(config: Config) -> tuple[list[Entry], list[Entry]]:
    """-> (what the calendar of the plan holds, what the public one holds), each with the hours of the event itself."""
    folder = Path(config.output.folder)
    planned, public = (published_entries(folder / name, config.zone) for name in (PLAN, PUBLIC))
    own_hours = {each.state.id: each for each in public}
    return [_with_hours(each, own_hours.get(each.state.id)) for each in planned], public


def _with_hours(planned: Entry, public: Entry | None) -> Entry:
    """What is open for days stands in the plan at the hours of the visit."""
    if public is None or public.event.start == planned.event.start:
        return planned
    hours = {name: getattr(public.event, name) for name in ("start", "end", "all_day", "timezone")}
    snapshot = {**planned.state.snapshot, **{name: public.state.snapshot[name] for name in ("start", "end")}}
    state = replace(planned.state, snapshot=snapshot)
    return replace(planned, event=replace(planned.event, **hours), state=state, visit=planned.event.start)


def carry_over(store: Store, planned: Sequence[Entry], public: Sequence[Entry], now: datetime) -> None:
    """Put into a store what the calendars know and it does not: how events stand, the events that no record is left of,
    and which are public. Write inside ``transaction``."""
    known = store.event_states()
    published = {each.state.id: each.state for each in (*public, *planned)}
    store.put_event_states(
        [state for name, state in published.items() if name not in known or known[name].sequence < state.sequence], ()
    )
    left = {name for name, records in store.records_of_events(published).items() if records}
    for entries, is_public in ((public, True), (planned, False)):
        by_track: dict[str, list[Entry]] = defaultdict(list)
        for each in entries:
            if each.state.id not in left:
                by_track[each.track or "other"].append(each)
        for track, lost in by_track.items():
            _put(store, track, lost, now, is_public=is_public)
    if shown_in_public(store) is None and public:
        keep_ids_in_public(store, [each.state.id for each in public])


def _put(store: Store, track: str, entries: Iterable[Entry], now: datetime, *, is_public: bool) -> None:
    source = name_of_carried(track, is_public=is_public)
    events = {each.state.id: replace(each.event, source=source) for each in entries}
    store.put_source(SourceState(id=source, address=source, tried=now, outcome="quiet"))
    store.put_records(source, events, now)
    store.assign((name, source, name) for name in events)
    store.retire(source, {"text": source, "track": track, **({} if is_public else {"public": False})}, now)


def overtaken(merged: Iterable[Merged]) -> dict[tuple[str, str], str]:
    """(source, key) of every record in whose event a real source speaks beside the published calendars -> its event."""
    return {
        (record.source, record.key): each.id
        for each in merged
        if len({is_carried(record.source) for record in each.records}) == 2
        for record in each.records
    }


def without_carried(records: Iterable[Record], told: dict[tuple[str, str], str]) -> list[Record]:
    """Records without those that a real source took the place of, which then speaks for the same event."""
    return [
        replace(record, event_id=told.get((record.source, record.key), record.event_id))
        for record in records
        if not (is_carried(record.source) and (record.source, record.key) in told)
    ]
