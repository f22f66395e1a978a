"""What earlier weeks add to this one: tracks that came short, people met again."""

from __future__ import annotations

from dataclasses import replace

import pytest

from planner.plan.candidates import select
from planner.plan.history import PlanHistory, community_of, history_of, wanted_visits
from planner.plan.week import plan_week
from planner.types import Record, Term
from tests.support.events import NOW, make_event
from tests.support.planning import NOWHERE, WEEK, at, config, picked, rated, solve_reduced


def past(weeks: dict[int, list[tuple[str, str | None]]]):
    """A past: how many weeks back -> picks as (track, community)."""
    return history_of(
        {
            WEEK.shifted(-back).name: {"picks": [{"track": track, "community": people} for track, people in picks]}
            for back, picks in weeks.items()
        },
        WEEK,
    )


def test_a_track_that_came_short_is_made_up_for():
    industry = [rated(make_event(f"i{day}", start=at(day, 19), end=at(day, 21)), 2.2) for day in range(5)]
    practice = [rated(make_event(f"p{day}", start=at(day, 19), end=at(day, 21)), 2.0, "practice") for day in range(5)]
    lacking = past({back: [("industry", None)] * 5 for back in (1, 2)})
    loaded = config("week: {at_most: {per_day: 1, per_week: 5}}")
    candidates, _ = select([*industry, *practice], loaded, WEEK, NOW)
    week = plan_week(WEEK, candidates, (), loaded, NOWHERE, past=lacking, solver=solve_reduced)
    assert [pick.candidate.rated.score.track for pick in week.picks].count("practice") == 5


def test_meeting_the_same_people_again_counts_and_fades():
    meetings = {times: past({back: [("practice", "样板社")] for back in range(1, times + 1)}) for times in range(8)}
    worth = [meetings[times].streak("样板社")[0] for times in range(8)]
    assert worth[0] == 0
    assert worth[1] < worth[2] < worth[3]
    assert worth[3] > worth[4] > worth[5] > worth[6] == 0
    assert past({5: [("practice", "样板社")]}).streak("样板社") == (0.0, 0), "four weeks ago is no streak"


def test_a_streak_decides_between_equals_and_is_told():
    friends = rated(make_event("friends", start=at(1, 19), end=at(1, 21), organizer="样板社"))
    strangers = rated(make_event("strangers", start=at(1, 19), end=at(1, 21), organizer="别的社"), 2.3)
    loaded = config()
    candidates, _ = select([friends, strangers], loaded, WEEK, NOW)
    met = past({1: [("practice", "样板社")]})
    week = plan_week(WEEK, candidates, (), loaded, NOWHERE, past=met, solver=solve_reduced)
    assert picked(week) == {"friends"}
    assert week.picks[0].candidate.rated.score.terms[-1] == Term(name="streak", points=0.8, about="2")


@pytest.mark.parametrize(
    ("share", "visited", "expected"),
    [
        (0.5, {}, 2.5),
        (0.5, {"industry": 5}, 5.0),  # never more than a week holds
        (0.5, {"practice": 15}, 0.0),  # never less than none
        (0.6, {"industry": 6, "practice": 6}, 4.2),  # 0.6 of 17, less the six visited
        (0.0, {"industry": 3}, 0.0),
    ],
)
def test_visits_that_a_track_should_have(share, visited, expected):
    tracks = PlanHistory(tracks=visited, met={}, lately=frozenset())
    assert wanted_visits(share, "practice", tracks, 5) == pytest.approx(expected)


def test_the_people_behind_an_event_are_its_organiser_or_its_series():
    alone, of_club = make_event("talk"), make_event("talk", organizer=" ＤＩＣＥ Club ")
    weekly = make_event("talk", uid="series", recurrence="FREQ=WEEKLY")
    assert community_of(rated(alone)) is None
    assert community_of(rated(of_club)) == "dice club"
    assert community_of(with_copies(alone, alone)) is None
    assert community_of(with_copies(alone, weekly)) == "club|series"
    assert community_of(with_copies(of_club, weekly)) == "dice club"


def with_copies(event, *copies):
    records = tuple(
        Record(source="club", key=str(number), event=copy, event_id="x", first_seen=NOW, last_seen=NOW, changed=NOW)
        for number, copy in enumerate(copies)
    )
    each = rated(event)
    return replace(each, tracked=replace(each.tracked, merged=replace(each.tracked.merged, records=records)))


def test_weeks_long_past_and_weeks_to_come_count_for_nothing():
    known = past({8: [("practice", "样板社")], 9: [("industry", "别的社")], -1: [("industry", "别的社")]})
    assert (known.tracks, known.met, known.lately) == ({}, {"样板社": 1}, frozenset())
    assert history_of({}, WEEK).streak(None) == (0.0, 0)
