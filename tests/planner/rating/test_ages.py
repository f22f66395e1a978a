"""Ages and school years: for children, for families, for grown-ups."""

from __future__ import annotations

import pytest

from planner.rating.ages import ages


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Robots for ages 8-12", [("children", "ages 8-12")]),
        ("Ages: 12 through 18, bring a friend", [("children", "Ages: 12 through 18")]),
        ("适合 6-12 岁小朋友", [("children", "6-12 岁")]),
        ("Grades 3 to 5", [("children", "Grades 3 to 5")]),
        ("a K-5 morning", [("children", "K-5")]),
        ("ages 5 and up", [("families", "ages 5 and up")]),
        ("for ages 21+ only", [("adults", "ages 21+")]),
        ("18岁以上", [("adults", "18岁以上")]),
        ("young professionals, ages 21-35", [("adults", "ages 21-35")]),
        ("an hour for those 55 and over", []),
        ("pages 3 to 5 of the book", []),
        ("open 8-12 on weekdays", []),
        ("nothing of the kind", []),
    ],
)
def test_whom_an_age_means(text, expected):
    assert list(ages(text)) == expected
