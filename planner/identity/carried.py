"""What only the published calendars still know, after a store was damaged: it stays as subscribers see it.

Such an event is told by a source of our own, one for each track, open or closed to the public as the calendar was. To
the rest of the program it is a source that was taken out of the configuration: nobody asks it, its word stands without
being confirmed, until a real source tells the event again, which then takes its place under the same id.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from planner.config import Config
from planner.identity.lifecycle import VISIBLE_FIELDS, snapshot_of, track_changes
from planner.identity.merge import load_groups
from planner.identity.own_word import with_own_words
from planner.identity.recovery import PLAN, PUBLIC, Entry, published_entries
from planner.privacy import redact
from planner.store import SourceState, Store
from planner.store.shown import keep_ids_in_public, shown_in_public
from planner.types import OWN, EventState, Merged, Record, is_carried, name_of_carried


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


def carry_over(store: Store, planned: Sequence[Entry], public: Sequence[Entry], zone: ZoneInfo, now: datetime) -> None:
    """Put into a store what the calendars know and it does not: how events stand, those of which the records that are
    left tell nothing or something else, and which are public. Write inside ``transaction``."""
    known = store.event_states()
    published = {each.state.id: each.state for each in (*public, *planned)}
    standing = {name: _newer(known.get(name), state) for name, state in published.items()}
    store.put_event_states((state for name, state in standing.items() if state is not known.get(name)), ())
    store.forget_unknown_ids()
    records = store.records_of_events(published)
    _, changed, _ = track_changes(_groups(store, records, zone), standing, now)
    lost = {name for name, told in records.items() if not told} | {state.id for state in changed} & published.keys()
    for record in (each for name in lost for each in records[name] if each.source != OWN):
        store.drop_records(record.source, [record.key])
    for entries, is_public in ((public, True), (planned, False)):
        by_track: dict[str, list[Entry]] = defaultdict(list)
        for each in entries:
            if each.state.id in lost:
                by_track[each.track or "other"].append(each)
        for track, of_track in by_track.items():
            _put(store, track, of_track, now, is_public=is_public)
    carried = _groups(store, store.records_of_events(lost), zone)
    store.put_event_states((_as_carried(each, standing[each.id], published[each.id]) for each in carried), ())
    if shown_in_public(store) is None and public:
        keep_ids_in_public(store, [each.state.id for each in public])


def _groups(store: Store, records: Mapping[str, Sequence[Record]], zone: ZoneInfo) -> list[Merged]:
    return with_own_words(load_groups([each for told in records.values() for each in told], zone), store.own_words())


def _newer(known: EventState | None, published: EventState) -> EventState:
    """How an event stands: what the store says of it has no hidden words, and is believed unless it is older."""
    return published if known is None or known.sequence < published.sequence else known


def _as_carried(carried: Merged, standing: EventState, published: EventState) -> EventState:
    """How an event stands of which the calendars are the last word: as the store says, if that differs from what was
    published by no more than what is hidden in public."""
    seen = snapshot_of(carried.event)
    if all(_hidden(standing.snapshot.get(field)) == _hidden(seen[field]) for field in VISIBLE_FIELDS):
        return standing
    return replace(published, snapshot=seen, sequence=standing.sequence)


def _hidden(text: str | None) -> str | None:
    return None if text is None else redact(text)


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
