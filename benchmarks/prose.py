"""How much three cities' feeds tell by their fields alone and with their prose, and whose hours are doubted.

The graded weeks (`QUANZI_CASES`/gold/worth) mark some occurrences whose hour is wrong; many more are, unmarked.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from benchmarks import gold
from spiders.items import Context, Document, Event
from spiders.readers import dispatch

FIELDS = ("place", "end", "price", "organizer", "url")
ABOUT_HOURS = {"hours_contradict_text", "hours_of_calendar_wrong"}


def main() -> None:
    folder = gold.cases() / "gold" / "worth"
    cities = json.loads((folder / "cities.json").read_text("utf-8"))
    with (folder / "grades_dev.tsv").open(encoding="utf-8") as lines:
        graded = {
            (row["city"], row["file"], row["uid"], row["start"]): row["time_doubt"]
            for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        }
    told: Counter[str] = Counter()
    for city, known in sorted(cities.items()):
        zone = ZoneInfo(known["zone"])
        marked: Counter[tuple[bool, bool]] = Counter()
        doubted = 0
        for path in sorted((folder / "feeds" / city).glob("*.ics")):
            for event in read(path.read_bytes(), zone):
                told["events"] += 1
                told.update(name for name in FIELDS if getattr(event, name) is not None)
                told.update(f"{name} inferred" for name in event.evidence.inferred)
                is_doubted = any(str(doubt.code) in ABOUT_HOURS for doubt in event.evidence.doubts)
                doubted += is_doubted
                key = (city, path.stem, event.uid, _wall(event, zone))
                if key in graded:
                    marked[bool(graded[key]), is_doubted] += 1
        print(
            f"{city}: {doubted} hours doubted; marked as wrong: {marked[True, True]} found, {marked[True, False]} not; "
            f"not marked: {marked[False, True]} doubted of {marked[False, True] + marked[False, False]}"
        )
    for name in FIELDS:
        stated = told[name] - told[f"{name} inferred"]
        print(f"{name}: {told[name] / told['events']:.1%}, by fields alone {stated / told['events']:.1%}")
    print(f"{told['events']} occurrences")


def read(body: bytes, zone: ZoneInfo) -> tuple[Event, ...]:
    start = datetime(2026, 3, 18, tzinfo=zone)
    context = Context(
        source="s", now=start, timezone=zone.key, window_start=start, window_end=start + timedelta(days=21)
    )  # fmt: skip
    return dispatch.read(Document(body=body), context).events


def _wall(event: Event, zone: ZoneInfo) -> str:
    return f"{event.start.astimezone(zone):%Y-%m-%dT%H:%M}" if event.start is not None else ""


if __name__ == "__main__":
    main()
