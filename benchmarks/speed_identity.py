"""What merging costs: many records, crowds of one title, and 500 new records against many known ones.

    python benchmarks/speed_identity.py [COUNT ...]
"""

from __future__ import annotations

import random
import resource
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from planner.identity import merge
from planner.store import Record
from spiders.items import Event, Place

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
WORDS = [f"word{number}" for number in range(4000)]


def records(count: int, days: int = 120) -> list[Record]:
    """Synthetic listings of 50 sources, a third of them copies with a changed title, over ``days`` days."""
    rng = random.Random(7)
    made: list[Record] = []
    while len(made) < count:
        if made and rng.random() < 0.33:
            known = rng.choice(made[-200:])
            event = replace(known.said, uid=f"u{len(made)}", title=f"{known.said.title} presents")
        else:
            start = NOW + timedelta(days=rng.randrange(days), hours=rng.randrange(10, 22))
            title = " ".join(rng.choices(WORDS, k=5))
            place = Place(name=f"venue {rng.randrange(300)}", address=f"{rng.randrange(999)} main road")
            event = Event(source="", uid=f"u{len(made)}", title=title, start=start, timezone="UTC", place=place)
        made.append(record(f"s{rng.randrange(50)}", event))
    return made


def record(source: str, event: Event) -> Record:
    return Record(
        source=source, key=event.uid, said=replace(event, source=source), event=None,
        first_seen=NOW, last_seen=NOW, changed=NOW,
    )  # fmt: skip


def timed(name: str, listings: list[Record]) -> None:
    begun = time.perf_counter()
    merged = merge(listings, ZONE)
    seconds = time.perf_counter() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {seconds:.2f} s, {len(listings)} records, {len(merged)} events, {megabytes:.0f} MB at most")


def main() -> None:
    for count in [int(text) for text in sys.argv[1:]] or [10_000, 100_000]:
        timed(f"{count} over 120 days", records(count))
    crowd = [
        record(f"s{number % 50}", Event(source="", uid=str(number), title="Same title", start=NOW, timezone="UTC"))
        for number in range(10_000)
    ]
    timed("10,000 of one title at one minute", crowd)
    timed("200 titles of 10,000 characters", [
        record(f"s{n % 9}", Event(source="", uid=str(n), title="长" * 9_990 + str(n), start=NOW, timezone="UTC"))
        for n in range(200)
    ])  # fmt: skip


if __name__ == "__main__":
    main()
