"""Chinese cut into pairs of characters."""

from __future__ import annotations

from spiders.text.pairs import is_chinese, pairs


def test_pairs_overlap_and_a_character_alone_is_itself() -> None:
    assert pairs("读书会") == {"读书", "书会"}
    assert pairs("会") == {"会"}


def test_only_runs_of_chinese_are_cut() -> None:
    assert is_chinese("㐀")
    assert is_chinese("会场")
    assert not is_chinese("ひらがな")
    assert not is_chinese("club")
