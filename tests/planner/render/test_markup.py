"""Texts inside a line of markup: nothing is lost, nothing becomes markup."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from planner.render.markup import breakable, isolated, lang_unless
from planner.render.script import script_of


@given(text=st.text(max_size=200))
def test_the_text_stays_the_same_and_stays_text(text):
    for made in (breakable(text), isolated(text)):
        bare = re.sub(r'<wbr>|<span dir="rtl">|</span>', "", str(made))
        assert html.unescape(bare) == html.unescape(html.escape(text))
        assert "<" not in bare


def test_only_endless_words_may_break():
    assert breakable("Internationalization & 很长很长很长很长很长很长很长很长很长很长的一句话") == (
        "Internationalization &amp; 很长很长很长很长很长很长很长很长很长很长的一句话"
    )
    assert breakable("a" * 30) == "a" * 12 + "<wbr>" + "a" * 12 + "<wbr>" + "a" * 6
    assert "<wbr>" not in breakable("👨‍👩‍👧‍👦" * 10)


@pytest.mark.parametrize(
    ("line", "made"),
    [
        ("新：לקאא 8 משחקים: 11月24日", '新：<span dir="rtl">לקאא 8 משחקים</span>: 11月24日'),
        ("لقاء أسبوعي", '<span dir="rtl">لقاء أسبوعي</span>'),
        ("ב and ג", '<span dir="rtl">ב</span> and <span dir="rtl">ג</span>'),
        ("no such words <b>", "no such words &lt;b&gt;"),
    ],
)
def test_words_from_the_right_stand_apart(line, made):
    assert isolated(line) == made


@pytest.mark.parametrize(
    ("title", "language"),
    [("狼人杀", "zh-CN"), ("Python 上海 Meetup", "zh-CN"), ("Board games", "en"), ("ボードゲーム会", "ja"),
     ("보드게임", "ko"), ("لقاء", "ar"), ("משחק", "he"), ("Встреча", "ru"), ("12:30 🎲", None), ("", None)],
)  # fmt: skip
def test_letters_tell_the_language(title, language):
    assert script_of(title) == language
    assert lang_unless(title, "fr") == (f' lang="{language}"' if language else "")
    assert language is None or lang_unless(title, language) == ""
