"""When a source is due, which bucket it is in, what each job does and what follows from it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest

from planner.config.load import parse
from planner.i18n.catalog import Catalog
from planner.members.jobs import tasks
from planner.members.jobs.status import A_WEEK, LATE, QueueState, standing
from planner.members.jobs.tasks import MEMBERS_A_JOB, Area, batches, due_buckets, is_due
from planner.members.register import Entry, member_named, take_in
from planner.store import SourceState, Store
from spiders.buckets import bucket_of
from spiders.reasons import Code, Reason

NOW = datetime(2026, 11, 27, 11, 0, tzinfo=UTC)
STATE = SourceState(id="a", address="x", tried=NOW, good=NOW, outcome="ok")
HOUR = timedelta(hours=1)
CONFIG = """sources:
  - {id: a, url: "https://one.example/a.ics"}
  - {id: b, url: "https://sub.one.example/b.ics"}
  - {id: c, url: "https://other.example/"}
  - {id: d, text: "every Thursday 19:30"}
week: {busy: ["https://cal.example/keeper.ics"]}
"""


def area(store: Store) -> Area:
    return Area(parse(CONFIG.encode(), "config.yaml", Catalog("en")), store)


@pytest.mark.parametrize(("state", "hours", "due"), [
    (None, 0, True),
    (STATE, 19, False), (STATE, 20, True), (STATE, -1, True),
    (replace(STATE, outcome="failed", failures=1), 0.5, False), (replace(STATE, outcome="failed", failures=1), 1, True),
    (replace(STATE, outcome="failed", failures=3), 20, False), (replace(STATE, outcome="failed", failures=3), 24, True),
    (replace(STATE, outcome="failed", failures=1, not_before=NOW + 9 * HOUR), 8, False),
])  # fmt: skip
def test_when_a_source_is_due(state, hours, due):
    assert is_due(state, NOW + hours * HOUR) is due


def test_buckets_are_those_of_what_is_due_on_the_web_and_nobody_s_own_calendars():
    with Store(":memory:") as store:
        one, other = (bucket_of(host, tasks.BUCKETS) for host in ("one.example", "other.example"))
        assert due_buckets(area(store), NOW) == tuple(sorted({one, other}))
        with store.transaction():
            for name in ("a", "b"):
                store.put_source(replace(STATE, id=name))
        assert due_buckets(area(store), NOW) == (other,)


def test_a_bucket_asks_its_own_due_sources_alone(monkeypatch):
    asked = []
    monkeypatch.setattr(tasks, "gather", lambda _, __, ___, among: asked.append(among))
    with Store(":memory:") as store:
        with store.transaction():
            store.put_source(replace(STATE, id="b"))
        assert tasks.crawl_bucket(area(store), bucket_of("one.example", tasks.BUCKETS), NOW) == 1
        assert asked == [{"a"}]
        nobody = next(number for number in range(tasks.BUCKETS) if number not in due_buckets(area(store), NOW))
        assert tasks.crawl_bucket(area(store), nobody, NOW) == 0
        assert len(asked) == 1


def test_members_job_by_job():
    assert [len(each) for each in batches(range(2 * MEMBERS_A_JOB + 1))] == [MEMBERS_A_JOB, MEMBERS_A_JOB, 1]
    assert list(batches([])) == []


# How it fares.


def test_an_organisation_that_fares_well_and_what_may_be_wrong():
    with Store(":memory:") as store:
        here = area(store)
        assert standing(here.config, store, NOW, None).late == ("a", "b", "c")
        with store.transaction():
            for name in ("a", "b", "c"):
                store.put_source(replace(STATE, id=name))
        take_in(store, [Entry(name=name, wishes={}, where="") for name in ("Ana", "Lin")], NOW)
        well = standing(here.config, store, NOW, QueueState(jobs={"plan": {"todo": 9}}))
        assert well.is_sound
        assert (well.sources, well.late, well.members, well.without_plan) == (3, (), 2, 0)
        assert not standing(here.config, store, NOW, QueueState(jobs={"plan": {"failed": 1}})).is_sound
        assert not standing(here.config, store, NOW, QueueState(stalled=1)).is_sound
        later = standing(here.config, store, NOW + LATE + HOUR, None)
        assert (later.late, later.is_sound) == (("a", "b", "c"), False)
        assert standing(here.config, store, NOW + A_WEEK + HOUR, None).without_plan == 2
        with store.transaction():
            store.of(member_named(store, "Ana").number).note_planned(NOW, "ValidationError")
        assert standing(here.config, store, NOW, None).failed == ("Ana",)


def test_what_is_gone_for_good_is_not_late():
    gone = Reason(Code.STATUS_GONE)
    with Store(":memory:") as store:
        here = area(store)
        with store.transaction():
            for name in ("b", "c"):
                store.put_source(replace(STATE, id=name, tried=NOW + LATE))
            state = replace(
                STATE, outcome="failed", reason=gone, address="auto Asia/Shanghai https://one.example/a.ics x"
            )
            store.put_source(state)
        assert standing(here.config, store, NOW + LATE, None).late == ()


def test_letters_that_fail_are_counted(monkeypatch):
    found = [(None, SimpleNamespace(state=state)) for state in ("sent", "failed", "already", "failed")]
    monkeypatch.setattr(tasks, "send_letters", lambda *_: iter(found))
    with Store(":memory:") as store:
        assert tasks.send(area(store), [1], NOW) == 2
