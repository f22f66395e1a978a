"""Words of status: what calls an event off, what only speaks of it, and what is no part of a title."""

from __future__ import annotations

import pytest

from spiders.text.status import MARKS, NEW_DATE, is_change, is_status, stated_status


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Open mic", "confirmed"),
        ("CANCELLED: Open mic", "cancelled"),
        ("Canceled - Open mic", "cancelled"),
        ("【取消】周三读书会", "cancelled"),
        ("周三读书会（已取消）", "cancelled"),
        ("如何取消订阅", "confirmed"),
        ("读书会延期通知", "postponed"),
        ("讀書會順延一週", "postponed"),
        ("Debate (postponed)", "postponed"),
        ("Debate rescheduled", "postponed"),
        ("Debate is called off", "cancelled"),
        ("读书会临时取消", "cancelled"),
        ("取消：读书会", "cancelled"),
    ],
)
def test_the_status_that_a_title_states(words: str, expected: str) -> None:
    assert stated_status(words) == expected
    assert stated_status(None, "", words) == expected


def test_the_first_words_that_state_something_decide() -> None:
    assert stated_status("Open mic", "cancelled", "postponed") == "cancelled"


@pytest.mark.parametrize(
    "title", ["客户说取消合作怎么办：沙龙", "Cancelled Stamps Society", "取消焦虑读书会", "“【取消】”这个词"]
)
def test_a_word_in_passing_states_nothing(title: str) -> None:
    assert stated_status(title) == "confirmed"


def test_a_line_of_status_is_no_title() -> None:
    assert is_status("MEETING CANCELLED")
    assert is_status("Special meeting")
    assert not is_status("Meeting of poets")
    assert is_change("Location & time change")
    assert not is_change("Special meeting")


def test_marks_and_new_dates() -> None:
    assert MARKS.sub(" ", "CANCELLED - Open mic").split() == ["Open", "mic"]
    assert NEW_DATE.match("Rescheduled to Friday")
    assert NEW_DATE.match("改期至12月5日")
