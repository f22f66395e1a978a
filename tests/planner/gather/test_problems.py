"""One line where trouble begins, one where it ends, one a week in between."""

from __future__ import annotations

from datetime import timedelta

import pytest

from planner.gather.problems import Problem, keep_problems, known_problems, problem_news
from planner.store import Store
from spiders.items import SourceReport
from spiders.reasons import Code, Reason
from tests.support.events import NOW

WELL = SourceReport(source="a", outcome="ok", count=3)
BROKEN = SourceReport(source="a", outcome="failed", reason=Reason(Code.STATUS_ERROR, status=500))
CUT = SourceReport(source="a", outcome="ok", count=3, notes=(Reason(Code.CUT_SHORT),))
OFFLINE = SourceReport(source="a", outcome="failed", reason=Reason(Code.NO_NETWORK))


def days(*reports: SourceReport, left_alone: frozenset[str] = frozenset()) -> list[str]:
    """What is told on each of so many days."""
    known: dict[str, Problem] = {}
    told = []
    for day, report in enumerate(reports):
        news, known = problem_news([report], known, left_alone, NOW + timedelta(days=day))
        told.append("".join(name[0] for name in ("begun", "lasting", "ended") if getattr(news, name)))
    return told


@pytest.mark.parametrize("trouble", [BROKEN, CUT])
def test_it_begins_lasts_and_ends(trouble):
    told = days(WELL, *[trouble] * 16, WELL, WELL)
    assert told == ["", "b", *[""] * 6, "l", *[""] * 6, "l", "", "e", ""]


def test_trouble_from_the_first_run_on():
    assert days(BROKEN, BROKEN) == ["b", ""]


def test_what_comes_and_goes_is_told_once_a_week():
    assert days(*[BROKEN, WELL] * 4) == ["b", "e", "", "", "", "", "", ""]
    assert days(*[BROKEN, WELL] * 4, BROKEN) == ["b", "e", *[""] * 6, "b"]


def test_a_network_that_is_down_neither_begins_nor_ends_anything():
    assert days(WELL, OFFLINE, WELL) == ["", "", ""]
    assert days(BROKEN, OFFLINE, OFFLINE, BROKEN, WELL) == ["b", "", "", "", "e"]


def test_who_was_left_alone_is_not_well_again():
    known = {"a": Problem(told=NOW)}
    news, kept = problem_news([WELL], known, {"a"}, NOW + timedelta(days=1))
    assert not news.ended
    assert kept == known


def test_it_is_remembered(place):
    with Store(place) as store, store.transaction():
        assert known_problems(store) == {}
        kept = {"a": Problem(told=NOW), "b": Problem(told=NOW, over=True, unsaid=True)}
        keep_problems(store, kept, own=set())
        assert known_problems(store) == kept
