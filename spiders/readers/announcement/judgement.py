"""Learnt judgement: linear models over readable features, and how to explain what they decided.

The weights (``weights.json``) are learnt from labelled announcements by ``python -m benchmarks.learn_announcements``;
that page says what they are worth on sources that were left out. Inference is a sum: deterministic, and each decision
can be told as the features that moved it most.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

_MOST_TOLD = 6  # features that an explanation names


@dataclass(frozen=True, slots=True)
class Model:
    """A linear model: a weight for each feature, and the base that holds without any."""

    base: float
    weights: Mapping[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """The log-odds that ``features`` come to; unknown ones count nothing."""
        weights = self.weights
        return self.base + sum(weights.get(name, 0.0) * value for name, value in features.items())

    def probability(self, features: Mapping[str, float]) -> float:
        """Between 0 and 1."""
        return as_probability(self.score(features))

    def reasons(self, features: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
        """The features that moved the score most, each with what it added."""
        added = ((name, self.weights.get(name, 0.0) * value) for name, value in features.items())
        ranked = sorted(added, key=lambda entry: (-abs(entry[1]), entry[0]))
        return tuple((name, round(value, 2)) for name, value in ranked[:_MOST_TOLD] if abs(value) >= 0.05)


def as_probability(score: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, score))))


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision as told to people: what was asked, about which words, how likely it is, and what moved it most."""

    question: Literal["time", "announcement", "name"]
    about: str
    likely: float
    features: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """The three questions that are judged: is a time an event's, is the text an announcement, which name is it."""

    time: Model
    announcement: Model
    name: Model

    @classmethod
    def from_json(cls, table: Mapping[str, Mapping[str, float]]) -> Judgement:
        """``{"time": {"": base, feature: weight, …}, "announcement": …, "name": …}``."""
        models = {
            key: Model(values.get("", 0.0), {name: weight for name, weight in values.items() if name})
            for key, values in table.items()
        }
        return cls(models["time"], models["announcement"], models["name"])


@cache
def learnt() -> Judgement:
    """The judgement that is shipped."""
    return Judgement.from_json(json.loads(files(__package__).joinpath("weights.json").read_text("utf-8")))
