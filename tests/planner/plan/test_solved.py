"""A week that was solved before is remembered, to the letter, and no other."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from planner.plan.candidates import select
from planner.plan.model import Problem, Solution
from planner.plan.solved import RememberingSolver, digest_of
from planner.plan.week import build
from tests.support.cli import CALENDAR, CONFIG, outputs, run
from tests.support.cli import NOW as MOMENT
from tests.support.events import NOW
from tests.support.planning import NOWHERE, WEEK, config, solve_reduced, weeks

QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def problem_of(drawn) -> Problem:
    events, text = drawn
    loaded = config(text)
    return build(select(events, loaded, WEEK, NOW)[0], loaded, NOWHERE)


def nobody(problem: Problem) -> Solution:
    raise AssertionError("it is remembered")


@QUICK
@given(weeks(), st.data())
def test_the_same_week_is_remembered_and_another_is_not(drawn, data):
    problem = problem_of(drawn)
    first = RememberingSolver(None, solve_reduced)
    solution = first(problem)
    assert solution == solve_reduced(problem)
    assert RememberingSolver(first.kept(), nobody)(problem_of(drawn)) == solution
    changed = [
        replace(problem, per_day=problem.per_day + 1),
        replace(problem, budget=(problem.budget or 0.0) + 1.0),
        replace(problem, per_week=problem.per_week + 1),
        replace(problem, returns={**problem.returns, "client": [0.5]}),
        replace(problem, days=9),
    ]
    if problem.items:
        place = data.draw(st.integers(0, len(problem.items) - 1))
        item = problem.items[place]
        field = data.draw(st.sampled_from(["worth", "cost", "day"]))
        other = replace(item, **{field: getattr(item, field) + 1})
        changed.append(replace(problem, items=[*problem.items[:place], other, *problem.items[place + 1 :]]))
    for each in changed:
        assert digest_of(each) != digest_of(problem)
        assert RememberingSolver(first.kept(), solve_reduced)(each) == solve_reduced(each)


def test_what_was_not_proven_is_solved_again():
    unproven = Solution(chosen=(0,), value=1.0, bound=2.0, status="unproven")
    problem = Problem(items=[], conflicts=[], per_day=1, per_week=1, budget=None)
    first = RememberingSolver(None, lambda _: unproven)
    assert first(problem) == unproven
    better = replace(unproven, value=2.0, status="optimal")
    assert RememberingSolver(first.kept(), lambda _: better)(problem) == better


def test_what_is_no_more_as_it_was_kept_is_solved_again():
    problem = Problem(items=[], conflicts=[], per_day=1, per_week=1, budget=None)
    proven = Solution(chosen=(), value=1.0, bound=1.0, status="optimal")
    first = RememberingSolver(None, lambda _: proven)
    first(problem)
    assert RememberingSolver(first.kept(), nobody)(problem) == proven
    better = replace(proven, value=7.0, bound=7.0)
    for damaged in (first.kept().replace("1.0", "9.0"), first.kept()[:-1], "{", "\n", ""):
        assert RememberingSolver(damaged, lambda _: better)(problem) == better


def test_a_second_week_starts_no_solver(tmp_path, monkeypatch):
    (tmp_path / "club.ics").write_text(CALENDAR, encoding="utf-8")
    (tmp_path / "config.yaml").write_text(CONFIG.format(language="en"), encoding="utf-8")
    for _ in range(2):  # the published plan counts in the second
        assert run(tmp_path, "week", "--now", MOMENT, "--quiet").returncode == 0
    before = outputs(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr("planner.plan.solve.SolverProcess._solved", nobody)
        assert run(tmp_path, "week", "--now", MOMENT, "--quiet").returncode == 0
        assert outputs(tmp_path) == before
    with (tmp_path / "config.yaml").open("a", encoding="utf-8") as file:
        file.write("week: {at_most: {per_week: 1}}\n")
    assert run(tmp_path, "week", "--now", MOMENT, "--quiet").returncode == 0
    assert outputs(tmp_path)["out/plan.ics"] != before["out/plan.ics"]
