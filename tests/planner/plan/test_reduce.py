"""Candidates that no best plan needs, table by table; that the optimum stays is shown by search (test_model.py)."""

from __future__ import annotations

import pytest

from planner.plan.model import Item, Problem, Solution, solve
from planner.plan.reduce import enlarged, reduced


def item(name: str, worth: float, **known: object) -> Item:
    return Item(**{"id": name, "worth": worth, "track": "industry", "day": 1, "cost": 0.0, **known})  # type: ignore[arg-type]


def problem(*items: Item, conflicts=((0, 1),), **known: object) -> Problem:
    caps = {"per_day": 2, "per_week": 5, "budget": None, **known}
    return Problem(items=items, conflicts=list(conflicts), **caps)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (problem(item("a", 2.0), item("b", 1.0)), [0]),
        (problem(item("a", 1.0), item("b", 2.0)), [1]),
        (problem(item("a", 2.0), item("b", 1.0), conflicts=()), [0, 1]),  # they can stand together
        (problem(item("a", 2.0), item("b", 1.0, track="practice")), [0, 1]),
        (problem(item("a", 2.0), item("b", 1.0, day=2)), [0, 1]),
        (problem(item("a", 2.0, cost=50.0), item("b", 1.0, cost=20.0)), [0, 1]),  # it is cheaper
        (problem(item("a", 2.0, cost=20.0), item("b", 1.0, cost=20.0)), [0]),
        # The better one clashes with more than the other does.
        (problem(item("a", 2.0), item("b", 1.0), item("c", 9.0, day=2), conflicts=((0, 1), (0, 2))), [0, 1, 2]),
        # Only a cap that can bind keeps apart who holds it.
        (problem(item("a", 2.0, community="x"), item("b", 1.0), per_community=1), [0]),
        (
            problem(
                item("a", 2.0, community="x"), item("b", 1.0), item("c", 1.0, community="x", day=2), per_community=1
            ),
            [0, 1, 2],
        ),
        (problem(), []),
    ],
)  # fmt: skip
def test_what_is_kept(given, kept):
    if not given.items:
        given = problem(conflicts=())
    smaller, positions = reduced(given)
    assert positions == kept
    assert list(smaller.items) == [given.items[position] for position in kept]
    assert solve(smaller).value == pytest.approx(solve(given).value, abs=1e-3)


def test_a_solution_is_told_in_the_positions_of_the_whole():
    small = Solution(chosen=(0, 2), value=1.0, bound=1.0, status="optimal")
    assert enlarged(small, [3, 5, 8]).chosen == (3, 8)
