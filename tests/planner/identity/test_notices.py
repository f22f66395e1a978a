"""Notices and the known events that they name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest

from planner.gather.keep import with_known_times
from planner.identity import load_groups, merge
from planner.store import Store
from planner.types import Merged, Record
from spiders.items import Event
from spiders.reasons import Code
from tests.support.events import NOW, SHANGHAI, make_event


def record(event: Event, *, seen: datetime = NOW) -> Record:
    return Record(
        source=event.source, key=event.uid, event=event, event_id=None, first_seen=seen, last_seen=seen, changed=seen
    )


def notice(title: str = "海泉桌游夜", start: datetime | None = None, **known: object) -> Record:
    values: dict[str, object] = {"source": "news", "uid": "n1", "status": "cancelled", "notice": "off", **known}
    return record(replace(make_event(title), start=start, **values))  # type: ignore[arg-type]


def known(title: str = "海泉桌游夜", *, day: int = 24, **values: object) -> Record:
    event = make_event(title, start=datetime(2026, 11, day, 19, 30, tzinfo=SHANGHAI), uid=f"{title}-{day}", **values)
    return record(event, seen=NOW - timedelta(days=2))


def told(*records: Record) -> list[Merged]:
    """The events, the same whether decided now or as they were decided."""
    merged = merge(records, SHANGHAI)
    names = {(each.source, each.key): one.id for one in merged for each in one.records}
    assigned = [replace(each, event_id=names.get((each.source, each.key))) for each in records]
    again = load_groups(assigned, SHANGHAI)
    assert {each.id: each.event for each in again} == {each.id: each.event for each in merged}
    return sorted(merged, key=lambda each: (each.event.start, each.event.title))


def statuses(merged: list[Merged]) -> list[str]:
    return [each.event.status for each in merged]


def test_a_notice_without_a_day_cancels_the_one_event_it_names():
    merged = told(known(), known("山前读诗会", day=25), notice())
    assert statuses(merged) == ["cancelled", "confirmed"]
    assert merged[0].event.start == datetime(2026, 11, 24, 19, 30, tzinfo=SHANGHAI)


def test_a_notice_with_its_day_takes_one_evening_of_a_series():
    day = datetime(2026, 12, 1, tzinfo=SHANGHAI)
    evenings = [known(day=24), replace(known(), key="x"), known(day=25)]
    late = record(make_event("海泉桌游夜", start=day + timedelta(hours=19), uid="late"), seen=NOW - timedelta(days=1))
    merged = told(evenings[0], evenings[2], late, notice(start=day, all_day=True, former=day.date()))
    assert statuses(merged) == ["confirmed", "confirmed", "cancelled"]


def test_a_notice_that_fits_two_makes_both_doubtful_and_cancels_none():
    merged = told(known(), known(day=26), notice())
    assert statuses(merged) == ["confirmed", "confirmed"]
    assert all(each.event.evidence.sure == "doubtful" for each in merged)
    assert all(each.event.evidence.doubts[-1].code is Code.MAYBE_CALLED_OFF for each in merged)


def weekly(*days: int, **values: object) -> list[Record]:
    """Evenings of one rule."""
    evenings = [known(day=day, recurrence="FREQ=WEEKLY", **values) for day in days]
    return [replace(each, event=replace(each.event, uid="weekly"), key=f"w|{each.event.start}") for each in evenings]


def apart(*starts: datetime) -> list[Record]:
    """The same evening week after week, each with a uid of its own, as many sites list them."""
    return [replace(known(), key=f"{at}", event=replace(known().event, uid=f"{at}", start=at)) for at in starts]


def evening(day: int, month: int = 11) -> datetime:
    return datetime(2026, month, day, 19, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    "evenings",
    [weekly(18, 25), [*weekly(25), *apart(evening(2, 12))], apart(evening(25), evening(2, 12), evening(9, 12))],
)
def test_a_notice_without_a_day_takes_the_next_evening_of_a_series_alone(evenings):
    merged = told(*evenings, notice())
    off = [each.event.start for each in merged if each.event.status == "cancelled"]
    assert off == [evening(25)]
    assert all(each.event.evidence.sure == "stated" for each in merged)


def test_next_week_is_next_week():
    first, last = date(2026, 11, 30), date(2026, 12, 6)
    merged = told(*apart(evening(25), evening(2, 12), evening(9, 12)), notice(former=first, former_until=last))
    assert statuses(merged) == ["confirmed", "cancelled", "confirmed"]


def test_this_week_is_what_is_left_of_it():
    twice = [*apart(evening(18)), *apart(evening(21).replace(hour=14))]
    merged = told(*twice, notice(former=date(2026, 11, 16), former_until=date(2026, 11, 22)))
    assert statuses(merged) == ["confirmed", "cancelled"]


def test_an_evening_that_has_begun_is_still_the_one_that_is_meant():
    merged = told(*apart(evening(20), evening(27)), notice(published=evening(20) + timedelta(minutes=30)))
    assert statuses(merged) == ["cancelled", "confirmed"]


def test_a_series_and_another_event_of_its_name_are_two():
    other = replace(known(day=26), source="hall")
    merged = told(
        *apart(evening(25), evening(2, 12)), replace(other, event=replace(other.event, source="hall")), notice()
    )
    assert [each.event.evidence.sure for each in merged] == ["doubtful", "doubtful", "stated"]


def test_what_a_notice_was_found_to_mean_it_goes_on_meaning():
    first, second = (replace(each, event_id=f"e{n}") for n, each in enumerate(apart(evening(25), evening(2, 12))))
    decided = replace(notice(), event_id="e0")
    assert statuses(merge([first, second, decided], SHANGHAI)) == ["cancelled", "confirmed"]
    assert statuses(merge([second, decided], SHANGHAI)) == ["confirmed"], "the evening is long over: no other is meant"
    away = replace(first, event=replace(first.event, start=evening(28, 12)))
    assert statuses(merge([away, second, decided], SHANGHAI)) == ["confirmed", "confirmed"], "it takes place later"


def test_a_source_that_moves_its_event_elsewhere_itself_is_not_shown_twice():
    anew = notice(start=evening(5, 12), status="confirmed", notice="moved", former=date(2026, 11, 24))
    event = replace(known(), event_id="e0")
    away = replace(event, event=replace(event.event, start=evening(9, 12)))
    (merged,) = merge([away, replace(anew, event_id="e0")], SHANGHAI)
    assert merged.event.start == evening(9, 12)


def test_a_notice_moves_the_known_event():
    anew = datetime(2026, 12, 5, 19, 0, tzinfo=SHANGHAI)
    merged = told(known(), notice(start=anew, status="confirmed", notice="moved"))
    assert [(each.event.start, each.event.status) for each in merged] == [(anew, "confirmed")]
    assert len(merged[0].records) == 2


def test_a_notice_of_what_was_never_known_changes_nothing():
    assert statuses(told(known("山前读诗会"), notice())) == ["confirmed"]
    day = datetime(2026, 11, 24, tzinfo=SHANGHAI)
    assert statuses(told(known("山前读诗会"), notice(start=day, all_day=True, former=day.date()))) == ["confirmed"]


def test_another_number_or_host_is_another_event():
    assert statuses(told(known("海泉桌游夜第3期"), notice("海泉桌游夜第4期"))) == ["confirmed"]
    assert statuses(told(known(organizer="海泉社"), notice(organizer="山前社"))) == ["confirmed"]


def test_a_mark_in_the_title_of_a_copy_cancels_and_a_word_in_passing_does_not():
    assert statuses(told(known("【取消】海泉桌游夜"))) == ["cancelled"]
    assert statuses(told(known("客户说取消合作怎么办：大客户销售沙龙"))) == ["confirmed"]
    assert statuses(told(known("Cancelled Stamps Society"))) == ["confirmed"]


def test_an_edited_item_that_names_no_day_any_more_stays_the_event_it_was(place):
    before = known().event
    with Store(place) as store:
        with store.transaction():
            store.put_records("club", {"item": before}, NOW)
        off = replace(before, start=None, status="cancelled", notice="off")
        kept = with_known_times({"item": off}, store, "club")["item"]
    assert (kept.start, kept.status, kept.title) == (before.start, "cancelled", before.title)
