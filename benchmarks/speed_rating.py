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

from planner.config import Config, load
from planner.i18n.catalog import Catalog
from planner.rating.evidence import evidence_of
from planner.rating.hosts import hosts_of
from planner.rating.kept_evidence import EvidenceReader
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
    """Print seconds where nothing was read before, and where the evidence is kept, as in every later run."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    config, made = load(HERE / "config.yaml", Catalog("en")), events(count)
    evidence_of(made[0])
    cold, reader = timed(config, made, {})
    warm, _ = timed(config, made, dict(reader.made))
    print(f"{count} events: classified and scored in {cold:.2f} s; with evidence kept from before {warm:.2f} s")


def timed(config: Config, made: list[Event], known: dict[str, str]) -> tuple[float, EvidenceReader]:
    """Seconds of one run, and its reader."""
    reader, travel = EvidenceReader(known), Travel(30, True)
    began = time.perf_counter()
    scorer = Scorer(config)
    evidence = [reader(event) for event in made]
    hosts = hosts_of(zip(made, evidence, strict=True))
    for event, found in zip(made, evidence, strict=True):
        scorer.score(event, found.label, travel, found, hosts.usual(event))
    return time.perf_counter() - began, reader


if __name__ == "__main__":
    main()
