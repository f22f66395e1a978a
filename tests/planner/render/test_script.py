"""In which language a title is written."""

from __future__ import annotations

import pytest

from planner.render.script import script_of


@pytest.mark.parametrize(
    ("title", "language"),
    [
        ("读书会", "zh-CN"),
        ("Python 上海 Meetup", "zh-CN"),
        ("ボードゲーム会", "ja"),
        ("日本語の会", "ja"),
        ("보드게임 밤", "ko"),
        ("لقاء أسبوعي", "ar"),
        ("ערב משחקים", "he"),
        ("Вечер игр", "ru"),
        ("Board games", "en"),
        ("𠀀", "zh-CN"),
        ("12:30 🎲", None),
        ("", None),
    ],
)
def test_by_its_letters(title, language):
    assert script_of(title) == language
