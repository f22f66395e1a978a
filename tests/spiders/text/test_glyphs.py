"""One spelling for many glyphs, at the same places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spiders.text.glyphs import _TRADITIONAL, fold, visible


@given(st.text(max_size=300))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(st.text(max_size=300))
def test_nothing_invisible_is_left(text: str) -> None:
    seen = visible(text)
    assert not any(0xD800 <= ord(c) <= 0xDFFF or c in "\r\x00\u200b\u202e\ufeff\u2028" for c in seen)
    seen.encode("utf-8")


def test_glyphs_that_look_alike_are_one() -> None:
    assert fold("１２⽉５⽇（週六）１９：００—２１：００") == "12月5日(周六)19:00-21:00"
    assert fold("時間｜地點丨費用") == "时间|地点|费用"


def test_the_traditional_characters_come_in_pairs() -> None:
    assert len(_TRADITIONAL) % 2 == 0
    assert len(set(_TRADITIONAL[::2])) >= len(_TRADITIONAL) // 2 - 6
