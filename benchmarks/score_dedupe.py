"""Merging on labelled pairs: the real gather and store over fifty feeds, clusters from ``quanzi events --json``.

QUANZI_CASES=... python benchmarks/score_dedupe.py [--misses]
"""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

QUANZI = str(Path(sys.executable).with_name("quanzi"))
NOW = "2026-03-17T08:00:00-07:00"
CITY = "santarosa"


def clusters(feeds: list[Path], folder: Path) -> list[tuple[str, str]]:
    """(id of a copy, our uid) for every copy of every merged event."""
    entries = "".join(f"  - {{id: {file.name}, kind: ical, file: {file}}}\n" for file in feeds)
    head = "city: Santa Rosa\ntimezone: America/Los_Angeles\nlanguage: en\ncurrency: USD\nsources:\n"
    (folder / "config.yaml").write_text(head + entries, encoding="utf-8")
    subprocess.run([QUANZI, "gather", "--now", NOW, "--quiet"], cwd=folder, check=True)
    listing = subprocess.run(
        [QUANZI, "events", "--now", NOW, "--from", "2026-03-01", "--to", "2026-04-30", "--json"],
        cwd=folder, check=True, capture_output=True, text=True,
    )  # fmt: skip
    rows = []
    for line in listing.stdout.splitlines():
        event = json.loads(line)
        rows += [(f"{copy['source']}|{copy['uid']}|{copy['start']}", event["uid"]) for copy in event["copies"]]
    return rows


def main() -> None:
    cases = os.environ.get("QUANZI_CASES")
    if not cases:
        sys.exit("skipped: QUANZI_CASES is not set")
    gold = Path(cases, "gold/dedupe")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = clusters(sorted((gold / CITY).glob("*.ics")), folder)
        table = folder / "clusters.tsv"
        table.write_text("".join(f"{CITY}\t{copy}\t{event}\n" for copy, event in rows), encoding="utf-8")
        subprocess.run([sys.executable, str(gold / "score.py"), str(table)], check=True)
    event_of = dict(rows)
    with (gold / "pairs.tsv").open(encoding="utf-8") as file:
        pairs = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    absent = {pair[side] for pair in pairs for side in ("id_a", "id_b") if pair[side] not in event_of}
    print(f"ids of pairs that no event has: {len(absent)}")
    if "--misses" in sys.argv:
        for pair in pairs:
            merged = event_of.get(pair["id_a"], 1) == event_of.get(pair["id_b"], 2)
            if pair["confidence"] == "sure" and merged != (pair["label"] == "same"):
                kind = "WRONG" if merged else "missed"
                print(f"{kind} {pair['label']} two_feeds={pair['two_feeds']}: {pair['id_a']}  |||  {pair['id_b']}")
        print("\n".join(sorted(absent)[:20]))


if __name__ == "__main__":
    main()
