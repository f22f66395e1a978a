"""What features are worth: the learnt weights, and how points become terms of a score."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from planner.types import Term

SMALL = 0.05
"""Terms of fewer points are told as one."""
_ALWAYS_TOLD = frozenset({"interest", "avoid", "topic"})


class Feature(NamedTuple):
    """One named quantity of an event; ``term`` and ``about`` are how it is told."""

    name: str
    value: float
    term: str
    about: str = ""
    near: bool = False


@functools.cache
def learnt_weights() -> Mapping[str, float]:
    """The weights that ship, by the name of the feature; ``base`` is the constant."""
    with (Path(__file__).parent / "weights.toml").open("rb") as file:
        return {name: float(value) for name, value in tomllib.load(file)["weights"].items()}


class Points(NamedTuple):
    """Terms that are told, and what those too small to be told make together."""

    told: tuple[Term, ...]
    small: float


def points_of(features: Iterable[Feature], weights: Mapping[str, float]) -> Points:
    """The points of features. What one word says in several fields is one term."""
    sums: dict[tuple[str, str, bool], float] = {}
    for name, value, term, about, near in features:
        points = weights.get(name, 0.0) * value
        if points:
            key = (term, about, near)
            sums[key] = sums.get(key, 0.0) + points
    told, small = [], 0.0
    for (name, about, near), points in sums.items():
        if -SMALL < points < SMALL and name not in _ALWAYS_TOLD:
            small += points
        else:
            told.append(Term(name, round(points, 3), about, near))
    return Points(tuple(told), small)
