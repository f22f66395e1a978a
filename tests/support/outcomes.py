"""What became of a delivery, in words."""

from __future__ import annotations

from planner.deliver import Outcome, in_words
from planner.i18n.catalog import Catalog

EN = Catalog("en")


def why(outcome: Outcome, words: Catalog = EN) -> str:
    """The reason in words; empty where there is none."""
    return "" if outcome.reason is None else in_words(outcome.reason, words)
