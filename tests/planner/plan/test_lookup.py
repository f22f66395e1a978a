"""Which event a person means."""

from __future__ import annotations

import pytest

from planner.plan.lookup import is_id_of, is_meant, is_title_of
from tests.support.events import make_event
from tests.support.planning import rated

EVENT = rated(make_event("储能 Open Day：ＡＩ 与电池", uid="ab12cd34"))


@pytest.mark.parametrize(
    ("wanted", "by_id", "by_title"),
    [
        ("ab12cd34", True, False),
        ("ab12cd34@quanzi", True, False),
        ("ab12", True, False),
        ("ab1", False, False),  # too short to be sure
        ("ab1@quanzi", False, False),
        ("b12cd34", False, False),
        ("储能", False, True),
        ("open day", False, True),
        ("day open", False, True),  # words, in any order
        ("ai", False, True),
        ("open evening", False, False),
        ("", False, False),
        ("  ", False, False),
    ],
)
def test_by_id_or_by_words_of_the_title(wanted, by_id, by_title):
    assert (is_id_of(EVENT, wanted), is_title_of(EVENT, wanted)) == (by_id, by_title)
    assert is_meant(EVENT, wanted) == (by_id or by_title)
