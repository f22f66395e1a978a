"""What a plan leaves out and would still propose gladly."""

from __future__ import annotations

from dataclasses import replace

from planner.plan.also_good import MAX_ALSO_GOOD, also_good
from planner.types import Score, Term
from spiders.items import Place
from tests.support.events import make_event
from tests.support.planning import at, plan, rated

ONE = "week: {at_most: {per_day: 1, per_week: 1}}"


def names(week) -> list[str]:
    return [each.id for each, _ in also_good(week)]


def evening(name: str, day: int, score: float = 2.0, title: str | None = None, where: str = "甲"):
    event = make_event(title or name, uid=name, start=at(day, 19), end=at(day, 21), place=Place(name=where))
    return rated(event, score=score)


def test_the_best_first_without_picks_and_backups():
    week = plan([evening("a", 1, 3.0), evening("b", 1, 2.5), evening("c", 2, 2.0), evening("d", 3, 2.2)], ONE)
    assert [pick.candidate.id for pick in week.picks] == ["a"]
    assert [pick.runner_up.id for pick in week.picks if pick.runner_up] == ["b"]
    assert names(week) == ["d", "c"]


def test_each_gathering_once_whichever_evening_it_is_held():
    same = [evening(f"club {day}", day, 2.0, title="Dice Night") for day in range(1, 6)]
    week = plan([evening("a", 1, 3.0), evening("b", 1, 2.9), *same], ONE)
    assert len([name for name in names(week) if name.startswith("club")]) == 1
    elsewhere = evening("other hall", 5, 2.0, title="Dice Night", where="乙")
    assert "other hall" in names(plan([evening("a", 1, 3.0), evening("b", 1, 2.9), *same, elsewhere], ONE))


def test_the_backup_is_another_gathering_than_the_pick():
    again = evening("again", 2, 2.9, title="Dice Night")
    week = plan([evening("pick", 1, 3.0, title="Dice Night"), again, evening("other", 3, 1.5)], ONE)
    (pick,) = week.picks
    assert pick.runner_up is not None
    assert pick.runner_up.id == "other"


def test_no_more_than_fit_and_nothing_that_is_poor():
    week = plan([evening(f"e{number}", number % 7, 2.0 - number / 100) for number in range(20)], ONE)
    assert len(names(week)) == MAX_ALSO_GOOD
    assert names(plan([evening("a", 1, 3.0), evening("poor", 2, 0.4)], ONE)) == []


def whole_day(name: str, *terms: Term, total: float = 2.0):
    event = rated(make_event(name, uid=name, start=at(5, 0), end=at(6, 0), all_day=True), score=total)
    return replace(event, score=Score(total=total, terms=terms, track="industry"))


def test_what_lasts_all_day_needs_a_word_of_the_user_and_its_worth():
    wanted = whole_day("wanted", Term("interest", 2.0, "储能"))
    week = plan([evening("a", 1, 3.0), wanted, whole_day("unasked", Term("trade", 2.0, "展")),
                 whole_day("poor", Term("interest", 0.2, "储能"), total=0.2)], ONE)  # fmt: skip
    assert [(each.id, candidate) for each, candidate in also_good(week)] == [("wanted", None)]
