"""What notices and private notes leave of an event in public."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.identity import merge
from planner.pipeline import PlanResult
from planner.render.public import public_part
from planner.types import OWN, Merged, Record
from spiders.items import Event
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.weeks import rated, small_week

CONFIG = parse(b"sources: [{id: club, url: 'https://club.example/'}]", "config.yaml", Catalog("en"))
KNOWN = make_event("海泉桌游夜", uid="k")
MOVED = replace(KNOWN, uid="n", start=NOW + timedelta(days=30), notice="moved", former=date(2026, 11, 24))
OFF = replace(KNOWN, uid="n", start=None, status="cancelled", notice="off")


def record(source: str, event: Event, *, days_ago: int = 0) -> Record:
    at = NOW - timedelta(days=days_ago)
    event = replace(event, source=source)
    return Record(source=source, key=event.uid, event=event, event_id=None, first_seen=at, last_seen=at, changed=at)


def public(*records: Record) -> list[Event]:
    (one,) = merge(records, SHANGHAI)
    return [each.event for each in public_part(planned(one), CONFIG)]


def planned(merged: Merged) -> PlanResult:
    _, result, _ = small_week("en")
    each = rated(merged.event)
    tracked = replace(each.tracked, merged=merged)
    return replace(result, rated=(replace(each, tracked=tracked),))


def test_a_private_word_of_a_move_tells_nobody_where_to_and_sends_nobody_there():
    (event,) = public(record("club", KNOWN, days_ago=2), record(OWN, MOVED))
    assert (event.start, event.status) == (KNOWN.start, "postponed")


def test_a_private_word_that_it_is_off_is_told():
    (event,) = public(record("club", KNOWN, days_ago=2), record(OWN, OFF))
    assert (event.start, event.status) == (KNOWN.start, "cancelled")


def test_a_public_move_is_public():
    (event,) = public(record("club", KNOWN, days_ago=2), record("club", MOVED))
    assert (event.start, event.status) == (MOVED.start, "confirmed")


def test_a_public_notice_about_what_only_the_user_knows_shows_nothing():
    assert public(record(OWN, KNOWN, days_ago=2), record("club", OFF)) == []
    assert public(record(OWN, KNOWN, days_ago=2), record("club", MOVED)) == []
