"""How long it takes to classify and score many events, on one core.

    .venv/bin/python benchmarks/speed_rating.py [COUNT]

The events are our own written titles (tests/cases/classify) with the beginnings of our own written announcements
(tests/cases/announcements) as texts, each with its own number; the configuration is the one that ships.
"""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from planner.config import load
from planner.i18n.catalog import Catalog
from planner.rating.classify import classify
from planner.rating.score import Scorer
from planner.types import Travel
from spiders.items import Event, Place

HERE = Path(__file__).resolve().parent.parent
LENGTH_OF_TEXT = 300


def events(count: int) -> list[Event]:
    """``count`` events out of the written titles."""
    lines = (HERE / "tests/cases/classify/written.tsv").read_text(encoding="utf-8").splitlines()
    rows = [[*line.split("\t"), "", ""][1:4] for line in lines if line and not line.startswith("#")]
    files = sorted((HERE / "tests/cases/announcements/texts").glob("*.txt"))
    texts = [file.read_text(encoding="utf-8")[:LENGTH_OF_TEXT] for file in files]
    start = datetime(2026, 11, 23, 11, tzinfo=UTC)
    return [
        Event(
            source="speed", uid=str(number), title=f"{rows[number % len(rows)][0]} {number}",
            start=start + timedelta(hours=number % 500), timezone="UTC", organizer=rows[number % len(rows)][1],
            description=f"{number} {texts[number % len(texts)]}",
            place=Place(name="梧桐里社区中心", city="上海"),
        )
        for number in range(count)
    ]  # fmt: skip


def main() -> None:
    """Print seconds and events a second."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    config = load(HERE / "config.yaml", Catalog("en"))
    scorer, made, travel = Scorer(config), events(count), Travel(30, True)
    classify(made[0])
    began = time.perf_counter()
    for event in made:
        scorer.score(event, classify(event), travel)
    print(f"{count} events: classified and scored in {time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
