"""What is said with the plan of a configuration that is allowed and hardly meant."""

from __future__ import annotations

import pytest

from planner.plan.doubts import doubts_of
from tests.support.events import make_event
from tests.support.planning import at, config, rated

EVENTS = [rated(make_event("周四头马俱乐部", start=at(3, 19), end=at(3, 21)))]
SOMEBODY = "city: 上海\n"


def doubts(text: str) -> list[tuple[str, str]]:
    return [(doubt.code, doubt.about) for doubt in doubts_of(config(text), EVENTS)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [("nothing_configured", "")]),
        ("# nothing but a comment\n", [("nothing_configured", "")]),
        (SOMEBODY, []),
        ("interests: {industry: SaaS}\n", []),
        ("city:\ninterests: {industry: SaaS}\n", [("city_empty", "")]),
        (SOMEBODY + "week: {at_most: {per_week: 0}}\n", [("nothing_allowed", "week.at_most.per_week: 0")]),
        (SOMEBODY + "week: {at_most: {days: 0}}\n", [("nothing_allowed", "week.at_most.days: 0")]),
        (SOMEBODY + "week: {free: {weekdays: [], weekend: []}}\n", [("nothing_allowed", "week.free")]),
        (SOMEBODY + "week: {free: {weekdays: [], weekend: [], wed: 晚上}}\n", []),
        (SOMEBODY + "week: {pinned: [头马]}\n", []),
        (SOMEBODY + "week: {pinned: [周四 俱乐部]}\n", []),
        (SOMEBODY + "week: {pinned: [骰子森林]}\n", [("pin_unmet", "骰子森林")]),
        (SOMEBODY + "week: {refused: [骰子森林]}\n", []),
        (SOMEBODY + "week: {refused: [骰子森林，相亲会]}\n", [("refusal_unmet", "骰子森林，相亲会")]),
    ],
)
def test_what_is_hardly_meant_is_said(text, expected):
    assert doubts(text) == expected
