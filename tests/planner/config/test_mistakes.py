"""Mistakes in config.yaml: each told at its line and column, with what would be right; or understood."""

from __future__ import annotations

import pytest

from tests.support.mistake_cases import Case, both_languages


@pytest.mark.parametrize(
    ("language", "case"), [pytest.param(*each, id=f"{each[1].name}-{each[0]}") for each in both_languages("typical")]
)
def test_a_mistake_is_told_where_it_was_made(language: str, case: Case):
    assert case.faults(language) == []
