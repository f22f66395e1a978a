"""Deciding, after each gathering, which records are one event: only on the days where something changed.

What was decided stays decided; a day is looked at again when a record of it is new, changed, missed, or was one event
with such a record.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from planner.config import Config
from planner.gather import DAYS_AHEAD
from planner.identity import carried, notices
from planner.identity.lifecycle import track_changes
from planner.identity.merge import day_of, merge
from planner.identity.own_word import inherited_words, with_own_words
from planner.identity.recovery import published_states, with_published_ids
from planner.store import Store
from planner.types import DAYS_THE_PAST_STAYS, OWN, EventState, Merged, OwnWord, Record, is_carried
from spiders.version import VERSION

DAYS_OF_THE_UNDATED = 14
"""What names no time is shown so long after its source last said it."""
SETTLED_FOR = "identity settled for"
RULES = 2
"""Which rules of `match` settled it; to be raised with them, so that every day is settled anew once."""
ONE_DAY = timedelta(days=1)


def reconcile(config: Config, store: Store, now: datetime) -> None:
    """Records -> events of ours: new ids, changes and sequence numbers, written in one transaction."""
    settled_for = " ".join([VERSION, str(RULES), config.timezone, *sorted(_heard(config, store))])
    everything = store.fact(SETTLED_FOR) != settled_for
    days = None if everything else _days(store.unresolved(), config)
    if days is None:
        records = known_records(config, store, now)
    else:
        known = _notices(config, store)
        if not days and not known.new:
            return
        records, days = _settled_together(config, store, known, days)
    merged = merge(records, config.zone)
    states, recovered = _states(config, store, days)
    if recovered:
        merged = with_published_ids(merged, recovered)
    told = carried.overtaken(merged)
    if told:
        records = carried.without_carried(records, told)
        merged = merge(records, config.zone)
    words = store.own_words()
    inherited = inherited_words(merged, words)
    _, written, changes = track_changes(with_own_words(merged, words | inherited), states, now)
    with store.transaction():
        for name, word in inherited.items():
            store.put_own_word(name, word)
        for source, key in told:
            if is_carried(source):
                store.drop_records(source, [key])
        store.assign([*((event, *member) for member, event in told.items()), *_new_members(merged)])
        store.mark_resolved(records)
        store.look_again(_said_meanwhile(words, store.own_words()) - inherited.keys())
        store.put_event_states([*recovered.values(), *written], changes)
        store.put_fact(SETTLED_FOR, settled_for)


def _said_meanwhile(before: Mapping[str, OwnWord], now: Mapping[str, OwnWord]) -> set[str]:
    """The events of which the user told something, or took it back, while they were looked at."""
    return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}


def known_records(config: Config, store: Store, now: datetime) -> list[Record]:
    """What sources and the user say of the time that events are known of."""
    heard = _heard(config, store)
    dated = _dated_by_user(store)
    undated = [
        each for each in store.undated() if each.source in heard and (each.event.notice or each.event_id in dated)
    ]
    return [*records_of(config, store, *horizon(now)), *undated]


def _dated_by_user(store: Store) -> set[str]:
    """The ids of the events whose time the user told, which their sources may not."""
    return {name for name, word in store.own_words().items() if "time" in word.fields}


def undated_records(config: Config, store: Store, now: datetime) -> list[Record]:
    """Announcements without a time, as long as a source spoke of them lately."""
    heard, dated = _heard(config, store), _dated_by_user(store)
    return [
        record
        for record in store.undated()
        if record.source in heard
        and not record.event.notice
        and record.event_id not in dated
        and now - record.last_seen <= timedelta(days=DAYS_OF_THE_UNDATED)
    ]


def horizon(now: datetime) -> tuple[datetime, datetime]:
    """From when to when events are known: what was over a month ago is not, nor what begins in four months."""
    return now - timedelta(days=DAYS_THE_PAST_STAYS), now + timedelta(days=DAYS_AHEAD)


def records_of(config: Config, store: Store, since: datetime, until: datetime) -> list[Record]:
    """What sources and the user's own announcements say of a time, what was running then included."""
    heard = _heard(config, store)
    return [record for record in store.records(since, until, running=True) if record.source in heard]


def _heard(config: Config, store: Store) -> set[str]:
    """Whose word counts: that of the configured sources, of the user, and of sources that were taken out by a command,
    of which it is no longer confirmed. A source that was taken out by hand says nothing any more."""
    return {entry.id for entry in config.sources} | {OWN} | store.retired().keys()


def _days(starts: Iterable[datetime], config: Config) -> list[date]:
    """The days that records of these starts may fall on: an all-day event of a zone further east begins here on the
    day before."""
    days = {start.astimezone(config.zone).date() for start in starts}
    return sorted(days | {day + ONE_DAY for day in days})


def _records_of_days(config: Config, store: Store, days: list[date]) -> list[Record]:
    """All records of these days, so that whole days are judged: no day is judged by halves."""
    wanted, heard = set(days), _heard(config, store)
    found: dict[tuple[str, str], Record] = {}
    for first, last in _runs(days):
        begin = datetime.combine(first - ONE_DAY, time(), config.zone)
        for record in store.records(begin, datetime.combine(last + 2 * ONE_DAY, time(), config.zone)):
            if record.source in heard and day_of(record.event, config.zone) in wanted:
                found[record.source, record.key] = record
    return list(found.values())


@dataclass(frozen=True, slots=True)
class _Notices:
    """The notices of the store, those that were not looked at, and the days that each is known to tie together."""

    every: list[Record]
    new: frozenset[tuple[str, str]]
    ties: dict[tuple[str, str], set[date]]


def _notices(config: Config, store: Store) -> _Notices:
    heard = _heard(config, store)
    every = [record for record in store.notices() if record.source in heard]
    new = frozenset((record.source, record.key) for record in store.notices(new=True)) if every else frozenset()
    beside = store.records_of_events({record.event_id for record in every if record.event_id is not None})
    ties: dict[tuple[str, str], set[date]] = {}
    for record in every:
        spans = [notices.days_named(record)]
        if (record.source, record.key) in new:
            spans.append(notices.days_meant(record, config.zone))
        held = [day_of(each.event, config.zone) for each in (record, *beside.get(record.event_id or "", ()))]
        named = (day for span in spans if span is not None for day in _each_day(*span))
        ties[record.source, record.key] = {*filter(None, held), *named}
    return _Notices(every, new & ties.keys(), ties)


def _settled_together(
    config: Config, store: Store, known: _Notices, days: list[date]
) -> tuple[list[Record], list[date]]:
    """The records of these days, and of those that a notice ties to them; with the notices themselves.

    A notice ties the days of its event, and those that it names. One that names none and was joined with no event ties
    all days that it may mean, once an event that it fits, or made doubtful, is among those that are looked at.
    """
    wanted = set(days).union(*(known.ties[name] for name in known.new))
    loaded: set[date] = set()
    records: list[Record] = []
    while loaded != wanted:
        wanted = _tied(wanted, known.ties.values())
        records += _records_of_days(config, store, sorted(wanted - loaded))
        loaded = wanted
        meant = {number: _each_day(*notices.days_meant(each, config.zone)) for number, each in enumerate(known.every)}
        open_ones = [
            number
            for number, each in enumerate(known.every)
            if each.event_id is None and not wanted.issuperset(meant[number]) and not wanted.isdisjoint(meant[number])
        ]
        if open_ones:
            doubted = _doubted(config, store, sorted(wanted))
            fitted = notices.may_mean([known.every[number] for number in open_ones], records, config.zone, doubted)
            wanted = wanted.union(*(meant[open_ones[place]] for place in fitted))
    undated = [record for record in known.every if record.event.start is None]
    return [*records, *undated], sorted(wanted)


def _tied(days: set[date], ties: Collection[set[date]]) -> set[date]:
    """These days and all that are tied to them, be it through others."""
    found = days.union(*(tied for tied in ties if not tied.isdisjoint(days)))
    return found if found == days else _tied(found, ties)


def _doubted(config: Config, store: Store, days: list[date]) -> set[str]:
    """The ids of events around these days that were shown as doubtful."""
    states = _states(config, store, days)[0]
    return {name for name, state in states.items() if state.snapshot["status"] == "doubtful"}


def _each_day(first: date, last: date) -> list[date]:
    return [first + number * ONE_DAY for number in range((last - first).days + 1)]


def _runs(days: list[date]) -> Iterable[tuple[date, date]]:
    """Days in order -> stretches without a gap."""
    first = last = days[0]
    for day in days[1:]:
        if day - last > ONE_DAY:
            yield first, last
            first = day
        last = day
    yield first, last


def _states(
    config: Config, store: Store, days: list[date] | None
) -> tuple[dict[str, EventState], dict[str, EventState]]:
    """-> (how the events stood, what of it was read back from published calendars because the store is new)."""
    if days is not None:
        begin = datetime.combine(days[0] - ONE_DAY, time(), config.zone)
        return store.event_states_of_records(begin, datetime.combine(days[-1] + 2 * ONE_DAY, time(), config.zone)), {}
    states = store.event_states()
    if states:
        return states, {}
    recovered = published_states(Path(config.output.folder), config.zone)
    return recovered, recovered


def _new_members(merged: Iterable[Merged]) -> list[tuple[str, str, str]]:
    return [
        (each.id, record.source, record.key) for each in merged for record in each.records if record.event_id != each.id
    ]
