"""Words of status: what calls an event off, what only speaks of it, and what is no part of a title."""

from __future__ import annotations

import pytest

from spiders.text.status import MARKS, NEW_DATE, TITLE_CANCELLED, TITLE_POSTPONED, is_change, is_status, stated_status


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
    ],
)
def test_the_status_that_a_title_states(words: str, expected: str) -> None:
    assert stated_status(words) == expected
    assert stated_status(None, "", words) == expected


def test_the_first_words_that_state_something_decide() -> None:
    assert stated_status("Open mic", "cancelled", "postponed") == "cancelled"


@pytest.mark.parametrize("title", ["读书会临时取消", "取消：读书会", "Debate is called off"])
def test_a_title_among_several_needs_the_word_alone(title: str) -> None:
    assert TITLE_CANCELLED.search(title)
    assert not TITLE_CANCELLED.search("取消订阅的艺术")
    assert TITLE_POSTPONED.search("Debate rescheduled")


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
