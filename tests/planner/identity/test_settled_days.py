"""Which days are settled again while notices are in the store: those that they tie together, and no others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.identity import known_records, load_groups, merge, reconcile
from planner.store import Store
from spiders.items import Event
from tests.support.events import NOW, SHANGHAI, make_event

CONFIG = parse(b"timezone: Asia/Shanghai\nsources: [{id: club, url: 'https://club.example/'}]", "c", Catalog("en"))
TITLES = ("海泉桌游夜", "山前读诗会", "Harbour Chess Night", "岸边棋会")


def evening(day: int, title: str = TITLES[0]) -> Event:
    """``day`` days after the 21st."""
    start = datetime(2026, 11, 21, 19, 30, tzinfo=SHANGHAI) + timedelta(days=day)
    return make_event(title, start=start, uid=f"{title} {day}")


def notice(title: str = TITLES[0], **known: object) -> Event:
    event = replace(make_event(title, uid=f"n {title}"), start=None, status="cancelled", notice="off", published=NOW)
    return replace(event, **known)  # type: ignore[arg-type]


@pytest.fixture
def store(place, monkeypatch) -> Iterator[Store]:
    with Store(place) as opened:
        opened.looked_at = []  # type: ignore[attr-defined]
        plain = opened.records

        def records(start: datetime, end: datetime, *, running: bool = False) -> object:
            opened.looked_at.append((end - start).days)  # type: ignore[attr-defined]
            return plain(start, end, running=running)

        monkeypatch.setattr(opened, "records", records)
        yield opened


def say(store: Store, *events: Event, minutes: int = 0) -> int:
    """Keep these events and settle; -> how many days were looked at."""
    with store.transaction():
        store.put_records("club", {event.uid: event for event in events}, NOW + timedelta(minutes=minutes))
    store.looked_at.clear()  # type: ignore[attr-defined]
    reconcile(CONFIG, store, NOW + timedelta(minutes=minutes))
    days = sum(store.looked_at)  # type: ignore[attr-defined]
    assert tracked(store) == decided_anew(store)
    return days


def tracked(store: Store) -> Mapping[str, tuple[object, ...]]:
    merged = load_groups(known_records(CONFIG, store, NOW), SHANGHAI)
    statuses = {name: state.snapshot["status"] for name, state in store.event_states().items()}
    assert {each.id: each.event.status for each in merged if each.event.evidence.sure != "doubtful"} == {
        name: status for name, status in statuses.items() if status != "doubtful"
    }
    return {each.id: (each.event.start, each.event.status, each.event.evidence.sure) for each in merged}


def decided_anew(store: Store) -> Mapping[str, tuple[object, ...]]:
    merged = merge(known_records(CONFIG, store, NOW), SHANGHAI)
    return {each.id: (each.event.start, each.event.status, each.event.evidence.sure) for each in merged}


def fill(store: Store) -> None:
    say(store, *(evening(day, title) for day in range(0, 56, 7) for title in TITLES))


def off(store: Store) -> list[date]:
    return sorted(start.date() for start, status, _ in tracked(store).values() if status == "cancelled")  # type: ignore[attr-defined]


def test_a_notice_that_was_looked_at_costs_only_the_day_of_its_event(store):
    fill(store)
    assert say(store, notice(), minutes=1) > 30, "it may mean any day of a month"
    assert off(store) == [date(2026, 11, 21)]
    assert say(store, evening(21, "岸边音乐会"), minutes=2) < 7
    assert say(store, evening(0, "岸边音乐会"), minutes=3) < 7
    assert off(store) == [date(2026, 11, 21)]


def test_a_notice_of_nothing_known_costs_nothing_more(store):
    fill(store)
    say(store, notice("竹里书会"), minutes=1)
    assert say(store, evening(14, "岸边音乐会"), minutes=2) < 7
    assert say(store, evening(14, "竹里书会"), minutes=3) < 7, "what is heard of after it is not what it meant"
    assert not off(store)


def test_a_notice_with_a_day_looks_at_that_day(store):
    fill(store)
    day = evening(14).start.replace(hour=0, minute=0)  # type: ignore[union-attr]
    assert say(store, notice(start=day, all_day=True, former=day.date()), minutes=1) < 7
    assert off(store) == [day.date()]


def test_what_fits_two_is_looked_at_whole_when_one_of_them_changes(store):
    say(store, evening(3), evening(8))
    say(store, notice(), minutes=1)
    assert [sure for *_, sure in tracked(store).values()] == ["doubtful", "doubtful"]
    say(store, replace(evening(8), title="岸边棋会"), minutes=2)
    assert [(start.day, status, sure) for start, status, sure in tracked(store).values()] == [
        (24, "cancelled", "stated"), (29, "confirmed", "stated"),
    ]  # fmt: skip


def test_a_move_ties_the_old_day_and_the_new_one(store):
    fill(store)
    anew = evening(40).start
    moved = notice(start=anew, status="confirmed", notice="moved", former=date(2026, 12, 5))
    say(store, moved, minutes=1)
    starts = [start for start, *_ in tracked(store).values()]
    assert starts.count(anew) == 1
    assert starts.count(evening(14).start) == 3
    for number, day in enumerate((14, 40), 2):
        assert say(store, evening(day, "岸边音乐会"), minutes=number) < 14
        assert [start for start, *_ in tracked(store).values()].count(evening(14).start) == 3 + (number > 1)


def test_a_notice_that_is_taken_back_gives_the_evening_back(store):
    fill(store)
    item = replace(evening(14), uid="item")
    say(store, notice(uid="item", former=date(2026, 12, 5), former_until=date(2026, 12, 5)), minutes=1)
    assert off(store) == [date(2026, 12, 5)]
    say(store, item, minutes=2)
    assert not off(store)
