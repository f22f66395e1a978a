"""Own calendars: asked as sources are, kept apart, believed at once; no word of them among what all share."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.support.histories import History, calendar, vevent
from tests.support.servers import serving

OWN_TABLES = {"plans", "trials", "feedback", "keywords", "arrivals", "own_facts", "diaries"}
TITLE, PLACE, ACCOUNT = "plum-dentist", "Heron Clinic", "marzipan"


def history_of(folder: Path, busy: str = "own.ics", more: str = "") -> History:
    history = History(folder, "{id: club, kind: ical, file: club.ics}", f"week: {{busy: [{busy}]}}\n{more}")
    history.says("club.ics", calendar(vevent("t", "20261126T190000", "Storage debate night")))
    return history


DENTIST = vevent("own", "20261126T180000", TITLE, place=PLACE)


def picked(told: dict[str, object]) -> list[str]:
    return [pick["title"] for pick in told["picks"]]  # type: ignore[attr-defined]


def cells(path: Path) -> dict[str, str]:
    """All that stands in each table, as text."""
    with closing(sqlite3.connect(path)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: repr(database.execute(f"SELECT * FROM {name}").fetchall()) for name in tables}


def test_an_appointment_that_is_deleted_leaves_its_hours_at_once(tmp_path):
    history = history_of(tmp_path)
    history.says("own.ics", calendar(DENTIST))
    assert picked(history.run(23, "week")) == []
    history.says("own.ics", calendar())
    assert picked(history.run(24, "week")) == ["Storage debate night"]


def test_a_calendar_that_cannot_be_had_leaves_what_was_known_and_is_told(tmp_path):
    history = history_of(tmp_path)
    history.says("own.ics", calendar(DENTIST))
    history.run(23, "week")
    (tmp_path / "own.ics").unlink()
    told = history.run(24, "week")
    assert picked(told) == []
    assert [each["outcome"] for each in told["sources"] if each["source"] == "busy-1"] == ["failed"]
    history.says("own.ics", "no calendar")
    assert picked(history.run(25, "week")) == []


def test_a_calendar_that_is_taken_out_of_the_configuration_is_forgotten(tmp_path):
    history = history_of(tmp_path)
    history.says("own.ics", calendar(DENTIST))
    history.run(23, "week")
    text = (tmp_path / "config.yaml").read_text("utf-8")
    (tmp_path / "config.yaml").write_text(text.replace("busy: [own.ics]", "budget: 300"), "utf-8")
    assert picked(history.run(24, "week")) == ["Storage debate night"]
    assert "own.ics" not in cells(tmp_path / "quanzi.db")["diaries"]


def test_no_word_of_it_stands_in_a_table_that_all_share_and_no_title_anywhere(tmp_path):
    with serving() as web:
        web.pages[f"/{ACCOUNT}.ics"] = (200, {"Content-Type": "text/calendar"}, calendar(DENTIST).encode())
        web.pages["/robots.txt"] = (200, {}, b"User-agent: *\nAllow: /\n")
        address = f"http://127.0.0.1:{web.port}/{ACCOUNT}.ics"
        history = history_of(tmp_path, f'"{address}"', "network: {allow: [127.0.0.1]}\n")
        assert picked(history.run(23, "week", "-v")) == []
    history.run(24, "refresh")  # nobody answers any more
    found = cells(tmp_path / "quanzi.db")
    shared = {name: text for name, text in found.items() if name not in OWN_TABLES}
    for word in ("busy-1", ACCOUNT, "127.0.0.1"):
        assert [name for name, text in shared.items() if word in text] == [], word
    assert ACCOUNT in found["diaries"]
    for word in (TITLE, PLACE):
        assert all(word not in text for text in found.values()), word
        assert all(word.encode() not in path.read_bytes() for path in tmp_path.glob("quanzi.db*")), word
