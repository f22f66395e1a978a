"""Whom one is getting to know, and who is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from planner.i18n.catalog import Catalog
from planner.plan.communities import communities_of, names_of
from planner.plan.history import community_of, history_of
from planner.render.digest import DigestBuilder
from planner.store import Store
from planner.types import Record
from tests.support.events import NOW, make_event
from tests.support.planning import choose
from tests.support.weeks import WEEK, rated, small_week

LONG_AGO = WEEK.start - timedelta(weeks=9)
LATELY = WEEK.start - timedelta(days=4)


def held_by(organizer: str | None, title: str, day: int, track: str = "practice", **known: object):
    start = WEEK.start + timedelta(days=day, hours=19)
    return rated(make_event(title, uid=f"{organizer}-{title}", start=start, organizer=organizer, **known), track)


def planned_before(*communities: str, weeks: tuple[int, ...] = (1, 2)):
    body = {"picks": [{"community": name, "track": "practice"} for name in communities]}
    return history_of({WEEK.shifted(-back).name: body for back in weeks}, WEEK)


def week_of_events(*events):
    return choose(list(events))


def test_a_streak_leads_to_the_pick_of_this_week():
    one = held_by("Sample Speakers", "Evening one", 1)
    plan = week_of_events(one)
    (streak,) = communities_of(plan, [one], planned_before("sample speakers"), {}).streaks
    assert (streak.name, streak.times, streak.is_picked) == ("Sample Speakers", 2, True)
    assert streak.coming is one


def test_without_a_pick_the_next_event_is_named_and_without_an_event_none():
    later, sooner = held_by("Dice Club", "Later", 16), held_by("Dice Club", "Sooner", 9)
    off = held_by("Dice Club", "Called off", 8, status="cancelled")
    over = held_by("Old Friends", "Over", -3)
    past = planned_before("dice club", "old friends", "nobody known")
    streaks = communities_of(week_of_events(), [later, sooner, off, over], past, {}).streaks
    assert [(each.name, each.coming and each.coming.event.title) for each in streaks] == [
        ("Dice Club", "Sooner"),
        ("Old Friends", None),
    ]
    assert not any(each.is_picked for each in streaks)


def test_whom_one_has_not_met_for_long_is_no_streak():
    one = held_by("Sample Speakers", "Evening", 1)
    assert communities_of(week_of_events(one), [one], planned_before("sample speakers", weeks=(5, 6)), {}).streaks == ()


def test_who_was_first_heard_of_lately_is_new():
    old, new = held_by("Old Club", "Validators", 1), held_by("New Club", "Unknown", 2, "industry")
    seen = {"old club": LONG_AGO, "new club": LATELY}
    (newcomer,) = communities_of(week_of_events(), [old, new], planned_before(), seen).newcomers
    assert (newcomer.name, newcomer.coming.event.title) == ("New Club", "Unknown")


def test_on_the_first_day_nobody_is_new():
    events = [held_by(f"Club {number}", "Evening", 1) for number in range(3)]
    seen = dict.fromkeys(names_of(events), LATELY)
    assert communities_of(week_of_events(), events, planned_before(), seen).newcomers == ()
    assert communities_of(week_of_events(), events, planned_before(), {}).newcomers == ()


def test_new_people_without_a_fitting_event_are_not_named():
    over, off = held_by("A", "Over", -2), held_by("B", "Off", 2, status="cancelled")
    other, bad = held_by("C", "Other", 2, "other"), held_by("D", "Unwanted", 2)
    bad = replace(bad, score=replace(bad.score, total=-1.0))
    seen = {"a": LATELY, "b": LATELY, "c": LATELY, "d": LATELY, "x": LONG_AGO}
    assert communities_of(week_of_events(), [over, off, other, bad], planned_before(), seen).newcomers == ()


def test_the_store_remembers_when_it_first_heard_of_somebody(place):
    with Store(place) as store:
        for day, names in ((0, {"a"}), (7, {"a", "b"})):
            with store.transaction():
                store.put_communities(names, NOW + timedelta(days=day))
        assert store.communities() == {"a": NOW, "b": NOW + timedelta(days=7)}


def test_the_digest_tells_of_people_in_both_languages():
    one, other = held_by("Sample Speakers", "Evening one", 1), held_by("New Club", "Opening", 9, "industry")
    communities = communities_of(
        week_of_events(one),
        [one, other],
        planned_before("sample speakers"),
        {"sample speakers": LONG_AGO, "new club": LATELY},
    )
    for language, streak, newcomer in (
        ("en", "Sample Speakers: time number 3 on Tue 24 Nov", "New Club (industry): Wed 2 Dec 19:00, “Opening”"),
        ("zh", "Sample Speakers：11月24日 周二 是第 3 次", "New Club（行业）：12月2日 周三 19:00“Opening”"),
    ):
        config, planned, reports = small_week(language)
        view = DigestBuilder(config, Catalog(language)).view(
            replace(planned, tell_communities=lambda: communities), reports
        )
        assert view.streaks == (streak,)
        assert view.newcomers == (newcomer,)


def test_a_nameless_series_is_called_by_its_title():
    each = held_by(None, "Thursday improv", 3, occurrence="20261126T190000")
    record = Record(
        source="club", key="k", event=each.event, event_id=each.id, first_seen=NOW, last_seen=NOW, changed=NOW
    )
    each = replace(each, tracked=replace(each.tracked, merged=replace(each.tracked.merged, records=(record,))))
    (streak,) = communities_of(week_of_events(each), [each], planned_before(community_of(each)), {}).streaks
    assert streak.name == "Thursday improv"
    assert names_of([each]) == set()
