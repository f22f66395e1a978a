"""Calendars against gold/ics/expected.jsonl, in one process: python -m benchmarks.score_calendars [--show N].

Needs QUANZI_CASES. Says precision and recall over the files on which two independent parsers agree, and over the rest,
as the labels are given, and how many occurrences miss their label for one known reason: an event from midnight to
midnight (or to 23:59), which the labels give by its hours and the reader tells as a day.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from typing import Any
from zoneinfo import available_timezones

from benchmarks import gold
from spiders.items import Document
from spiders.readers import dispatch


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--show", type=int, default=60)
    shown = arguments.parse_args().show
    score = gold.scorer("score_ics")
    folder = gold.cases()
    lines = (folder / "gold/ics/expected.jsonl").read_text(encoding="utf-8").splitlines()
    groups: dict[str, Counter[str]] = {"agree": Counter(), "decided by hand": Counter(), "no calendar": Counter()}
    faults, began = [], time.process_time()
    for case in map(json.loads, lines):
        path = folder / "corpus" / case["file"]
        if not path.exists():
            print(f"no file: {case['file']}")
            continue
        refused = "error" in case
        group = groups["no calendar" if refused else "agree" if case.get("agree", True) else "decided by hand"]
        zone = case.get("x_wr_timezone") or "UTC"
        zone = zone if zone in available_timezones() else "UTC"
        start, end = case.get("window_start", "2026-01-01T00:00:00Z"), case.get("window_end", "2026-05-01T00:00:00Z")
        try:
            context = gold.context(start, zone, (start, end))
            reading = dispatch.read(Document(body=path.read_bytes()), context, kind="ical")
        except Exception as problem:  # noqa: BLE001 - the benchmark counts crashes
            group["crash"] += 1
            faults.append((case["file"], f"crash {problem!r}"))
            continue
        group["files"] += 1
        if refused:
            group["exact"] += not reading.events and bool(reading.reason)
            continue
        got = [gold.printed(event) for event in reading.events]
        missed = unmatched(score, case, got)
        want = len(case["occurrences"])
        right = want - len(missed)
        group.update(want=want, have=len(got), hit=right, exact=int(right == want == len(got)))
        group["days"] += sum(gold.fills_days(wanted) for wanted in missed)
        if not right == want == len(got):
            note = case.get("note", "")
            faults.append(
                (case["file"], f"want {want} have {len(got)} right {right} {'; '.join(map(str, reading.notes))} {note}")
            )
    for file, why in faults[:shown]:
        print(f"  {file}: {why}")
    for name, n in groups.items():
        print(f"{name}: files {n['files']} exact {n['exact']} crash {n['crash']} occurrences {n['want']}"
              f" precision {n['hit'] / max(1, n['have']):.4f} recall {n['hit'] / max(1, n['want']):.4f}"
              f" missed as hours that fill days {n['days']}")  # fmt: skip
    print(f"{time.process_time() - began:.2f} s")


def unmatched(score, case, got) -> list[dict[str, Any]]:  # type: ignore[no-untyped-def]
    """The expected occurrences that are not told, by the scorer's own rules."""
    zones = [z for z in [case.get("x_wr_timezone")] if z]
    have = [(e["uid"], score.moment(e["start"], [])) for e in got]
    used: set[int] = set()
    missed = []
    for wanted in case["occurrences"]:
        moments = score.moment(wanted["start"], [*zones, "UTC"])
        for index, (uid, moment) in enumerate(have):
            if index not in used and (uid == wanted["uid"] or not wanted["uid"]) and moment and moment & moments:
                used.add(index)
                break
        else:
            missed.append(wanted)
    return missed


if __name__ == "__main__":
    main()
