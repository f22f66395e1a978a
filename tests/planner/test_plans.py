"""Plans as they are kept: what changed since people last saw them, and what stands ready instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.plans import body_of, refreshed
from planner.score import Term
from planner.view import WeekTeller
from planner.words import Words
from tests.conftest import make_event
from tests.planner.test_pages import WEEK, rated, replace_event, small_week
from tests.planner.test_plan import choose

EVENING = WEEK.start + timedelta(days=1, hours=19)


def two_of_an_evening():
    wanted = Term(name="interest", points=6.0, about="x")
    better = rated(make_event("Salon", uid="aaaa", start=EVENING, url="https://hub.example/e/1"), "industry", wanted)
    other = rated(make_event("Games", uid="bbbb", start=EVENING), "practice")
    plan = choose([better, other], "week: {at_most: {per_day: 1}}")
    return better, other, plan


def test_what_was_called_off_names_its_backup():
    better, other, plan = two_of_an_evening()
    body = body_of(plan, None, [better, other])
    assert [pick["title"] for pick in body["picks"]] == ["Salon"]
    later = refreshed(body, [replace_event(better, status="cancelled"), other])
    assert later["changes"] == [
        {"what": "cancelled", "title": "Salon", "backup": "Games", "backup_start": EVENING.isoformat()}
    ]
    config, planned, reports = small_week("en")
    view = WeekTeller(config, Words("en")).view(replace(planned, changes=tuple(later["changes"])), reports)
    assert view.changes == ("Cancelled: Salon. Backup: “Games”, Tue 24 Nov 19:00",)


def test_a_backup_that_is_off_as_well_or_gone_is_none():
    better, other, plan = two_of_an_evening()
    body = body_of(plan, None, [better, other])
    off = replace_event(better, status="cancelled")
    for standing in ([off], [off, replace_event(other, status="postponed")], [off, replace_event(other, start=None)]):
        assert refreshed(body, standing)["changes"] == [{"what": "cancelled", "title": "Salon"}]


def test_a_plan_keeps_where_its_picks_are_told_of():
    better, other, plan = two_of_an_evening()
    assert body_of(plan, None, [better, other])["picks"][0]["url"] == "https://hub.example/e/1"
