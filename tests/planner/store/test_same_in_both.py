"""Whatever is done to a store, both dialects hold the same afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.store import SourceState, Store
from planner.store.rows import LATEST, schema_at
from planner.types import Change, EventState, OwnWord
from spiders.items import Event
from tests.support.events import NOW, make_event

DAY = timedelta(days=1)
KEYS = ("a", "B", "ä", "a b%_\\", "张'\"", "n\0ul")
SOURCES = ("club", "Hall")

keys = st.lists(st.sampled_from(KEYS), max_size=3)
sources = st.sampled_from(SOURCES)
days = st.integers(0, 60)
TITLES = ("Jam", "JÄM", "桌游 100%", "it's ? %s")


@st.composite
def events(draw: st.DrawFn) -> dict[str, Event]:
    def one() -> Event:
        start = NOW + draw(st.integers(-9, 40)) * DAY if draw(st.integers(0, 5)) else None
        end = start and draw(st.none() | st.integers(1, 40).map(lambda hours: start + hours * timedelta(hours=9)))
        event = replace(make_event(draw(st.sampled_from(TITLES))), start=start, end=end)
        return replace(event, notice="off", status="cancelled") if draw(st.integers(0, 4)) == 0 else event

    return {key: one() for key in draw(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4))}


def step(name: str, *values: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[str, tuple[Any, ...]]]:
    return st.tuples(st.just(name), st.tuples(*values))


moments = days.map(lambda number: NOW + number * DAY)
names = st.sampled_from(("e", "E", "é"))
states = names.map(lambda name: EventState(id=name, snapshot={"title": name}, sequence=1, first_seen=NOW, changed=NOW))
changes = names.map(lambda name: Change(event=name, at=NOW, field="start", before="n\0ul", after=None))
texts = st.sampled_from(("2026-11-20", "2026-11-21", "2026-12-01"))
STEPS = st.one_of(
    step("put_records", sources, events(), moments),
    step("put_records", sources, events(), moments),
    step("drop_records", sources, keys),
    step("rekey", sources, st.dictionaries(st.sampled_from(KEYS[:3]), st.sampled_from(KEYS[3:]), max_size=1)),
    step("touch_records", sources, moments),
    step("miss", sources, keys, texts),
    step("miss_again", sources, texts),
    step("assign", st.lists(st.tuples(names, sources, st.sampled_from(KEYS)), max_size=3)),
    step("put_event_states", st.lists(states, max_size=2), st.lists(changes, max_size=2)),
    step("put_own_word", names, st.none() | names.map(lambda name: OwnWord(id=name, at=NOW, removed=True))),
    step("put_source", sources.map(lambda name: SourceState(id=name, address="n\0", tried=NOW, outcome="ok"))),
    step("retire", sources, st.just({"url": "x"}), moments),
    step("revive", st.lists(sources, max_size=1)),
    step("forget", sources),
    step("put_host_wait", sources, moments),
    step("put_second_answer", texts, texts, moments),
    step("count_second_call", texts),
    step("put_evidence", st.dictionaries(texts, texts, max_size=2), moments),
    step("put_communities", st.frozensets(texts, max_size=2), moments),
    step("put_run", st.just("week"), st.just([]), moments),
    step("put_trial", texts, st.just({}), moments),
    step("prune", moments, st.just(30)),
)


def done(store: Store, name: str, values: tuple[Any, ...]) -> object:
    with store.transaction():
        return getattr(store, name)(*values)


def held(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables but what is drawn."""
    return {
        table: sorted(store._db.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall(), key=repr)
        for table, columns in schema_at(LATEST).items()
        if table != "facts"
    }


def told(store: Store) -> list[object]:
    """What is asked of it, in the order in which it answers: outputs must not depend on how rows lie on a disk."""
    begin, end = NOW, NOW + 30 * DAY
    answers = [
        store.records(begin, end),
        store.records(begin + 9 * DAY, end, running=True),
        *(store.records_telling([word], begin, end) for word in ("jam", "jäm", "0%", "_", "a", "?")),
        store.records_telling([], begin, end),
        store.undated(),
        store.unresolved(),
        *(store.notices(new=new) for new in (True, False)),
        *(store.future_of(source, begin, end) for source in SOURCES),
        store.records_of_events(["e", "E"]),
        store.event_states(),
        store.event_states_of_records(begin, end),
        store.changes(NOW),
        store.own_words(),
        store.sources(),
        store.retired(),
        store.last_seen_of_sources(),
        store.host_waits(NOW),
        *(store.starting(source) for source in SOURCES),
        store.last_run(),
        store.last_runs(),
        store.communities(),
    ]
    return [list(each.items()) if isinstance(each, dict) else each for each in answers]


SAID = step("put_records", sources, events(), moments)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(first=st.lists(SAID, min_size=2, max_size=3), more=st.lists(STEPS, max_size=12))
def test_both_hold_and_tell_the_same(database, first, more):
    with Store(":memory:") as one, Store(database) as other:
        for table in schema_at(LATEST):
            other._db.execute(f"TRUNCATE {table} RESTART IDENTITY")
        for name, values in (*first, *more):
            assert done(one, name, values) == done(other, name, values)
        assert held(one) == held(other)
        assert told(one) == told(other)
        with one.transaction(), other.transaction():
            for store in (one, other):
                store.mark_resolved([*store.records(NOW, NOW + 99 * DAY), *store.undated()])
        assert held(one) == held(other)
        assert one.unresolved() == other.unresolved()
