"""Whole days that an earlier program read as hours from midnight to midnight, under keys of their own."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from planner.gather import keyed
from planner.store import Store
from spiders.items import Event
from tests.support.histories import History, calendar
from tests.support.older_stores import made_older

TITLE = "Battery maker fair"


def fair(first: datetime, form: str, *more: str) -> str:
    """A weekly day of eight weeks, from a midnight to the next, or in one of the other forms of a disguise."""
    last = first + timedelta(days=1)
    zone, utc = first.tzinfo, [each.astimezone(UTC) for each in (first, last)]
    lines = {
        "midnight": (f"DTSTART;TZID={zone}:{first:%Y%m%dT%H%M%S}", f"DTEND;TZID={zone}:{last:%Y%m%dT%H%M%S}"),
        "utc": (
            f"DTSTART:{utc[0]:%Y%m%dT%H%M%SZ}",
            f"DTEND:{utc[1]:%Y%m%dT%H%M%SZ}",
            "X-MICROSOFT-CDO-ALLDAYEVENT:TRUE",
        ),
        "minute": (f"DTSTART;TZID={zone}:{first:%Y%m%dT%H%M%S}", f"DTEND;TZID={zone}:{first:%Y%m%d}T235900"),
    }[form]
    return "\r\n".join(("BEGIN:VEVENT", "UID:fair", f"SUMMARY:{TITLE}", *lines, *more, "END:VEVENT")) + "\r\n"


def as_hours(event: Event) -> Event:
    """What the earlier program made of it: an instance was named by its moment in UTC."""
    assert event.all_day
    assert event.start is not None
    named = f"{event.start.astimezone(UTC):%Y%m%dT%H%M%SZ}" if event.occurrence else None
    return replace(event, all_day=False, occurrence=named)


def read_by_an_earlier_program(history: History, day: int) -> None:
    """Fill the store as it did, and publish."""
    history.run(day, "gather")
    with Store(history.folder / "quanzi.db") as store:
        older = {key: as_hours(event) for key, event in store.starting("fair").items()}
        assert older
        with store.transaction():
            store.rekey("fair", {key: next(iter(keyed([event]))) for key, event in older.items()})
            store.put_records("fair", keyed(older.values()), history.moment(day, 8))
    history.run(day, "week", "--offline", hour=9)


@pytest.mark.parametrize("form", ["midnight", "utc", "minute"])
@pytest.mark.parametrize(("zone", "rule", "begins"), [
    ("Asia/Shanghai", "RRULE:FREQ=WEEKLY;COUNT=8", 28),
    ("Europe/Berlin", "RRULE:FREQ=WEEKLY;COUNT=8", 23),
    ("America/Los_Angeles", "RRULE:FREQ=WEEKLY;COUNT=8", 23),
    ("Europe/Berlin", "COMMENT:once", 28),
    ("Asia/Shanghai", "COMMENT:once", 24),
])  # fmt: skip
def test_days_that_were_hours_go_on_under_their_uids(tmp_path, zone, rule, begins, form):
    """Each is there once, as a day, under the uid that was published; its SEQUENCE goes up once. That holds for what
    runs, and for what is over, as well."""
    history = History(tmp_path, "{id: fair, kind: ical, file: fair.ics}", zone=zone)
    text = calendar(fair(history.moment(begins), form, rule))
    history.says("fair.ics", text)
    read_by_an_earlier_program(history, 22)
    before = history.held()
    assert {type(each.start) for each in before} == {datetime}
    for day in (24, 25, 26):
        history.says("fair.ics", text + "\r\n" * day)
        told = history.run(day)
        assert history.outcome(told, "fair") in {"ok", "quiet"}
        now = history.held()
        assert [(each.uid, each.start, each.sequence) for each in now] == [
            (each.uid, each.start.date(), each.sequence + 1) for each in before
        ]
        assert all(each.takes_place for each in now)


def test_days_that_were_days_already_are_left_alone(tmp_path):
    """A store of an earlier version marks its days when it is opened; nothing of what was published changes."""
    history = History(tmp_path, "{id: fair, kind: ical, file: fair.ics}")
    text = calendar(fair(history.moment(28), "midnight", "RRULE:FREQ=WEEKLY;COUNT=8"))
    history.says("fair.ics", text)
    history.run(22, "week")
    before = history.held()
    with closing(sqlite3.connect(tmp_path / "quanzi.db")) as old, old:
        old.execute("""UPDATE events SET face = replace(face, '"all_day": "yes", ', '')""")
        assert not old.execute("SELECT face FROM events WHERE instr(face, 'all_day')").fetchall()
    made_older(tmp_path / "quanzi.db", 12)
    history.says("fair.ics", text + "\r\n")
    history.run(24)
    assert history.held() == before
