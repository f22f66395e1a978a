"""Does feedback move the week? Verdicts on 20 graded events of one week, then the next week's picks.

    QUANZI_CASES=... python -m benchmarks.feedback_moves [--work FOLDER]

For each person and city of gold/worth: like for grades 3 and 2, went for 1, dislike for the rest; the events are drawn
at random among those in free hours, and, told apart, the 20 best by our own score. Prints the mean grade of the next
week's picks without and with feedback, averaged over pairs.
"""

from __future__ import annotations

import argparse
import random
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import fmean

from benchmarks.graded_weeks import Graded, graded_weeks, simulated
from planner.rating.evidence import evidence_of
from planner.rating.feedback import features, learn
from planner.rating.weights import learnt_weights
from planner.types import Feedback, Verdict

COUNT, TRIES = 20, 5
VERDICTS: dict[int, Verdict] = {3: "like", 2: "like", 1: "went", 0: "dislike", -1: "dislike"}


def verdict_on(row: Graded) -> Feedback:
    """What the person says of a graded event."""
    event, label = row.event.event, row.event.label
    return Feedback(
        event=row.event.id,
        verdict=VERDICTS[row.grade],
        at=datetime(2026, 3, 29, tzinfo=UTC),
        title=row.title,
        features=features(event, label, evidence_of(event)),
        expected=row.event.score.total,
    )


def moved(rows: Sequence[Graded], given: Sequence[Graded]) -> list[Graded]:
    """The rows with the points that the verdicts add."""
    learnt = learn([verdict_on(row) for row in given])
    return [
        replace(
            row,
            offset=row.offset
            + sum(points for *_, points in learnt.of(row.event.event, row.event.label, evidence_of(row.event.event))),
        )
        for row in rows
    ]


def main() -> None:
    """Print both ways of drawing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--work", type=Path)
    options = parser.parse_args()
    rows = [row for row in graded_weeks(options.work or Path(tempfile.mkdtemp())) if row.city != "zh"]
    weights = learnt_weights()
    first, second = sorted({row.week for row in rows})
    before, drawn, best, empty = [], [], [], 0
    for city in sorted({row.city for row in rows}):
        for person in sorted({row.person for row in rows}):
            mine = [row for row in rows if (row.city, row.person) == (city, person)]
            seen = [row for row in mine if row.week == first and row.free]
            coming = [row for row in mine if row.week == second]
            without = simulated(coming, weights)["mean"]
            samples = [random.Random(number).sample(seen, min(COUNT, len(seen))) for number in range(TRIES)]
            tries = [simulated(moved(coming, given), weights) for given in samples]
            empty += sum(not week["picks"] for week in tries)
            ranked = sorted(seen, key=lambda row: (-row.event.score.total, row.event.id))
            before.append(without)
            drawn.append(fmean(week["mean"] if week["picks"] else without for week in tries))
            best.append(simulated(moved(coming, ranked[:COUNT]), weights)["mean"])
            print(f"{city:<10} {person}  before {before[-1]:.2f}  drawn {drawn[-1]:.2f}  best {best[-1]:.2f}")
    print(f"mean grade before {fmean(before):.2f}; 20 drawn {fmean(drawn):.2f} (weeks without a pick, which count as")
    print(f"before: {empty} of {len(before) * TRIES}); the 20 best {fmean(best):.2f}")


if __name__ == "__main__":
    main()
