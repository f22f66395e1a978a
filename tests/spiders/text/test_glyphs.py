"""One spelling for many glyphs, at the same places."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from spiders.text.glyphs import normalize, simplified, visible


@given(st.text(max_size=300))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(normalize(text)) == len(text)


@given(st.text(max_size=300))
def test_nothing_invisible_is_left(text: str) -> None:
    seen = visible(text)
    assert not any(0xD800 <= ord(c) <= 0xDFFF or c in "\r\x00\u200b\u202e\ufeff\u2028" for c in seen)
    seen.encode("utf-8")


def test_glyphs_that_look_alike_are_one() -> None:
    assert normalize("１２⽉５⽇（週六）１９：００—２１：００") == "12月5日(周六)19:00-21:00"
    assert normalize("時間｜地點丨費用") == "时间|地点|费用"


def test_what_is_also_a_simplified_character_stays() -> None:
    """乾县 is a county, 乾 no 干; and nothing maps to what would be mapped again."""
    table = simplified()
    assert len(table) > 1800
    assert not any(ord(sign) in table for sign in "乾著於里面台后干只系发")
    assert not any(ord(new) in table for new in table.values())
    assert all(len(new) == 1 and ord(new) != old for old, new in table.items())
