# ruff: noqa: E501 - tables and figures are read across
"""Score the time grammar over the labelled strings and expressions in $QUANZI_CASES.

    QUANZI_CASES=/path/to/shared .venv/bin/python benchmarks/score_when.py [--faults]

Prints for datetime-strings.tsv (written, wild, negatives), expressions.tsv (events) and the public specification
files of Recognizers-Text the share that is right; with --faults every string that is not.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from spiders.text.when import When, read_when

ZONE = "Asia/Shanghai"


def said(when: When) -> tuple[str | None, set[str]]:
    """The first start and the accepted spellings of the last end."""
    if not when.sessions:
        return None, set()
    first, last = when.sessions[0], when.sessions[-1]
    start = first.start.date().isoformat() if first.all_day else f"{first.start:%Y-%m-%dT%H:%M}"
    if last.end is None:
        return start, {last.start.date().isoformat()} if last.all_day and len(when.sessions) > 1 else set()
    end = (last.end - timedelta(days=1)).date().isoformat() if last.all_day else f"{last.end:%Y-%m-%dT%H:%M}"
    firsts = {f"{first.end:%Y-%m-%dT%H:%M}"} if first.end and not first.all_day else set()
    return start, {end, *firsts}


def right(row: dict[str, str], when: When) -> bool:
    start, ends = said(when)
    if row["precision"] == "none":
        return start is None
    wanted = row["start"].split("|")
    if row["precision"] == "pm":
        wanted = [row["start"], *(f"{row['start']}T{h}:00" for h in (12, 13, 14))]
    if start not in wanted:
        return False
    if row["end"] and not ends & set(row["end"].split("|")):
        return False
    rule = (
        "FREQ=" + row["rule"].replace("MO-FR", "MO,TU,WE,TH,FR")
        if row["rule"][:5] in {"WEEKL", "MONTH", "DAILY"}
        else None
    )
    return rule is None or rule == when.recurrence


def strings(path: Path, faults: bool) -> None:
    groups: dict[str, list[bool]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        now = datetime.fromisoformat(row["ref"]).replace(tzinfo=ZoneInfo(ZONE))
        when = read_when(row["text"], now=now, timezone=ZONE)
        ok = right(row, when)
        groups.setdefault("negative" if row["precision"] == "none" else row["set"], []).append(ok)
        if not ok and faults:
            print(
                f"  {row['id']} {row['text']!r}\n     want {row['start']} {row['end']} {row['rule']}\n     got  {said(when)} {when.recurrence}"
            )
    for name, oks in groups.items():
        print(f"datetime-strings {name}: {sum(oks)} of {len(oks)}")


def expressions(path: Path, faults: bool) -> None:
    oks = []
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["kind"] != "event":
            continue
        now = datetime.fromisoformat(row["published"])
        when = read_when(row["expression"].replace("\\n", "\n"), now=now, timezone=ZONE)
        start, _ = said(when)
        ends = said(when)[1] if when.sessions and when.sessions[-1].end else set()
        ok = start == (row["start"][:16] or None) and (row["end"][:16] in ends if row["end"] else not ends)
        oks.append(ok)
        if not ok and faults:
            print(f"  {row['id']} {row['expression']!r} want {row['start']} {row['end']} got {start} {ends}")
    print(f"expressions event: {sum(oks)} of {len(oks)} = {sum(oks) / len(oks):.3f}")


TYPES = {"date", "daterange", "datetime", "datetimerange"}


def specification(path: Path, faults: bool) -> None:
    """A case passes where every dated thing it holds is found with the right start (and end of a range)."""
    passed = counted = everything = 0
    for case in json.loads(path.read_text("utf-8-sig")):
        everything += 1
        results = [r for r in case["Results"] if r["TypeName"].split(".")[-1] in TYPES]
        if not results or len(results) != len(case["Results"]):
            continue
        counted += 1
        now = datetime.fromisoformat(case["Context"]["ReferenceDateTime"][:19]).replace(tzinfo=ZoneInfo(ZONE))
        when = read_when(case["Input"], now=now, timezone=ZONE)
        ok = bool(when.sessions) and spec_right(results, when)
        passed += ok
        if not ok and faults:
            print(
                f"  {case['Input']!r} {[v for r in results for v in r['Resolution']['values']]} got {said(when)}"[:260]
            )
    print(f"{path.parent.name} {path.stem}: {passed} of {counted} cases that speak of dates ({everything} in all)")


def spec_right(results: list[dict[str, object]], when: When) -> bool:
    values = results[0]["Resolution"]["values"]  # type: ignore[index,call-overload]
    start, ends = said(when)
    for value in values:
        first = str(value.get("value") or value.get("start") or "").replace(" ", "T")[:16]
        end = str(value.get("end") or "").replace(" ", "T")[:16]
        if first and start in {first, first.removesuffix("T00:00")} and (not end or _same_end(end, ends)):
            return True
    return False


def _same_end(end: str, ends: set[str]) -> bool:
    if len(end) == 10:  # their ends of days are exclusive, as ours are; said() tells the last day
        return (date.fromisoformat(end) - timedelta(days=1)).isoformat() in ends or end in ends
    return end in ends


def main() -> None:
    root = Path(os.environ["QUANZI_CASES"])
    faults = "--faults" in sys.argv
    began = time.perf_counter()
    strings(root / "gold" / "datetime-strings.tsv", faults)
    expressions(root / "gold" / "zh" / "expressions.tsv", faults)
    specification(
        root / "corpus" / "labelled" / "recognizers-text" / "chinese" / "DateTimeModel.json",
        faults and "--spec" in sys.argv,
    )
    print(f"{time.perf_counter() - began:.2f} s")


if __name__ == "__main__":
    main()
