"""What earlier weeks add to this one: tracks that came short, people met again."""

from __future__ import annotations

from planner.plan.candidates import select
from planner.plan.history import history_of
from planner.plan.week import plan_week
from planner.types import Term
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
