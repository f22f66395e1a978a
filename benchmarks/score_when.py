"""Score the time grammar over the labelled strings and expressions in $QUANZI_CASES.

    QUANZI_CASES=/path/to/shared .venv/bin/python benchmarks/score_when.py [--faults]

Prints for datetime-strings.tsv (written, wild, negatives), expressions.tsv (events) and the public specification
files of Recognizers-Text the share that is right; with --faults every string that is not.
"""

from __future__ import annotations

import csv
import json
import os
import re
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
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


def judged(path: Path, faults: bool = False) -> dict[str, list[bool]]:
    """Right or not for each string of datetime-strings.tsv, by set; the negatives apart."""
    groups: dict[str, list[bool]] = {}
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        now = datetime.fromisoformat(row["ref"]).replace(tzinfo=ZoneInfo(ZONE))
        when = read_when(row["text"], now=now, timezone=ZONE)
        ok = right(row, when)
        groups.setdefault("negative" if row["precision"] == "none" else row["set"], []).append(ok)
        if not ok and faults:
            print(
                f"  {row['id']} {row['text']!r}\n     want {row['start']} {row['end']} {row['rule']}\n     got "
                f" {said(when)} {when.recurrence}"
            )
    return groups


def strings(path: Path, faults: bool) -> None:
    for name, oks in judged(path, faults).items():
        print(f"datetime-strings {name}: {sum(oks)} of {len(oks)}")


def judged_expressions(path: Path, faults: bool = False) -> list[bool]:
    """Start and end both right, for each expression that is an event's time."""
    oks = []
    for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
        if row["kind"] != "event":
            continue
        now = datetime.fromisoformat(row["published"])
        when = read_when(row["expression"].replace("\\n", "\n"), now=now, timezone=ZONE)
        start, ends = said(when)
        ends = ends if when.sessions and when.sessions[-1].end else set()
        ok = start == (row["start"][:16] or None) and (row["end"][:16] in ends if row["end"] else not ends)
        oks.append(ok)
        if not ok and faults:
            print(f"  {row['id']} {row['expression']!r} want {row['start']} {row['end']} got {start} {ends}")
    return oks


def expressions(path: Path, faults: bool) -> None:
    oks = judged_expressions(path, faults)
    print(f"expressions event: {sum(oks)} of {len(oks)} = {sum(oks) / len(oks):.3f}")


DAY = re.compile(r"^\(?(?:\d{4}|XXXX)-\d\d-\d\d|^XXXX-XX-\d\d|^XXXX-WXX-\d|^\(?T\d\d|^\d{4}-\d\d-\d\dT")


# Whole months and years as a range, parts of the day (each library has hours of its own for them), spans from now.
NOT_DAYS = re.compile(r"P\d+[YMW]\)|,P\d{2,3}D\)$(?<=T)|T(?:MO|AF|EV|NI)|^\d{4}-\d\d-\d\d[^)]*P[T\d]")


def of_event_times(case: dict[str, Any]) -> bool:
    """Whether a case of the specification is about what an event's time is made of: days, hours, ranges of them.

    Left out are whole years, months, weeks and seasons, spans counted from now, "before" and "after", lunar and
    dynastic dates, durations and sets.
    """
    for result in case["Results"]:
        kind = result["TypeName"].split(".")[-1]
        values = result["Resolution"].get("values", [])
        if kind not in {"date", "datetime", "daterange", "datetimerange", "time", "timerange"} or not values:
            return False
        for value in values:
            if (
                NOT_DAYS.search(value.get("timex", ""))
                or "Mod" in value
                or "isLunar" in value
                or value.get("value") == "not resolved"
                or not DAY.match(value.get("timex", ""))
            ):
                return False
    return True


def specification(path: Path, faults: bool) -> None:
    """A case passes where the first thing it holds is found with the right start (and end of a range)."""
    about = [0, 0]
    rest = [0, 0]
    for case in json.loads(path.read_text("utf-8-sig")):
        now = datetime.fromisoformat(
            case.get("Context", {"ReferenceDateTime": "2017-03-22T00:00:00"})["ReferenceDateTime"][:19]
        ).replace(tzinfo=ZoneInfo(ZONE))
        when = read_when(case["Input"], now=now, timezone=ZONE)
        if not of_event_times(case):
            rest[1] += 1
            rest[0] += not when.sessions
            continue
        ok = spec_right(case["Results"], when) if case["Results"] else not when.sessions
        about[0] += ok
        about[1] += 1
        if not ok and faults:
            print(
                f"  {case['Input']!r} {[v for r in case['Results'] for v in r['Resolution']['values']]} got "
                f"{said(when)}"[:240]
            )
    share = about[0] / about[1]
    print(f"{path.parent.name} {path.stem}: {about[0]} of {about[1]} cases about event times = {share:.3f}")
    print(f"   of the {rest[1]} others (years, spans, before and after, lunar ...) {rest[0]} rightly give no time")


def spec_right(results: list[dict[str, Any]], when: When) -> bool:
    start, ends = said(when)
    for value in results[0]["Resolution"]["values"]:
        first = str(value.get("value") or value.get("start") or "").replace(" ", "T")
        end = str(value.get("end") or "").replace(" ", "T")
        if first.count(":") == 2 and "T" not in first:  # a time of day
            if start and start[11:] == first[:5] and (not end or any(e[11:] == end[:5] for e in ends)):
                return True
        elif (
            first
            and start in {first[:16], first[:16].removesuffix("T00:00")}
            and (not end or _same_end(end[:16], ends))
        ):
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
