"""Plans as they are kept: what changed since people last saw them, and what stands ready instead."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from planner.i18n.catalog import Catalog
from planner.plan.candidates import Exclusion, select
from planner.plan.codes import Note, Why
from planner.plan.saved import picks_from, promoted, refreshed, restored, to_saved
from planner.plan.unfit import unfit_picks
from planner.rating.travel import TravelTimes
from planner.render.digest import DigestBuilder
from planner.types import Term
from spiders.reasons import Reason
from tests.support.events import NOW, SHANGHAI, make_event
from tests.support.planning import choose
from tests.support.weeks import WEEK, rated, replace_event, small_week

EVENING = WEEK.start + timedelta(days=1, hours=19)


def two_of_an_evening():
    wanted = Term(name="interest", points=6.0, about="x")
    better = rated(make_event("Salon", uid="aaaa", start=EVENING, url="https://hub.example/e/1"), "industry", wanted)
    other = rated(make_event("Games", uid="bbbb", start=EVENING), "practice")
    plan = choose([better, other], "week: {at_most: {per_day: 1}}")
    return better, other, plan


def test_what_was_called_off_names_its_backup():
    better, other, plan = two_of_an_evening()
    body = to_saved(plan, None, [better, other])
    assert [pick["title"] for pick in body["picks"]] == ["Salon"]
    later = refreshed(body, [replace_event(better, status="cancelled"), other])
    assert later["changes"] == [
        {"what": "cancelled", "title": "Salon", "backup": "Games", "backup_start": EVENING.isoformat()}
    ]
    config, planned, reports = small_week("en")
    view = DigestBuilder(config, Catalog("en")).view(replace(planned, changes=tuple(later["changes"])), reports)
    assert view.changes == ("Cancelled: Salon. Backup: “Games”, Tue 24 Nov 19:00",)


def test_a_backup_that_is_off_as_well_or_gone_is_none():
    better, other, plan = two_of_an_evening()
    body = to_saved(plan, None, [better, other])
    off = replace_event(better, status="cancelled")
    for standing in ([off], [off, replace_event(other, status="postponed")], [off, replace_event(other, start=None)]):
        assert refreshed(body, standing)["changes"] == [{"what": "cancelled", "title": "Salon"}]


def test_a_plan_keeps_where_its_picks_are_told_of():
    better, other, plan = two_of_an_evening()
    assert to_saved(plan, None, [better, other])["picks"][0]["url"] == "https://hub.example/e/1"


def test_a_backup_that_was_called_off_is_none_any_more():
    better, other, plan = two_of_an_evening()
    body = to_saved(plan, None, [better, other])
    config, planned, reports = small_week("en")
    for status, backups in (("confirmed", 1), ("cancelled", 0), ("postponed", 0)):
        picks = picks_from(body, [better, replace_event(other, status=status)], SHANGHAI)
        view = DigestBuilder(config, Catalog("en")).view(replace(planned, plan=replace(plan, picks=picks)), reports)
        assert sum(card.backup is not None for card in view.cards) == backups


def test_what_is_on_again_comes_back_with_its_reasons():
    better, other, plan = two_of_an_evening()
    body = to_saved(plan, None, [better, other])
    called_off = refreshed(body, [replace_event(better, status="cancelled"), other])
    assert (called_off["picks"], called_off["dropped"]) == ([], [better.id])
    for days in range(2):
        called_off = refreshed(called_off, [replace_event(better, status="cancelled"), other])
        assert called_off["changes"][0]["what"] == "cancelled", f"still said on day {days}"
    again = refreshed(called_off, [better, other])
    assert [pick["id"] for pick in again["picks"]] == [better.id]
    assert again["picks"][0]["runner_up"] == other.id
    assert again["dropped"] == []
    assert again["changes"] == [{"what": "restored", "title": "Salon", "after": EVENING.isoformat()}]
    config, planned, reports = small_week("en")
    view = DigestBuilder(config, Catalog("en")).view(replace(planned, changes=tuple(again["changes"])), reports)
    assert view.changes == ("On again: Salon, Tue 24 Nov 19:00",)


def test_a_plan_made_anew_remembers_what_was_called_off():
    better, other, plan = two_of_an_evening()
    body = refreshed(to_saved(plan, None, [better, other]), [replace_event(better, status="postponed"), other])
    anew = to_saved(choose([other]), body, [replace_event(better, status="postponed"), other])
    assert anew["dropped"] == [better.id]
    assert [change["what"] for change in anew["changes"]] == ["came"]
    assert [pick["id"] for pick in refreshed(anew, [better, other])["picks"]] == [other.id, better.id]


def test_plans_kept_before_such_memory_still_show_what_was_called_off():
    better, other, plan = two_of_an_evening()
    old = {**to_saved(plan, None, [better, other]), "picks": [], "dropped": [better.id]}
    del old["off"]
    assert refreshed(old, [replace_event(better, status="cancelled"), other])["dropped"] == [better.id]


def moved(each, **by: float):
    start = each.event.start + timedelta(**by)
    return replace_event(each, start=start, end=start + timedelta(hours=2))


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        ({"days": 7}, "is no longer in this week"),
        ({"hours": -12}, "outside your free hours"),
        ({"days": 2, "hours": 1}, "clashes with “Debate”"),
    ],
)
def test_a_pick_that_no_longer_fits_is_named_with_its_backup(by, reason):
    config, planned, reports = small_week("en")
    salon, games = two_of_an_evening()[:2]
    debate = rated(make_event("Debate", uid="cccc", start=EVENING + timedelta(days=2)), "practice")
    plan = choose([salon, games, debate], "week: {at_most: {per_day: 1}}")
    body = to_saved(plan, None, [salon, games, debate])
    now_rated = [moved(salon, **by), games, debate]
    body = refreshed(body, now_rated)
    candidates, exclusions = select(now_rated, config, WEEK, NOW)
    kept = picks_from(body, now_rated, SHANGHAI)
    unfit = unfit_picks(kept, WEEK, exclusions, TravelTimes.of(None, None), NOW)
    restored_plan = restored(body, WEEK, now_rated, candidates, exclusions)
    view = DigestBuilder(config, Catalog("en")).view(
        replace(planned, plan=restored_plan, changes=(), unfit_picks=unfit), reports
    )
    (line,) = view.changes
    assert reason in line
    assert "Backup: “Games”, Tue 24 Nov 19:00" in line
    assert ("Salon" in [card.title for card in view.cards]) == ("days" not in by or by["days"] != 7)


def test_what_fits_or_is_over_is_no_misfit():
    salon, games, plan = two_of_an_evening()
    kept = picks_from(to_saved(plan, None, [salon, games]), [salon, games], SHANGHAI)
    assert unfit_picks(kept, WEEK, (), TravelTimes.of(None, None), NOW) == ()
    excluded = [Exclusion(rated=salon, reason=Reason(Why.PAST))]
    assert unfit_picks(kept, WEEK, excluded, TravelTimes.of(None, None), NOW) == ()
    late = [Exclusion(rated=salon, reason=Reason(Why.OUTSIDE_FREE_HOURS))]
    assert unfit_picks(kept, WEEK, late, TravelTimes.of(None, None), EVENING + timedelta(hours=5)) == ()


def test_a_trial_is_published_with_the_facts_of_now_against_what_people_know():
    better, other, plan = two_of_an_evening()
    trial = to_saved(plan, None, [better, other])
    moved = replace_event(better, start=EVENING + timedelta(days=1))
    body = promoted(trial, None, [moved, other])
    assert [pick["start"] for pick in body["picks"]] == [moved.event.start.isoformat()]
    assert (body["changes"], body["off"], body["dropped"]) == ([], [], [])
    known = to_saved(choose([other]), None, [other])
    assert promoted(trial, known, [better, other])["changes"] == [
        {"what": "went", "title": "Games"},
        {"what": "came", "title": "Salon"},
    ]


def test_a_trial_whose_pick_was_called_off_meanwhile_publishes_the_rest():
    better, other, plan = two_of_an_evening()
    trial = to_saved(plan, None, [better, other])
    off = replace_event(better, status="cancelled")
    assert promoted(trial, None, [off, other])["picks"] == []
    body = promoted(trial, trial, [off, other])
    assert ([pick["id"] for pick in body["off"]], body["dropped"]) == (["aaaa"], ["aaaa"])
    assert body["changes"][0]["what"] == "cancelled"


def test_a_trial_keeps_what_nobody_knows_of_any_more():
    better, other, plan = two_of_an_evening()
    trial = to_saved(plan, None, [better, other])
    assert promoted(trial, None, [])["picks"] == trial["picks"]


@pytest.mark.parametrize(
    ("kept", "note"),
    [
        ("few_of: practice", Reason(Note.FEW_OF, about="practice")),
        ("busy_failed: no: such file", Reason(Note.BUSY_FAILED, about="no: such file")),
        ("holidays_unknown", Reason(Note.HOLIDAYS_UNKNOWN)),
        ({"code": "pin_dropped", "about": "Salon"}, Reason(Note.PIN_DROPPED, about="Salon")),
    ],
)
def test_notes_of_older_stores_are_read_as_they_were_meant(kept, note):
    better, other, plan = two_of_an_evening()
    body = {**to_saved(plan, None, [better, other]), "notes": [kept]}
    assert restored(body, WEEK, [better, other], [], []).notes == (note,)
    without = {name: value for name, value in body.items() if name != "notes"}
    assert restored(without, WEEK, [better, other], [], []).notes == ()


@pytest.mark.parametrize("unknown", [{"code": "of_tomorrow", "about": "x"}, "of_tomorrow: x"])
def test_a_note_of_a_newer_program_costs_the_note_alone(unknown):
    better, other, plan = two_of_an_evening()
    body = {**to_saved(plan, None, [better, other]), "notes": [unknown, {"code": "few_of", "about": "industry"}]}
    again = restored(body, WEEK, [better, other], [], [])
    assert [note.code for note in again.notes] == [Note.FEW_OF]
    assert again.picks
