"""What merging costs: many records, crowds of one title, and 500 new records against many known ones.

python benchmarks/speed_identity.py [COUNT ... | growth]
"""

from __future__ import annotations

import gc
import random
import resource
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from planner.identity import merge
from planner.store import Store
from planner.types import Record
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
            event = replace(known.event, uid=f"u{len(made)}", title=f"{known.event.title} presents")
        else:
            start = NOW + timedelta(days=rng.randrange(days), hours=rng.randrange(10, 22))
            title = " ".join(rng.choices(WORDS, k=5))
            place = Place(name=f"venue {rng.randrange(300)}", address=f"{rng.randrange(999)} main road")
            event = Event(source="", uid=f"u{len(made)}", title=title, start=start, timezone="UTC", place=place)
        made.append(record(f"s{rng.randrange(50)}", event))
    return made


def record(source: str, event: Event) -> Record:
    return Record(
        source=source, key=event.uid, event=replace(event, source=source), event_id=None,
        first_seen=NOW, last_seen=NOW, changed=NOW,
    )  # fmt: skip


def timed(name: str, listings: list[Record]) -> None:
    begun = time.perf_counter()
    merged = merge(listings, ZONE)
    seconds = time.perf_counter() - begun
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {seconds:.2f} s, {len(listings)} records, {len(merged)} events, {megabytes:.0f} MB at most")


def incremental() -> None:
    """500 new records against 100,000 known ones, through the store as the program does it."""
    from planner.config import parse
    from planner.i18n.catalog import Catalog
    from planner.identity.relate import reconcile

    entries = "".join(f"  - {{id: s{number}, kind: ical, file: s{number}.ics}}\n" for number in range(50))
    config = parse(f"sources:\n{entries}".encode(), "config.yaml", Catalog("en"))
    known = records(100_000, days=110)
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "q.db") as store:
        put(store, known)
        begun = time.perf_counter()
        reconcile(config, store, NOW)
        print(f"100,000 records for the first time, with the store: {time.perf_counter() - begun:.1f} s")
        soon = [each for each in known if each.event.start < NOW + timedelta(days=7)]
        fresh, later = beside(soon[:500], "new"), beside(soon[500:1000], "newer")
        told = notices(known[::2000])
        put(store, fresh)
        del (
            known,
            soon,
            fresh,
        )  # the program never holds these; the collector of rubbish would walk them again and again
        gc.collect()
        begun = time.perf_counter()
        reconcile(config, store, NOW)
        print(f"500 new ones within a week against them: {time.perf_counter() - begun:.2f} s")
        put(store, told)
        begun = time.perf_counter()
        reconcile(config, store, NOW)
        print(f"{len(told)} new notices against them: {time.perf_counter() - begun:.2f} s")
        put(store, later)
        gc.collect()
        begun = time.perf_counter()
        reconcile(config, store, NOW)
        print(f"500 more within a week, with those notices: {time.perf_counter() - begun:.2f} s")
        begun = time.perf_counter()
        reconcile(config, store, NOW)
        print(f"nothing new: {time.perf_counter() - begun:.3f} s")


def beside(listings: list[Record], name: str) -> list[Record]:
    """New listings on the days of others."""
    made = []
    for place, each in enumerate(listings):
        uid = f"{name} {place}"
        made.append(replace(each, event=replace(each.event, uid=uid, title=f"{each.event.title} anew"), key=uid))
    return made


def notices(listings: list[Record]) -> list[Record]:
    """Notices: a third of these events each is called off with its day, without it, and what nobody knows."""
    made = []
    for place, each in enumerate(listings):
        event = replace(each.event, uid=f"off {place}", status="cancelled", notice="off", published=NOW)
        if place % 3 == 0 and event.start is not None:
            event = replace(event, all_day=True, former=event.start.date())
        else:
            event = replace(event, start=None, title=event.title if place % 3 == 1 else f"{place} that nobody knows")
        made.append(replace(each, event=event, key=event.uid))
    return made


def put(store: Store, listings: list[Record]) -> None:
    by_source: dict[str, dict[str, Event]] = defaultdict(dict)
    for listing in listings:
        by_source[listing.source][listing.key] = listing.event
    with store.transaction():
        for source, events in by_source.items():
            store.put_records(source, events, NOW)


def growth(days: int = 365) -> None:
    """A year of daily runs over 50 sources of 60 coming events each, one in twenty changing a day."""
    from planner.config import parse
    from planner.i18n.catalog import Catalog
    from planner.identity.relate import reconcile

    rng = random.Random(3)
    entries = "".join(f"  - {{id: s{number}, kind: ical, file: s{number}.ics}}\n" for number in range(50))
    config = parse(f"sources:\n{entries}".encode(), "config.yaml", Catalog("en"))
    text = "What the evening is about, told in a few sentences. " * 8
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "q.db") as store:
        events: dict[str, dict[str, Event]] = {f"s{number}": {} for number in range(50)}
        begun = time.perf_counter()
        for day in range(days):
            now = NOW + timedelta(days=day)
            for source, held in events.items():
                for key in [key for key, event in held.items() if event.start and event.start < now]:
                    del held[key]
                while len(held) < 60:
                    start = now + timedelta(days=rng.randrange(1, 60), hours=rng.randrange(10))
                    uid = f"{source} {day} {len(held)}"
                    held[uid] = Event(
                        source=source, uid=uid, title=" ".join(rng.choices(WORDS, k=5)), start=start,
                        timezone="UTC", place=Place(name=f"venue {rng.randrange(300)}"), description=text,
                    )  # fmt: skip
                for key in rng.sample(sorted(held), 3):
                    held[key] = replace(held[key], title=" ".join(rng.choices(WORDS, k=5)))
                with store.transaction():
                    store.put_records(source, held, now)
            reconcile(config, store, now)
            if day % 7 == 0:
                with store.transaction():
                    store.prune(now, 90)
        seconds = time.perf_counter() - begun
        size = sum(path.stat().st_size for path in Path(folder).iterdir()) / 1e6
        print(f"a year of daily runs over 50 sources: {size:.0f} MB in the store ({seconds:.0f} s in all)")


def main() -> None:
    if sys.argv[1:] == ["growth"]:
        growth()
        return
    incremental()
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
