"""A year alone: 365 daily runs and 52 weekly ones over fifty sources that move, die and return, with a fake clock.

A subscriber who keeps by UID takes the calendar after each run. Every thirtieth daily run is a process of its own,
whose memory is measured; the others share one, so that the year ends within minutes.

python -m benchmarks.year [DAYS [SEED]]
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from tests.support.years import Year

DAYS, SEED, APART = 365, 7, 30


def main() -> None:
    days = int(sys.argv[1]) if len(sys.argv) > 1 else DAYS
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else SEED
    begun = time.perf_counter()
    with tempfile.TemporaryDirectory() as name:
        year = Year(Path(name), seed=seed)
        for number in range(days):
            known = len(year.wrong)
            year.day(number, apart=number > 0 and number % APART == 0)
            for line in year.wrong[known:]:
                print(f"day {number}: {line}", flush=True)
        print(f"{days} days, {len(year.sources)} sources: {time.perf_counter() - begun:.0f} s")
        print("store at the end of each month, MB:", ", ".join(f"{m} {s / 1e6:.1f}" for m, s in year.sizes.items()))
        told = ", ".join(f"day {day} {size / 1e6:.0f}" for day, size in year.largest.items())
        print(f"largest process of a run, MB: {told}")
        print(f"lines told of trouble: {dict(year.trouble)}")
        print(f"entries held at the end: {len(year.held)}; complaints: {len(year.wrong)}")


if __name__ == "__main__":
    main()
