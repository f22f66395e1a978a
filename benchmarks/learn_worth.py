"""Learn what features of an evening are worth, from weeks graded by reading; write planner/rating/weights.toml.

    QUANZI_CASES=... python -m benchmarks.learn_worth [--write] [--work FOLDER] [--strength 100]

Prior knowledge (worth_priors.toml) is moved by ridge regression towards the value of the grades; the more evidence a
feature has, the further. Weights keep the sign of their prior, so that no accident of one city turns knowledge round.
Prints how the weights do in each city when learnt from the others alone, beside the fit; ``--write`` keeps them.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.graded_weeks import Graded, graded_weeks, simulated

HERE = Path(__file__).resolve().parent.parent
WEIGHTS = HERE / "planner/rating/weights.toml"
VALUE = {3: 3.0, 2: 2.0, 1: 1.0, 0: -0.5, -1: -2.0}
"""What an evening of each grade is worth, as in gold/worth/RULES.md."""
WEIGHT_OF_GOOD = 3.0
"""Evenings worth going to are rare: each counts as three others."""
ROUNDS = 40


@dataclass(frozen=True)
class Priors:
    """What is believed of features before any grade."""

    base: float
    least: Mapping[str, float]
    family: Mapping[str, float]
    feature: Mapping[str, float]

    def of(self, name: str) -> float:
        """The prior weight of a feature."""
        return self.feature.get(name, self.family.get(name.partition(".")[0], 0.0))


def priors() -> Priors:
    """The file beside this one."""
    with (Path(__file__).parent / "worth_priors.toml").open("rb") as file:
        return Priors(**tomllib.load(file))


def learn(rows: Sequence[Graded], known: Priors, strength: float) -> dict[str, float]:
    """Rows -> weights, by coordinate descent on the penalised squares with the bounds of the priors' signs."""
    names = sorted({name for row in rows for name in row.features} | set(known.feature))
    place = {name: number for number, name in enumerate(names)}
    matrix = np.zeros((len(rows), len(names)))
    for number, row in enumerate(rows):
        for name, value in row.features.items():
            matrix[number, place[name]] += value
    target = np.array([VALUE[row.grade] - row.offset for row in rows])
    counts = np.array([WEIGHT_OF_GOOD if row.grade >= 1 else 1.0 for row in rows])
    prior = np.array([known.of(name) for name in names])
    lowest = np.array([known.least.get(name, 0.0 if known.of(name) > 0 else -np.inf) for name in names])
    highest = np.array([0.0 if known.of(name) < 0 else np.inf for name in names])
    weighted = matrix * counts[:, None]
    squares = (weighted * matrix).sum(0)
    weights, base = prior.copy(), known.base
    left = target - matrix @ weights - base
    for _ in range(ROUNDS):
        for column in np.flatnonzero(squares):
            wanted = (weighted[:, column] @ left + squares[column] * weights[column] + strength * prior[column]) / (
                squares[column] + strength
            )
            wanted = min(max(wanted, lowest[column]), highest[column])
            left -= matrix[:, column] * (wanted - weights[column])
            weights[column] = wanted
        shift = np.average(left, weights=counts)
        base += shift
        left -= shift
    return {"base": base, **dict(zip(names, weights.tolist(), strict=True))}


def told(name: str, found: Mapping[str, Any]) -> str:
    """One line of figures."""
    figures = (f"{key} {value:.3f}" if isinstance(value, float) else f"{key} {value}" for key, value in found.items())
    return f"{name:<12}" + "  ".join(figures)


def written(weights: Mapping[str, float]) -> str:
    """The data file."""
    lines = [
        "# What the features of planner/rating/worth.py are worth, in points of a week's value. Learnt, not written by",
        "# hand: python -m benchmarks.learn_worth --write (the priors stand in benchmarks/worth_priors.toml).",
        "",
        "[weights]",
        f"base = {weights['base']:.3f}",
    ]
    lines += [f'"{name}" = {value + 0.0:.3f}' for name, value in sorted(weights.items()) if name != "base"]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Cross-validate, and write what was learnt from all."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--work", type=Path)
    parser.add_argument("--strength", type=float, default=100.0)
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp())
    rows = graded_weeks(work)
    known = priors()
    every = learn([row for row in rows if not row.unfit], known, options.strength)
    for city in sorted({row.city for row in rows}):
        others = learn([row for row in rows if row.city != city and not row.unfit], known, options.strength)
        mine = [row for row in rows if row.city == city]
        print(told(city, simulated(mine, others)), "| fit", told("", simulated(mine, every)))
    moved = {name: value for name, value in sorted(every.items()) if abs(value - known.of(name)) > 0.2}
    print("moved:", ", ".join(f"{name} {known.of(name):+.2f}>{value:+.2f}" for name, value in moved.items()))
    if options.write:
        WEIGHTS.write_text(written(every), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
