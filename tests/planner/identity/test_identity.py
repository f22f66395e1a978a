"""Exact copies become one event; ids are drawn once and kept; unchanged events keep their state to the letter."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from planner.identity import event_id, track_changes
from planner.identity import merge as merge_in
from planner.types import Record
from spiders.items import Event, Place
from tests.support.events import NOW, SHANGHAI, make_event


def merge(records):
    return merge_in(records, SHANGHAI)


def record(source: str, event: Event, key: str | None = None, name: str | None = None, age: int = 0) -> Record:
    seen = NOW - timedelta(days=age)
    return Record(
        source=source, key=key or event.uid, event=replace(event, source=source), event_id=name,
        first_seen=seen, last_seen=NOW, changed=seen,
    )  # fmt: skip


def sources(merged) -> set[frozenset[str]]:
    return {frozenset(each.source for each in one.records) for one in merged}


def test_the_same_title_and_start_in_two_sources_is_one_event():
    one = record("a", make_event("长三角储能沙龙"))
    other = record("b", make_event("长三角 储能沙龙！", uid="x"))
    (merged,) = merge([one, other])
    assert {each.source for each in merged.records} == {"a", "b"}
    assert merged.event.uid == f"{merged.id}@quanzi"


def test_another_start_place_or_title_is_another_event():
    base = make_event("沙龙", place=Place(name="三叶会客厅"))
    others = [
        make_event("沙龙", uid="later", start=base.start + timedelta(hours=1), place=Place(name="三叶会客厅")),
        make_event("沙龙", uid="elsewhere", place=Place(name="半页书店")),
        make_event("第2期沙龙", uid="second", place=Place(name="三叶会客厅")),
    ]
    assert len(merge([record("a", base), *[record("b", each) for each in others]])) == 4


def test_a_place_said_shorter_is_the_same_place():
    one = record("a", make_event("沙龙", place=Place(name="云栖创意园", address="示例路88号")))
    other = record("b", make_event("沙龙", uid="b", place=Place(address="示例路88号 云栖创意园 2 层")))
    assert len(merge([one, other])) == 1


def test_two_instances_of_one_series_never_join():
    first = record("a", make_event("例会"), key="club|20261124")
    second = record("a", make_event("例会", uid="y"), key="club|20261124b")
    assert len(merge([first, second])) == 2


def test_what_one_source_does_not_know_comes_from_another():
    bare = make_event("沙龙")
    full = make_event("沙龙", uid="f", url="https://x.example/1", place=Place(name="三叶"), organizer="商会")
    (merged,) = merge([record("a", bare), record("b", full)])
    assert (merged.event.url, merged.event.organizer) == ("https://x.example/1", "商会")


def test_cancelled_in_one_source_is_cancelled():
    (merged,) = merge(
        [
            record("a", make_event("沙龙", url="https://x.example")),
            record("b", make_event("沙龙", uid="b", status="cancelled")),
        ]
    )
    assert merged.event.status == "cancelled"


@given(st.randoms(use_true_random=False))
def test_ids_do_not_depend_on_the_order(shuffler):
    records = [record(f"s{n % 4}", make_event(f"event {n // 2}", uid=str(n))) for n in range(12)]
    expected = {each.id: sorted(one.key for one in each.records) for each in merge(records)}
    shuffled = list(records)
    shuffler.shuffle(shuffled)
    assert {each.id: sorted(one.key for one in each.records) for each in merge(shuffled)} == expected


def test_an_id_stays_when_title_time_and_place_change():
    first = record("a", make_event("旧名"))
    name = merge([first])[0].id
    moved = replace(
        first, event_id=name, event=make_event("新名", start=NOW + timedelta(days=9), place=Place(name="x"))
    )
    assert merge([moved])[0].id == name


def test_merged_events_keep_the_older_id_and_a_split_leaves_it_with_its_founder():
    a, b = record("a", make_event("沙龙"), age=3), record("b", make_event("沙龙", uid="b"), age=1)
    alone_a, alone_b = merge([a])[0].id, merge([b])[0].id
    a, b = replace(a, event_id=alone_a), replace(b, event_id=alone_b)
    (joined,) = merge([a, b])
    assert joined.id == alone_a
    b = replace(b, event_id=joined.id, event=make_event("另一场", uid="b"))
    ids = {each.records[0].source: each.id for each in merge([a, b])}
    assert ids["a"] == alone_a
    assert ids["b"] != alone_a


def test_ids_are_short_and_plain():
    name = event_id(record("a", make_event("x")))
    assert len(name) == 16
    assert name.isalnum()
    assert name.islower()


def test_life_begins_rises_with_a_change_and_rests_without_one():
    one = record("a", make_event("沙龙"))
    (tracked,), written, changes = track_changes(merge([one]), {}, NOW)
    assert (tracked.state.sequence, tracked.state.changed, changes) == (0, NOW, [])
    states = {state.id: state for state in written}
    later = NOW + timedelta(days=1)
    _, written, changes = track_changes(merge([replace(one, event_id=tracked.state.id)]), states, later)
    assert (written, changes) == ([], [])
    moved = replace(one, event_id=tracked.state.id, event=make_event("沙龙", start=NOW + timedelta(days=8)))
    (again,), written, changes = track_changes(merge([moved]), states, later)
    assert (again.state.sequence, again.state.changed, again.state.first_seen) == (1, later, NOW)
    assert [(change.field, change.after) for change in changes] == [("start", "2026-11-28T20:00:00+08:00")]


def test_a_description_alone_is_no_change_that_a_subscriber_must_see():
    one = record("a", make_event("沙龙", description="old"))
    (tracked,), written, _ = track_changes(merge([one]), {}, NOW)
    states = {state.id: state for state in written}
    new = replace(one, event_id=tracked.state.id, event=make_event("沙龙", description="new"))
    _, written, _ = track_changes(merge([new]), states, NOW + timedelta(days=1))
    assert not written


def test_many_equal_titles_in_one_feed_do_not_join():
    records = [record("a", make_event("同名", uid=str(n), place=Place(name=str(n)))) for n in range(300)]
    random.Random(1).shuffle(records)
    assert len(merge(records)) == 300


def test_sources_are_listed_sorted():
    merged = merge([record("b", make_event("x")), record("a", make_event("x", uid="2"))])
    assert sources(merged) == {frozenset({"a", "b"})}
    assert [each.source for each in merged[0].records] == ["a", "b"]
