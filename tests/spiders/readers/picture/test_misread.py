"""Letters that stand for digits, mended only where a time is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.readers.picture.misread import repaired


@pytest.mark.parametrize(
    ("seen", "meant"),
    [
        ("OS:3O PM", "05:30 PM"),
        ("BPM", "8PM"),
        ("FRI BPM TILL LATE", "FRI 8PM TILL LATE"),
        ("l9:30", "19:30"),
        ("19∵30", "19:30"),
        ("O5.3O PM", "05.30 PM"),
        ("2O26.04.05", "2026.04.05"),
        ("Dec l2, 7 PM", "Dec 12, 7 PM"),
    ],
)
def test_what_is_mended(seen, meant):
    text, places = repaired(seen)
    assert text == meant
    assert places == {at for at, sign in enumerate(seen) if sign != meant[at]}


@pytest.mark.parametrize("words", ["120 BPM", "SO:SO", "I AM HERE", "ratio S:10", "DJ BOB", "May I come", "SPM report"])
def test_words_stay_words(words):
    assert repaired(words) == (words, frozenset())


@given(st.text(max_size=60))
def test_the_length_stays(text):
    assert len(repaired(text)[0]) == len(text)
