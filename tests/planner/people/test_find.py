"""Whom a name means; who is called alike is told apart by where one met."""

from __future__ import annotations

from pathlib import Path

import pytest

from planner.errors import UsageError
from planner.i18n.catalog import Catalog
from planner.people.book import book_of
from planner.people.find import find

BOOK = book_of(
    Path("people.yaml"),
    """\
people:
  - name: 王伟
    met: [{day: 2026-10-01, at: 储能沙龙, circle: 示例储能圈}]
  - name: 王伟
    met: [{day: 2026-11-01, at: Sample speakers}]
  - name: 王伟
  - name: Ana Bell
  - name: Ana
  - name: "J\\u00fcrgen 🦊"
""".encode(),
    Catalog("en"),
)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Ana", "Ana"), ("ana bell", "Ana Bell"), ("Bell", "Ana Bell"), ("ＡＮＡ", "Ana"),
        ("Jürgen", "Jürgen 🦊"), ("🦊", "Jürgen 🦊"),
    ],
)  # fmt: skip
def test_a_whole_name_goes_before_a_part_of_one(said, name):
    found = find(BOOK, said)
    assert found is not None
    assert found.person.name == name


def test_the_same_name_is_told_apart_by_where_one_met():
    with pytest.raises(UsageError) as told:
        find(BOOK, "王伟")
    assert "储能沙龙 2026-10-01; Sample speakers 2026-11-01; no place noted" in str(told.value)
    assert "王伟" not in str(told.value), "names stay out of messages"
    for where, day in (("储能", 10), ("speakers", 11), ("2026-11-01", 11)):
        found = find(BOOK, f"王伟 @ {where}")
        assert found is not None
        assert found.person.met[0].on.month == day
    assert find(BOOK, "王伟 @ nowhere") is None
    assert find(BOOK, "王伟@储能沙龙") is None, "a name of its own"


def test_nobody_is_nobody():
    assert find(BOOK, "Zoe") is None
