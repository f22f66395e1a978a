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

from spiders.text.when import Period, When, read_when

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


RULES = {"P1D": "FREQ=DAILY", "P1W": "FREQ=WEEKLY", "P1M": "FREQ=MONTHLY", "P1Y": "FREQ=YEARLY"}
CODES = dict(zip("1234567", ("MO", "TU", "WE", "TH", "FR", "SA", "SU"), strict=True))


def specification(path: Path, faults: bool) -> None:
    """How many cases pass, of all of them and of those about event times (:func:`of_event_times`).

    A case passes where the first thing it holds is the first session or the first period that the grammar tells, with
    the same start (and the same end of a range; ends are compared as days where both are midnights, theirs and ours
    being exclusive). "Until" and "after" pass with the right limit on the right side. A set passes with its rule. A
    case that holds nothing, or only a duration (no time of an event), passes where nothing is told. What the
    specification itself does not resolve (lunar days, the 30th of February) passes where nothing is told.
    """
    about, every, silent = [0, 0], [0, 0], 0
    for case in json.loads(path.read_text("utf-8-sig")):
        now = datetime.fromisoformat(
            case.get("Context", {"ReferenceDateTime": "2017-03-22T00:00:00"})["ReferenceDateTime"][:19]
        ).replace(tzinfo=ZoneInfo(ZONE))
        when = read_when(case["Input"], now=now, timezone=ZONE)
        ok = passes(case["Results"], when)
        every[0] += ok
        silent += ok and not (when.sessions or when.periods or when.recurrence)
        every[1] += 1
        if of_event_times(case):
            about[0] += ok
            about[1] += 1
        if not ok and faults:
            told = [v for r in case["Results"] for v in r["Resolution"].get("values", [])]
            print(f"  {case['Input']!r} {told} got {said(when)} {when.recurrence} {when.periods[:2]}"[:300])
    share = about[0] / about[1]
    print(f"{path.parent.name} {path.stem}: {every[0]} of all {every[1]} cases pass (Microsoft's Python port: 123)")
    print(f"   {every[0] - silent} by what is told, {silent} because rightly nothing is (durations, no time at all)")
    print(f"   of the {about[1]} about event times {about[0]} pass: {share:.3f}")


def passes(results: list[dict[str, Any]], when: When) -> bool:
    nothing = not when.sessions and not when.periods and not when.recurrence
    if not results:
        return nothing
    kind = results[0]["TypeName"].split(".")[-1]
    values = results[0]["Resolution"].get("values", [])
    if kind == "duration" or not values:
        return nothing
    if kind == "set":
        return when.recurrence in {rule_of(value.get("timex", "")) for value in values}
    if all("not resolved" in (value.get("value"), value.get("start")) for value in values):
        return nothing
    return spec_right(results, when) or any(
        period_right(value, period) for value in values for period in when.periods[:1]
    )


def rule_of(timex: str) -> str | None:
    weekly = re.match(r"XXXX-WXX-([1-7])", timex)
    return f"FREQ=WEEKLY;BYDAY={CODES[weekly[1]]}" if weekly else RULES.get(timex)


def period_right(value: dict[str, Any], period: Period) -> bool:
    """Both ends as the specification has them; the last day may be named itself ("until 9 July")."""
    start = value.get("value") or value.get("start")
    end = value.get("end")
    if start and len(start) == 8:  # a time of day
        start = f"{period.start:%Y-%m-%d} {start}" if period.start else start
    if end and len(end) == 8:
        end = f"{period.end:%Y-%m-%d} {end}" if period.end else end
    inclusive = value.get("Mod") == "until"
    begins = _moment(start) == _wall(period.start)
    if value.get("value"):
        return begins
    ends = _wall(period.end)
    return begins and (
        _moment(end) == ends or (inclusive and ends is not None and _moment(end) == ends - timedelta(days=1))
    )


def _moment(text: str | None) -> datetime | None:
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).replace(second=0)
    except ValueError:
        return None


def _wall(moment: datetime | None) -> datetime | None:
    return moment.replace(tzinfo=None) if moment else None


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
