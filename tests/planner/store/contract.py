"""What every store must do. A store is tested by a subclass of `StoreTests` that says how one is opened.

It gives the fixture ``store``, an empty store, open; and where it outlives its closing ``reopen``, which opens it anew.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planner.store import SourceState, Store
from planner.store.values import KeptRules
from planner.types import DAYS_BEFORE_GONE, Arrival, Change, EventState, Feedback, Keyword, TakenHours
from spiders.items import Validators
from spiders.reasons import Code, Reason
from tests.support.events import NOW, full_event, make_event

HORIZON = NOW + timedelta(days=30)
DAY = timedelta(days=1)
STATE = SourceState(
    id="club", address="x", known=Validators(etag='"1"', last_modified="then", digest="d"),
    read_from=NOW, read_until=NOW, tried=NOW, good=NOW, outcome="ok", reason=None, count=3, failures=1,
    not_before=NOW, notes=(Reason(Code.EVENTS_SKIPPED, count=1, why=Reason(Code.NO_START)),), reader="ical",
    moved_to="https://new.example/", moved_seen=2, retired=NOW, held=NOW,
)  # fmt: skip
EVENT_STATE = EventState(id="e", snapshot={"title": "读书会"}, sequence=2, first_seen=NOW, changed=NOW)


def event_change(event: str = "e", at: datetime = NOW, field: str = "start") -> Change:
    return Change(event=event, at=at, field=field, before="a", after=None)


def verdict(what: str, event: str = "e", at: datetime = NOW) -> Feedback:
    return Feedback(event=event, verdict=what, at=at, title="桌游夜", features=(("word", "桌游"),))  # type: ignore[arg-type]


class StoreTests:
    """The contract."""

    @pytest.fixture
    def store(self) -> Store:
        raise NotImplementedError

    # Transactions.

    def test_a_transaction_is_all_or_nothing(self, store):
        def fail() -> None:
            with store.transaction():
                store.put_records("club", {"a": make_event("a")}, NOW)
                store.put_fact("name", "value")
                raise RuntimeError

        with pytest.raises(RuntimeError):
            fail()
        assert store.records(NOW, HORIZON) == []
        assert store.fact("name") is None
        with store.transaction():
            store.put_fact("name", "value")
        assert store.fact("name") == "value"

    # Sources.

    def test_sources_come_back_whole_and_are_replaced(self, store):
        failed = replace(STATE, outcome="failed", reason=Reason(Code.STATUS_ERROR, status=502), known=Validators())
        never_good = SourceState(id="other", address="y", tried=NOW, outcome="failed")
        with store.transaction():
            store.put_source(STATE)
            store.put_source(never_good)
        assert store.sources() == {"club": STATE, "other": never_good}
        with store.transaction():
            store.put_source(failed)
        assert store.sources()["club"] == failed

    def test_records_that_are_dropped_are_no_longer_there_and_their_events_are_looked_at_anew(self, store):
        with store.transaction():
            for source in ("club", "hall"):
                store.put_records(source, {"a": make_event("a"), "b": make_event("b")}, NOW)
            store.assign([("one", "club", "a"), ("one", "hall", "a"), ("two", "hall", "b")])
            store.mark_resolved(store.records(NOW, HORIZON))
            store.drop_records("club", ["a", "unknown"])
        assert {(each.source, each.key) for each in store.records(NOW, HORIZON)} == {
            ("club", "b"), ("hall", "a"), ("hall", "b"),
        }  # fmt: skip
        assert len(store.unresolved()) == 1

    def test_rules_of_hosts_hold_for_thirty_days_and_waits_until_they_are_over(self, store):
        old, gone = "http://old.example:8000", "https://gone.example"
        with store.transaction():
            store.put_robots(old, b"User-agent: *", NOW - 9 * DAY)
            store.put_robots(old, b"\xff\x00", NOW)
            store.put_robots(gone, b"", NOW - 30 * DAY)
            store.put_host_wait("old.example", NOW + DAY)
            store.put_host_wait("old.example", NOW)  # never sooner than was asked
            store.put_host_wait("gone.example", NOW)
        assert store.robots(NOW) == {old: KeptRules(rules=b"\xff\x00", fetched=NOW)}
        assert store.host_waits(NOW) == {"old.example": NOW + DAY}
        with store.transaction():
            store.prune(NOW, 90)
        assert set(store.robots(NOW - DAY)) == {old}
        assert set(store.host_waits(NOW - DAY)) == {"old.example"}

    def test_when_a_source_last_said_anything_and_of_when(self, store):
        with store.transaction():
            store.put_records("club", {"a": make_event("a"), "b": make_event("b", start=NOW + 9 * DAY)}, NOW)
            store.put_records("hall", {"c": replace(make_event("c"), start=None)}, NOW + DAY)
        found = store.last_seen_of_sources()
        assert {name: (each.at, each.begins) for name, each in found.items()} == {
            "club": (NOW, NOW + 9 * DAY),
            "hall": (NOW + DAY, None),
        }

    # Records.

    def test_records_are_kept_whole_and_found_by_their_time(self, store):
        event, undated = full_event(), replace(make_event("?"), start=None)
        with store.transaction():
            store.put_records("club", {"one": event, "undated": undated}, NOW)
        (record,) = store.records(NOW, HORIZON)
        assert (record.source, record.key, record.event, record.event_id) == ("club", "one", event, None)
        assert (record.first_seen, record.last_seen, record.missed) == (NOW, NOW, 0)
        assert [each.event for each in store.undated()] == [undated]
        assert store.records(event.start, event.start + timedelta(seconds=1)) == [record]
        assert store.records(NOW, event.start) == [], "the end is exclusive"

    def test_the_order_does_not_depend_on_how_they_came(self, store):
        events = {key: make_event(key) for key in "ba"}
        with store.transaction():
            store.put_records("hall", events, NOW)
            store.put_records("club", {"late": make_event("late", start=NOW + 9 * DAY), **events}, NOW)
        found = [(each.source, each.key) for each in store.records(NOW, HORIZON)]
        assert found == [("club", "a"), ("club", "b"), ("hall", "a"), ("hall", "b"), ("club", "late")]

    def test_seen_again_and_changed_are_told_apart(self, store):
        with store.transaction():
            store.put_records("club", {"same": make_event("same"), "new title": make_event("old")}, NOW)
        with store.transaction():
            store.put_records("club", {"same": make_event("same"), "new title": make_event("new")}, NOW + DAY)
        found = {record.key: record for record in store.records(NOW, HORIZON)}
        assert (found["same"].changed, found["same"].last_seen) == (NOW, NOW + DAY)
        assert (found["new title"].changed, found["new title"].first_seen) == (NOW + DAY, NOW)

    def test_what_a_source_no_longer_says_stays_as_it_was_last_seen(self, store):
        for number, keys in enumerate(("ab", "a")):
            with store.transaction():
                store.put_records("club", {key: make_event(key) for key in keys}, NOW + number * DAY)
        assert {each.key: each.last_seen for each in store.records(NOW, HORIZON)} == {"a": NOW + DAY, "b": NOW}

    def test_an_unchanged_answer_says_all_of_the_last_one_again(self, store):
        with store.transaction():
            store.put_records("club", {"gone": make_event("gone")}, NOW - DAY)
            store.put_records("club", {"a": make_event("a")}, NOW)
            store.put_records("hall", {"a": make_event("a")}, NOW)
            store.touch_records("club", NOW + DAY)
        found = {(each.source, each.key): each.last_seen for each in store.records(NOW, HORIZON)}
        assert found == {("club", "gone"): NOW - DAY, ("club", "a"): NOW + DAY, ("hall", "a"): NOW}

    def test_what_a_good_answer_lacks_is_counted_once_a_day_until_it_is_gone(self, store):
        def missed() -> int:
            return store.records(NOW, HORIZON)[0].missed

        def known() -> bool:
            return "a" in store.future_of("club", NOW, HORIZON)

        with store.transaction():
            store.put_records("club", {"a": make_event("a")}, NOW)
            store.miss("club", ["a"], "2026-11-20")
            store.miss("club", ["a"], "2026-11-20")
        assert (missed(), known()) == (1, True)
        with store.transaction():
            store.miss_again("club", "2026-11-20")
        assert missed() == 1
        with store.transaction():
            store.miss_again("club", "2026-11-21")
        assert (missed(), known()) == (DAYS_BEFORE_GONE - 1, True)
        with store.transaction():
            store.miss_again("club", "2026-11-22")
        assert (missed(), known()) == (DAYS_BEFORE_GONE, False)
        with store.transaction():
            store.put_records("club", {"a": make_event("a")}, NOW + 3 * DAY)
        assert (missed(), known()) == (0, True), "it is there again"
        with store.transaction():
            store.miss("club", ["a"], "2026-11-24", times=DAYS_BEFORE_GONE)
        assert (missed(), known()) == (DAYS_BEFORE_GONE, False)

    def test_what_is_new_changed_missed_or_was_one_with_it_is_unresolved(self, store):
        start = make_event("a").start
        with store.transaction():
            store.put_records("club", {"a": make_event("a")}, NOW)
            store.put_records("hall", {"b": make_event("b", start=start + DAY)}, NOW)
        assert store.unresolved() == [start, start + DAY]
        members = [("club", "a"), ("hall", "b")]
        with store.transaction():
            store.assign([("e", *member) for member in members])
            store.mark_resolved(store.records(NOW, HORIZON))
        assert store.unresolved() == []
        assert {each.event_id for each in store.records(NOW, HORIZON)} == {"e"}
        with store.transaction():
            store.put_records("club", {"a": make_event("anew")}, NOW + DAY)
        assert store.unresolved() == [start, start + DAY]

    # Events of ours.

    def test_events_and_their_changes_come_back(self, store):
        later = replace(EVENT_STATE, sequence=3, changed=NOW + DAY)
        with store.transaction():
            store.put_event_states([EVENT_STATE], [event_change()])
            store.put_event_states(
                [later], [event_change(at=NOW + DAY, field="place"), event_change("other", NOW + DAY)]
            )
        assert store.event_states() == {"e": later}
        assert [each.field for each in store.history("e")] == ["start", "place"]
        assert store.changes(NOW + DAY) == [event_change(at=NOW + DAY, field="place"), event_change("other", NOW + DAY)]

    def test_events_are_found_by_the_time_of_their_records(self, store):
        with store.transaction():
            store.put_records("club", {"a": make_event("a")}, NOW)
            store.assign([("e", "club", "a")])
            store.put_event_states([EVENT_STATE, replace(EVENT_STATE, id="without records")], [])
        assert set(store.event_states_of_records(NOW, HORIZON)) == {"e"}
        assert store.event_states_of_records(HORIZON, HORIZON + DAY) == {}

    def test_what_is_long_over_is_forgotten_and_nothing_else(self, store):
        long_ago = NOW - 100 * DAY
        old, undated = make_event("old", start=long_ago), replace(make_event("undated"), start=None)
        with store.transaction():
            store.put_records("club", {"old": old, "undated": undated}, long_ago)
            store.put_records("club", {"still said": make_event("x", start=long_ago), "coming": make_event("y")}, NOW)
            store.assign([("kept", "club", "coming")])
            states = [replace(EVENT_STATE, id=name, changed=long_ago) for name in ("kept", "gone")]
            store.put_event_states(states, [event_change(name, long_ago) for name in ("kept", "gone")])
            store.put_trial("2026-W33", {}, long_ago)
            store.put_plan("2026-W33", {"picks": []}, long_ago)
            store.prune(NOW, 60)
        assert {each.key for each in store.records(long_ago, HORIZON)} == {"still said", "coming"}
        assert store.undated() == []
        assert set(store.event_states()) == {each.event for each in store.changes(long_ago)} == {"kept"}
        assert (store.trial("2026-W33"), store.plan("2026-W33")) == (None, {"picks": []})

    # Planning.

    def test_plans_and_trials_are_two_things(self, store):
        with store.transaction():
            store.put_plan("2026-W47", {"picks": [1]}, NOW)
            store.put_plan("2026-W48", {"picks": [2]}, NOW)
            store.put_trial("2026-W48", {"picks": [3]}, NOW)
            store.put_trial("2026-W48", {"picks": [4]}, NOW)
        assert (store.plan("2026-W48"), store.trial("2026-W48")) == ({"picks": [2]}, {"picks": [4]})
        assert (store.plan("2026-W49"), store.trial("2026-W47")) == (None, None)
        assert store.plans_since("2026-W48") == {"2026-W48": {"picks": [2]}}
        with store.transaction():
            store.drop_trial("2026-W48")
            store.put_plan("2026-W48", {"picks": []}, NOW)
        assert (store.plan("2026-W48"), store.trial("2026-W48")) == ({"picks": []}, None)

    def test_the_last_run_is_known(self, store):
        assert store.last_run() is None
        with store.transaction():
            for number in range(120):
                store.put_run("week", [{"source": str(number)}], NOW + timedelta(minutes=number))
        assert store.last_run() == (NOW + timedelta(minutes=119), [{"source": "119"}])

    def test_communities_are_as_old_as_when_they_were_first_heard_of(self, store):
        with store.transaction():
            store.put_communities({"dice club"}, NOW)
            store.put_communities({"dice club", "样板社"}, NOW + DAY)
        assert store.communities() == {"dice club": NOW, "样板社": NOW + DAY}

    def test_facts_are_replaced(self, store):
        assert store.fact("mail 2026-W48") is None
        with store.transaction():
            store.put_fact("mail 2026-W48", "sending")
            store.put_fact("mail 2026-W48", "sent")
        assert store.fact("mail 2026-W48") == "sent"

    # Persons.

    def test_what_is_one_person_s_own_is_nobody_else_s(self, store):
        other = store.of(7)
        with store.transaction():
            for each, title in ((store, "桌游夜"), (other, "辩论夜")):
                each.put_plan("2026-W48", {"picks": [title]}, NOW)
                each.put_trial("2026-W49", {"picks": [title]}, NOW)
                each.put_own_fact("rating", title)
                each.put_feedback(replace(verdict("like"), title=title))
                each.put_keywords([Keyword(list="practice", word=title, weight=1.0, since=NOW, caught=None)])
                each.put_arrival(Arrival(digest="d", at=NOW, origin="folder", name=title))
                each.put_diary(replace(STATE, id="busy-1", address=title), [TakenHours(start=NOW, end=NOW + DAY)])
            other.put_diary(replace(STATE, id="busy-1"), [TakenHours(start=NOW, end=NOW + 2 * DAY, perhaps=True)])
        for each, title in ((store, "桌游夜"), (other, "辩论夜")):
            assert each.plan("2026-W48") == each.trial("2026-W49") == {"picks": [title]}
            assert each.plans_since("2026-W01") == {"2026-W48": {"picks": [title]}}
            assert each.own_fact("rating") == title
            assert [given.title for given in each.feedback()] == [title]
            assert [keyword.word for keyword in each.keywords()] == [title]
            arrival = each.arrival("d")
            assert arrival is not None
            assert arrival.name == title
            assert each.arrivals_since(NOW) == (arrival,)
        assert store.taken_hours(["busy-1"]) == (TakenHours(start=NOW, end=NOW + DAY),)
        assert other.taken_hours(["busy-1"]) == (TakenHours(start=NOW, end=NOW + 2 * DAY, perhaps=True),)
        with store.transaction():
            assert other.forget_feedback(None) == 1
            other.drop_trial("2026-W49")
            other.put_keywords([])
            other.keep_diaries([])
        assert store.feedback()
        assert store.trial("2026-W49")
        assert store.keywords()
        assert store.diaries()
        assert store.of(8).own_fact("rating") is store.of(8).plan("2026-W48") is None

    def test_a_calendar_that_could_not_be_had_leaves_its_hours(self, store):
        hours = [TakenHours(start=NOW, end=NOW + DAY), TakenHours(start=NOW, end=NOW + DAY, perhaps=True)]
        first, second = replace(STATE, id="busy-1"), replace(STATE, id="busy-2", outcome="failed")
        with store.transaction():
            store.put_diary(first, hours)
            store.put_diary(replace(first, outcome="failed"), None)
            store.put_diary(second, None)
        assert store.diaries() == {"busy-1": replace(first, outcome="failed"), "busy-2": second}
        assert store.taken_hours(["busy-2", "busy-1"]) == tuple(hours)
        assert store.sources() == {}
        with store.transaction():
            store.put_diary(first, [])
        assert store.taken_hours(["busy-2", "busy-1"]) == ()

    # What the user told us.

    def test_a_newer_verdict_of_a_kind_replaces_the_older(self, store):
        with store.transaction():
            store.put_feedback(verdict("like"))
            store.put_feedback(verdict("went", at=NOW + DAY))
            store.put_feedback(verdict("dislike", at=NOW + 2 * DAY))
            store.put_feedback(verdict("like", "other", NOW + 3 * DAY))
        assert [(each.event, each.verdict) for each in store.feedback()] == [
            ("e", "went"),
            ("e", "dislike"),
            ("other", "like"),
        ]
        assert store.feedback()[0] == verdict("went", at=NOW + DAY)
        with store.transaction():
            assert store.forget_feedback("e") == 2
            assert store.forget_feedback(None) == 1
        assert store.feedback() == []

    def test_keywords_are_those_of_the_last_plan(self, store):
        first = Keyword(list="practice", word="桌游", weight=2.0, since=NOW.astimezone(UTC))
        second = replace(first, word="演讲", caught=(NOW + DAY).astimezone(UTC))
        with store.transaction():
            store.put_keywords([first])
            store.put_keywords([second])
        assert store.keywords() == [second]


class OutlivingStoreTests(StoreTests):
    """The contract of stores that outlive their closing."""

    @pytest.fixture
    def reopen(self) -> Callable[[], Store]:
        raise NotImplementedError

    def test_what_was_written_is_there_when_it_is_opened_again(self, store, reopen):
        with store.transaction():
            store.put_source(STATE)
            store.put_records("club", {"one": full_event()}, NOW)
            store.put_event_states([EVENT_STATE], [event_change()])
            store.put_plan("2026-W48", {"picks": []}, NOW)
        with reopen() as again:
            assert again.sources() == {"club": STATE}
            assert [each.event for each in again.records(NOW, HORIZON)] == [full_event()]
            assert (again.event_states(), again.changes(NOW)) == ({"e": EVENT_STATE}, [event_change()])
            assert again.plan("2026-W48") == {"picks": []}

    def test_what_is_not_yet_committed_is_seen_by_nobody_else(self, store, reopen):
        with reopen() as other:
            with store.transaction():
                store.put_fact("name", "value")
                assert other.fact("name") is None
            assert other.fact("name") == "value"
