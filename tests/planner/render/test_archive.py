"""The weeks around the planned one, from the kept plans: with what is still known, and without."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.config import parse
from planner.i18n.catalog import Catalog
from planner.render.archive import kept_weeks
from planner.render.cards import CardFormatter
from planner.render.files import OutputFiles
from tests.support.events import NOW, make_event
from tests.support.weeks import rated, small_week

START = "2026-11-17T19:30:00+08:00"


def pick(name: str, **known: object) -> dict[str, object]:
    values = {"id": name, "title": name, "start": START, "place": None, "status": "confirmed", "track": "practice"}
    return {**values, "visit": None, **known}


def told(picks: list[dict[str, object]], *events: object, language: str = "en"):
    formatter = CardFormatter(parse(f"language: {language}".encode(), "config.yaml", Catalog("en")), Catalog(language))
    (week,) = kept_weeks({"2026-W47": {"picks": picks}}, events, formatter)  # type: ignore[arg-type]
    return week


def test_a_pick_that_is_still_known_has_its_end_and_its_link():
    start = NOW.replace(day=17, hour=19, minute=30)
    event = make_event("x", uid="a", start=start, end=start + timedelta(hours=2), url="https://hub.example/a")
    week = told([pick("a", place="Room 1")], rated(event))
    assert (week.week, week.dates) == ("Week 47, 2026", "Mon 16 Nov – Sun 22 Nov")
    (found,) = week.picks
    assert (found.when, found.place, found.link) == ("Tue 17 Nov 19:30–21:30", "Room 1", "https://hub.example/a")


def test_a_pick_that_is_forgotten_tells_what_was_kept():
    (found,) = told([pick("gone")]).picks
    assert (found.title, found.when, found.place, found.link) == ("gone", "Tue 17 Nov 19:30", "", None)


def test_hours_are_the_users_and_a_visit_beats_the_opening():
    utc, visit = "2026-11-17T11:30:00+00:00", "2026-11-18T14:00:00+08:00"
    found = told([pick("utc", start=utc), pick("visit", visit=visit), pick("whole", start="2026-11-19T00:00:00+08:00")])
    assert [(each.title, each.when) for each in found.picks] == [
        ("utc", "Tue 17 Nov 19:30"),
        ("visit", "Wed 18 Nov 14:00"),
        ("whole", "Thu 19 Nov"),
    ]


def test_what_has_no_time_comes_last_and_is_said():
    week = told([pick("b", start=None), pick("a", start=None), pick("c")])
    assert [each.title for each in week.picks] == ["c", "a", "b"]
    assert week.picks[-1].when == "time not given"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_shows_weeks_before_and_after_apart(language):
    config, planned, reports = small_week(language)
    nasty = pick("n", title="<b>x</b>\u202e{{7*7}}")
    earlier = {"2026-W46": {"picks": []}, "2026-W47": {"picks": [nasty]}, "2026-W49": {"picks": [pick("later")]}}
    words = Catalog(language)
    files = OutputFiles(config=config, words=words, now=NOW).files(replace(planned, earlier=earlier), reports)
    page = files["index.html"].decode()
    marks = [words("page.later"), 'id="2026-W49"', words("page.archive"), 'id="2026-W47"', 'id="2026-W46"']
    places = [page.index(mark) for mark in marks]
    assert places == sorted(places)
    assert "&lt;b&gt;x&lt;/b&gt;{{7*7}}" in page
    assert words("cli.table_empty") in page[places[-1] :]
