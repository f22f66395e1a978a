"""The bars that reading must hold over labelled texts from the wild (they are not part of the project)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks import score_announcements, score_when

AT_LEAST = {
    "zh": {"precision": 0.95, "recall": 0.93, "exact_start": 0.97, "end": 0.93, "place": 0.88, "zero_pages": 0.96,
    "city": 0.93},
    "zh-practice": {"precision": 0.93, "recall": 0.90, "exact_start": 0.96, "zero_pages": 0.9},
}  # fmt: skip
AT_MOST = {"zh": {"wrong": 1, "end_invented": 0.05, "price_wrong": 1}, "zh-practice": {"wrong": 1}}


@pytest.fixture(scope="module")
def cases() -> Path:
    root = os.environ.get("QUANZI_CASES")
    if not root:
        pytest.skip("QUANZI_CASES is not set: the labelled texts are elsewhere")
    return Path(root)


@pytest.mark.parametrize("name", list(AT_LEAST))
def test_announcements(cases: Path, name: str) -> None:
    gold = score_announcements.scorer(cases)
    counts = score_announcements.judged(cases / "gold" / name, gold)["all but borderline"]
    figures = score_announcements.figures(counts, gold)
    assert {key: figures[key] for key, bar in AT_LEAST[name].items() if figures[key] < bar} == {}
    assert {key: figures[key] for key, bar in AT_MOST[name].items() if (figures[key] or 0) > bar} == {}


def test_date_strings(cases: Path) -> None:
    groups = score_when.judged(cases / "gold" / "datetime-strings.tsv")
    assert sum(groups["wild"]) >= 37
    assert sum(groups["written"]) >= 93
    assert all(groups["negative"])


def test_expressions(cases: Path) -> None:
    oks = score_when.judged_expressions(cases / "gold" / "zh" / "expressions.tsv")
    assert sum(oks) / len(oks) >= 0.96
