"""Words that say that there is no value yet."""

from __future__ import annotations

import pytest

from spiders.text.unknown import PLACE_TO_COME, TIME_TO_COME, is_unknown


@pytest.mark.parametrize("value", ["TBD", "tba.", "N/A", "To be announced", "-", "??", "待定", "暂无"])
def test_nothing_but_such_words(value: str) -> None:
    assert is_unknown(value)


@pytest.mark.parametrize("value", ["", "None of the above", "待定咖啡馆", "TBD Brewing", "-" * 60])
def test_a_name_that_begins_so_is_a_name(value: str) -> None:
    assert not is_unknown(value)


def test_the_place_field_of_an_announcement_goes_on_behind_them() -> None:
    assert PLACE_TO_COME.match("详见海报")
    assert PLACE_TO_COME.match("报名后群内通知")
    assert not PLACE_TO_COME.match("漕河路8号（待定）")


def test_a_sentence_holds_them_anywhere() -> None:
    assert TIME_TO_COME.search("具体时间另行通知")
    assert TIME_TO_COME.search("Date: to be confirmed")
    assert not TIME_TO_COME.search("12月5日19:00")
