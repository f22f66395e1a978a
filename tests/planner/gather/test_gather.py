"""Gathering: one report line a source, one bad source costs only itself and never what it gave before."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from planner.config import parse
from planner.gather import gather, keyed, remembered
from planner.gather.keep import told
from planner.i18n.catalog import Catalog
from planner.i18n.reasons import translate
from planner.identity import reconcile
from planner.store import SourceState, Store
from planner.types import Feedback
from spiders.items import Place, Reading, Source
from spiders.reasons import Code, Reason
from tests.support.events import NOW, make_event

pytestmark = pytest.mark.usefixtures("processes_stay")
CALENDAR = """BEGIN:VCALENDAR\r
VERSION:2.0\r
PRODID:-//t//t//EN\r
{events}END:VCALENDAR\r
"""
EVENT = """BEGIN:VEVENT\r
UID:{uid}\r
DTSTAMP:20261101T000000Z\r
DTSTART:20261124T113000Z\r
SUMMARY:{title}\r
END:VEVENT\r
"""


def calendar(*titles: str) -> str:
    return CALENDAR.format(events="".join(EVENT.format(uid=title, title=title) for title in titles))


@pytest.fixture
def store(any_store):
    return any_store


def configured(tmp_path, *lines: str):
    text = "sources:\n" + "".join(f"  - {line}\n" for line in lines)
    return parse(text.encode(), "config.yaml", Catalog("en")).resolved(tmp_path)


def report(gathered):
    return {each.source: (each.outcome, each.count, translate(each.reason, "en") or None) for each in gathered.reports}


def titles(store: Store) -> set[str]:
    return {record.event.title for record in store.records(NOW - timedelta(days=9), NOW + timedelta(days=99))}


def test_each_source_has_one_line_in_the_configurations_order(tmp_path, store):
    (tmp_path / "good.ics").write_text(calendar("Debate", "Salon"))
    (tmp_path / "empty.ics").write_text(calendar())
    (tmp_path / "page.ics").write_text("<!DOCTYPE html><html><body><p>hello</p></body></html>")
    config = configured(
        tmp_path,
        "{id: missing, kind: ical, file: missing.ics}",
        "{id: good, kind: ical, file: good.ics}",
        "{id: empty, kind: ical, file: empty.ics}",
        "{id: page, kind: ical, file: page.ics}",
        "{id: club, kind: recurrence, title: Jam, text: 'every Wednesday 19:30-21:30'}",
    )
    gathered = gather(config, store, NOW)
    assert [each.source for each in gathered.reports] == ["missing", "good", "empty", "page", "club"]
    found = report(gathered)
    assert found["good"] == ("ok", 2, None)
    assert found["empty"][:2] == ("quiet", 0)
    assert found["missing"][0] == "failed"
    assert "no such file" in found["missing"][2]
    assert found["page"][0] == "failed"
    assert "not a calendar" in found["page"][2]
    assert found["club"][0] == "ok"
    assert found["club"][1] >= 16
    assert not gathered.all_failed
    assert remembered(config, store) == gathered.reports


def test_a_failing_source_keeps_what_it_gave_before(tmp_path, store):
    file = tmp_path / "a.ics"
    file.write_text(calendar("Debate"))
    config = configured(tmp_path, "{id: a, kind: ical, file: a.ics}")
    gather(config, store, NOW)
    for content in ("<html><body>Sign in</body></html>", "rubbish", ""):
        file.write_text(content)
        assert report(gather(config, store, NOW + timedelta(days=1)))["a"][0] == "failed"
        assert titles(store) == {"Debate"}
    file.unlink()
    gather(config, store, NOW + timedelta(days=2))
    assert titles(store) == {"Debate"}
    assert store.sources()["a"].failures == 4


def test_an_unchanged_file_is_not_read_again(tmp_path, store, monkeypatch):
    (tmp_path / "a.ics").write_text(calendar("Debate"))
    config = configured(tmp_path, "{id: a, kind: ical, file: a.ics}")
    first = gather(config, store, NOW)
    monkeypatch.setattr("spiders.pool.ReaderPool.read", None)
    second = gather(config, store, NOW + timedelta(days=1))
    assert report(second) == report(first)
    assert store.sources()["a"].good == NOW + timedelta(days=1)


def test_an_unchanged_calendar_is_expanded_anew_when_its_window_runs_out(tmp_path, store):
    series = EVENT.replace("SUMMARY", "RRULE:FREQ=WEEKLY\r\nSUMMARY").format(uid="s", title="Weekly")
    (tmp_path / "a.ics").write_text(CALENDAR.format(events=series))
    config = configured(tmp_path, "{id: a, kind: ical, file: a.ics}")
    gather(config, store, NOW)
    later = NOW + timedelta(days=60)
    gather(config, store, later)
    last = max(record.event.start for record in store.records(NOW, later + timedelta(days=300)) if record.event.start)
    assert last > later + timedelta(days=100)


def test_another_kind_or_zone_is_another_source(tmp_path, store):
    (tmp_path / "a.ics").write_text(calendar("Debate").replace("20261124T113000Z", "20261124T193000"))
    gather(configured(tmp_path, "{id: a, kind: ical, file: a.ics, timezone: Asia/Shanghai}"), store, NOW)
    gather(configured(tmp_path, "{id: a, kind: ical, file: a.ics, timezone: Europe/London}"), store, NOW)
    (record,) = store.records(NOW, NOW + timedelta(days=30))
    assert record.event.start == datetime.fromisoformat("2026-11-24T19:30:00+00:00")


def test_the_web_is_left_alone_offline(tmp_path, store, web):
    web.pages = {"/a.ics": (200, {}, calendar("Debate").encode())}
    line = f"{{id: a, kind: ical, url: 'http://127.0.0.1:{web.port}/a.ics'}}"
    text = f"network: {{allow: [127.0.0.1], delay: 0}}\nsources:\n  - {line}\n"
    config = parse(text.encode(), "config.yaml", Catalog("en"))
    assert report(gather(config, store, NOW, offline=True)) == {"a": ("quiet", 0, "never asked (offline)")}
    assert not web.asked
    assert report(gather(config, store, NOW)) == {"a": ("ok", 1, None)}
    asked = len(web.asked)
    assert report(gather(config, store, NOW, offline=True)) == {"a": ("ok", 1, None)}
    assert len(web.asked) == asked


def test_a_source_that_asks_to_wait_is_left_alone_until_then(tmp_path, store, web):
    web.pages = {"/a.ics": (429, {"Retry-After": "7200"}, b"")}
    text = f"network: {{allow: [127.0.0.1], delay: 0}}\nsources: [{{id: a, kind: ical, url: 'http://127.0.0.1:{web.port}/a.ics'}}]"
    config = parse(text.encode(), "config.yaml", Catalog("en"))
    gather(config, store, NOW)
    asked = web.paths().count("/a.ics")
    found = gather(config, store, NOW + timedelta(hours=1))
    assert "asked to wait until" in translate(found.reports[0].reason, "en")
    assert web.paths().count("/a.ics") == asked
    gather(config, store, NOW + timedelta(hours=3))
    assert web.paths().count("/a.ics") == asked + 1


def test_the_configurations_words_fill_what_events_do_not_say(tmp_path, store):
    (tmp_path / "a.ics").write_text(calendar("Debate"))
    config = configured(tmp_path, "{id: a, kind: ical, file: a.ics, organizer: 样板社, place: 三叶会客厅}")
    gather(config, store, NOW)
    (record,) = store.records(NOW, NOW + timedelta(days=30))
    assert record.event.organizer == "样板社"
    assert record.event.place is not None
    assert record.event.place.name == "三叶会客厅"


def test_keys_join_the_start_only_where_one_uid_stands_for_several_events():
    first = make_event("a", uid="same")
    second = make_event("b", uid="same", start=NOW)
    assert set(keyed([make_event("x", uid="x"), make_event("y", uid="y", occurrence="20261124")])) == {
        "x",
        "y|20261124",
    }
    assert len(keyed([first, second])) == 2
    assert all(key.startswith("same|") for key in keyed([first, second]))


def test_what_an_older_version_read_is_read_once_more_and_nothing_counts_as_changed(tmp_path):
    config = configured(tmp_path, "{id: club, kind: recurrence, title: Jam, text: 'every Wednesday 19:30-21:30'}")
    later = NOW + timedelta(hours=2)
    with Store(tmp_path / "q.db") as store:
        gather(config, store, NOW)
    with sqlite3.connect(tmp_path / "q.db") as database:
        codes, sentences = '[{"code":"from_a_rule"}]', '["from a rule, not from an announcement"]'
        database.execute("UPDATE records SET body = replace(body, ?, ?), dirty = 0", (codes, sentences))
        database.execute("UPDATE sources SET address = address || ' of old'")
    with Store(tmp_path / "q.db") as store:
        gather(config, store, later)
        records = store.records(NOW, NOW + timedelta(days=99))
        assert records
        assert {(each.changed, each.last_seen) for each in records} == {(NOW, later)}
        assert {each.event.evidence.doubts for each in records} == {(Reason(Code.FROM_A_RULE),)}
        assert not store.unresolved()


def test_a_page_that_calls_the_event_of_a_list_off_leaves_it_its_day():
    link = "https://club.example/e/1"
    listed = make_event("海泉桌游夜", uid="list-1", url=link)
    notice = replace(listed, uid=link, start=None, status="cancelled", notice="off")
    source = Source(id="club", url="https://club.example/", timezone="Asia/Shanghai")
    (event,) = told(
        source, [Reading(reader="listing", events=(listed,)), Reading(reader="announcement", notices=(notice,))]
    )
    assert event == replace(listed, status="cancelled", notice="off")


@pytest.mark.parametrize(("more", "held"), [("", True), (", skip_holidays: true", False)])
def test_a_club_may_leave_public_holidays_out(tmp_path, more, held):
    text = "every Wednesday 19:30-21:30"
    config = configured(tmp_path, f"{{id: club, kind: recurrence, title: Jam, text: '{text}'{more}}}")
    with Store(tmp_path / "q.db") as store:
        gather(config.model_copy(update={"week": WEEK_OFF.week}), store, NOW)
        days = {each.event.start.date().isoformat() for each in store.records(NOW, NOW + timedelta(days=20))}
    assert "2026-12-02" in days
    assert ("2026-11-25" in days) == held


WEEK_OFF = parse(b"week: {holidays: {off: [2026-11-25]}}", "config.yaml", Catalog("en"))


def test_signs_that_a_database_refuses_cost_nothing(tmp_path, store):
    """A NUL in a title, a place, an id: the event is kept without it, beside the others, and is the same event the next
    time."""
    odd = EVENT.format(uid="od\0d", title="Sa\0lon").replace("SUMMARY", "LOCATION:North\0 Hall\r\nSUMMARY")
    text = CALENDAR.format(events=EVENT.format(uid="a", title="Debate") + odd)
    (tmp_path / "a.ics").write_bytes(text.encode())
    (tmp_path / "b.ics").write_bytes(calendar("Jam").encode())
    config = configured(tmp_path, "{id: a, kind: ical, file: a.ics}", "{id: b, kind: ical, file: b.ics}")
    for day in range(3):
        (tmp_path / "a.ics").write_bytes(text.replace("20261101T000000Z", f"2026110{day + 1}T000000Z").encode())
        reports = gather(config, store, NOW + timedelta(days=day)).reports
        assert [(each.outcome, each.count) for each in reports] == [("ok", 2), ("ok", 1)]
    found = {each.key: each for each in store.records(NOW, NOW + timedelta(days=99)) if each.source == "a"}
    assert set(found) == {"a", "odd"}
    assert (found["odd"].missed, found["odd"].changed, found["odd"].first_seen) == (0, NOW, NOW)


def test_an_event_with_such_signs_goes_the_whole_way(tmp_path, store):
    """Also where what reads a source lets them through."""
    name = "no\0thing"
    with store.transaction():
        store.put_records("a", {name: make_event("Sa\0lon", place=Place(name="Nor\0th"))}, NOW)
        store.put_source(SourceState(id="a", address=name, tried=NOW, outcome="ok", reader=name))
        store.put_fact(name, name)
        store.put_communities({name}, NOW)
        store.put_second_answer(name, name, NOW)
        store.put_feedback(Feedback(event=name, verdict="like", at=NOW, title=name, features=(("word", name),)))
    config = configured(tmp_path, "{id: a, kind: recurrence, title: Jam, text: 'every Wednesday 19:30-21:30'}")
    reconcile(config, store, NOW)
    with store.transaction():
        store.put_records("a", {name: make_event("Sa\0lon", place=Place(name="Sou\0th"))}, NOW)
    reconcile(config, store, NOW)
    assert store.keys("a") == {"nothing"}
    assert store.fact("nothing") == store.fact(name) == "nothing"
    assert {change.field for change in store.changes(NOW)} == {"place"}
    assert [each.title for each in store.feedback()] == ["nothing"]
    assert store.unresolved() == []
