"""Chinese numerals: small numbers, hundreds, and years digit by digit."""

from __future__ import annotations

import pytest

from spiders.text.numerals import digits, hundreds, number


@pytest.mark.parametrize(
    ("text", "expected"),
    [("三", 3), ("十", 10), ("十二", 12), ("二十八", 28), ("12", 12), ("一二", None), ("百", None)],
)
def test_numbers_below_a_hundred(text: str, expected: int | None) -> None:
    assert number(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"), [("十二", 12), ("一百二十三", 123), ("百", 100), ("两百零五", 205), ("三", 3)]
)
def test_numbers_below_a_thousand(text: str, expected: int) -> None:
    assert hundreds(text) == expected


def test_years_digit_by_digit() -> None:
    assert digits("二〇二六") == digits("二零二六") == 2026
    assert digits("二十") is None
