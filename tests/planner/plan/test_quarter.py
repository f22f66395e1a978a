"""The quarter is counted from what took place and from what the user noted, and nothing is scored."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from planner.people.person import NOBODY_KNOWN, Favour, Meeting, People, Person, Practice
from planner.plan.quarter import WEEKS, Circle, quarter_of
from planner.weeks import WeekSpan

ZONE = ZoneInfo("Asia/Shanghai")
WEEK = WeekSpan(date(2026, 11, 23), ZONE)
NOW = datetime(2026, 11, 27, 12, 0, tzinfo=ZONE)


def pick(name: str, day: date, track: str = "practice", community: str | None = "sample club", **more: str) -> dict:
    start = datetime(day.year, day.month, day.day, 19, tzinfo=ZONE).isoformat()
    return {"id": name, "title": f"Evening {name}", "start": start, "track": track, "community": community, **more}


def plans(*picks: dict) -> dict:
    found: dict = {}
    for each in picks:
        year, week, _ = datetime.fromisoformat(each["start"]).isocalendar()
        found.setdefault(f"{year}-W{week:02d}", {"picks": []})["picks"].append(each)
    return found


def quarter(kept: dict, people: People = NOBODY_KNOWN, skipped: frozenset[str] = frozenset()):
    return quarter_of(kept, people, WEEK, NOW, wanted=0.6, skipped=skipped)


def test_evenings_that_are_over_count_and_what_was_skipped_does_not():
    kept = plans(
        pick("a", date(2026, 11, 24)), pick("b", date(2026, 11, 26), "industry", "other club"),
        pick("c", date(2026, 11, 28)), pick("d", date(2026, 11, 25)), pick("e", date(2026, 9, 1)),
        pick("f", date(2026, 8, 30)),
    )  # fmt: skip
    found = quarter(kept, skipped=frozenset({"d"}))
    assert found.evenings == {"industry": (0,) * 12 + (1,), "practice": (1,) + (0,) * 11 + (1,)}
    assert found.first == date(2026, 8, 31)
    assert found.circles == (
        Circle(name="Evening a", evenings=2, is_new=False),
        Circle(name="Evening b", evenings=1, is_new=True),
    )


def test_a_circle_is_called_by_its_own_name():
    found = quarter(plans(pick("a", date(2026, 11, 24), organizer="Sample Club")))
    assert [each.name for each in found.circles] == ["Sample Club"]


def test_people_met_again_favours_and_skills():
    days = [date(2026, 11, 1) + timedelta(days=day) for day in range(5)]
    people = People(
        people=(
            Person(name="A", met=tuple(Meeting(on=day) for day in days)),
            Person(name="B", met=(Meeting(on=days[0]), Meeting(on=days[0]), Meeting(on=date(2026, 1, 1)))),
            Person(name="C", met=(Meeting(on=date(2026, 1, 1)),)),
            Person(
                name="D",
                favours=(
                    Favour(on=days[0], way="asked", what="x"),
                    Favour(on=date(2026, 1, 1), way="asked", what="x"),
                    Favour(on=days[1], way="returned", what="y"),
                ),
            ),
        ),
        practised=(Practice(on=days[0], skill="trust"), Practice(on=date(2026, 1, 1), skill="trust")),
    )
    found = quarter({}, people)
    assert found.met == (0, 1, 0, 1)
    assert found.favours == {"asked": 1, "received": 0, "given": 0, "returned": 1}
    assert found.skills["trust"] == 1


@given(st.lists(st.tuples(st.integers(0, 200), st.sampled_from(["industry", "practice", "client"])), max_size=30))
def test_every_evening_of_the_quarter_stands_in_its_week(days):
    kept = plans(*(pick(str(n), WEEK.monday - timedelta(days=back), track) for n, (back, track) in enumerate(days)))
    found = quarter(kept)
    for track in ("industry", "practice"):
        within = sum(each == track and WEEK.monday - timedelta(days=back) >= found.first for back, each in days)
        assert sum(found.evenings[track]) == within
        assert len(found.evenings[track]) == WEEKS
