"""Score the classifier over labelled events, through ``quanzi classify - --json``: one process for all rows.

    QUANZI_CASES=... .venv/bin/python benchmarks/score_classify.py [en|zh|zh-practice|written ...] [--faults]

``en`` and ``zh`` are the labelled rows of $QUANZI_CASES/gold/classify (feed as organiser, place as location.name),
``zh-practice`` the texts of $QUANZI_CASES/gold/zh-practice (read by our own reader, then classified), ``written`` our
own announcements of tests/cases/classify (written, not real). Only sure labels count; unsorted counts as a miss.
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent.parent
TRACKS = ("industry", "practice", "other")
Row = dict[str, Any]


def cases() -> Path:
    """The folder of the labelled cases."""
    folder = os.environ.get("QUANZI_CASES")
    if not folder:
        sys.exit("QUANZI_CASES: not set (give the folder that holds gold/)")
    return Path(folder)


def classified(events: Sequence[Row]) -> list[Row]:
    """What ``quanzi classify - --json`` prints for these events, in order."""
    lines = "\n".join(json.dumps(event, ensure_ascii=False) for event in events)
    command = [str(HERE / ".venv/bin/quanzi"), "classify", "-", "--json"]
    run = subprocess.run(command, input=lines.encode(), stdout=subprocess.PIPE, check=True)
    return [json.loads(line) for line in run.stdout.decode().splitlines()]


def rows_of_feeds(language: str) -> list[Row]:
    """Labelled rows as events; ``gold`` is the track, ``sure`` whether it counts."""
    with (cases() / f"gold/classify/events_{language}.tsv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [
        {
            "gold": row["track"], "sure": row["confidence"] == "sure",
            "event": {
                "uid": row["id"], "title": row["title"], "organizer": row["feed"] or None,
                "start": row["start"] or None,
                "location": {"name": row["place"]} if row["place"] else None, "description": row["description"] or None,
                "timezone": "UTC",
            },
        }
        for row in table
    ]  # fmt: skip


def rows_of_texts() -> list[Row]:
    """Labelled texts: the event that our reader finds, else the text under its first line."""
    folder = cases() / "gold/zh-practice"
    rows = []
    for line in (folder / "cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if case.get("borderline") or "track-unsure" in case.get("tags", ()) or not case.get("track"):
            continue
        text = (folder / case["file"]).read_text(encoding="utf-8")
        rows += [{"gold": case["track"], "sure": True, "event": event} for event in read(case, text)]
    return rows


def read(case: Row, text: str) -> Iterable[Row]:
    """The first event of a text as ``quanzi extract`` prints it, with the text as its description."""
    from gold import context, printed

    from spiders.items import Document
    from spiders.readers.announcement import read as read_announcement

    now = datetime.fromisoformat(case["published"]).isoformat()
    reading = read_announcement(Document(body=text.encode()), context(now, case["timezone"]))
    if reading.events:
        yield {**printed(reading.events[0]), "description": reading.events[0].description or text, "uid": case["id"]}
    elif case["is_event"]:
        title = next(line.strip() for line in text.splitlines() if line.strip())
        yield {"uid": case["id"], "title": title[:120], "description": text, "timezone": case["timezone"]}


def rows_written() -> list[Row]:
    """Our own announcements and titles: a track, a tab, then title | organiser | text."""
    rows = []
    for file in sorted((HERE / "tests/cases/classify").glob("*.tsv")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if not line or line.startswith("#"):
                continue
            track, title, organizer, text = [*line.split("\t"), "", "", ""][:4]
            event = {"uid": f"{file.stem}-{number}", "title": title, "organizer": organizer or None}
            rows.append({"gold": track, "sure": True, "event": {**event, "description": text or None}})
    return rows


def report(name: str, rows: Sequence[Row], *, faults: bool) -> None:
    """Print macro-F1, precision and recall by track, and the share that stays unsorted."""
    counts: Counter[tuple[str, str | None]] = Counter()
    for row, found in zip(rows, classified([row["event"] for row in rows]), strict=True):
        if not row["sure"]:
            continue
        counts[row["gold"], found["track"]] += 1
        if faults and row["gold"] != found["track"]:
            print(f"  {row['gold']:9}{found['track']!s:9} {found['title'][:70]} | {found.get('organizer') or '':.40}")
            print(f"            {(found.get('description') or '')[:110]!r} {found['reasons']}")
    total = sum(counts.values())
    right = sum(count for (gold, track), count in counts.items() if gold == track)
    unsorted = sum(count for (_, track), count in counts.items() if track is None)
    print(f"{name}: {total} rows, right {right / total:.3f}, unsorted {unsorted / total:.3f}", end="")
    measured = [_measure(counts, track) for track in TRACKS if any(gold == track for gold, _ in counts)]
    print(f", macro-F1 {sum(each[2] for each in measured) / len(measured):.3f}")
    for track, (precision, recall, f1, count) in zip(TRACKS, measured, strict=False):
        print(f"  {track:9} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({count})")


def _measure(counts: Counter[tuple[str, str | None]], track: str) -> tuple[float, float, float, int]:
    hit = counts[track, track]
    said = sum(count for (_, found), count in counts.items() if found == track)
    gold = sum(count for (label, _), count in counts.items() if label == track)
    precision, recall = hit / said if said else 0.0, hit / gold if gold else 0.0
    return precision, recall, 2 * hit / (said + gold) if said + gold else 0.0, gold


def main() -> None:
    """Run the parts named on the command line, all without names."""
    names = [name for name in sys.argv[1:] if not name.startswith("-")] or ["en", "zh", "zh-practice", "written"]
    for name in names:
        rows = {"zh-practice": rows_of_texts, "written": rows_written}.get(name, lambda n=name: rows_of_feeds(n))()
        report(name, rows, faults="--faults" in sys.argv)


if __name__ == "__main__":
    main()
