"""Score the announcement reader over labelled texts, in this process, with the gold scorer's own rules.

    QUANZI_CASES=/path/to/shared .venv/bin/python benchmarks/score_announcements.py [SET ...] [--faults]

Sets: ``zh``, ``zh-practice``, ``written``, ``written-en``.

``zh`` and ``zh-practice`` are labelled texts from the wild under $QUANZI_CASES/gold; ``written`` and the English
``written-en`` are our own (written, not real). Beside the scorer's figures: city, price and mode. With --faults what
went wrong, text by text.
"""

from __future__ import annotations

import collections
import importlib.util
import json
import os
import sys
from datetime import datetime, timedelta
from pathlib import Path
from types import ModuleType
from typing import Any
from zoneinfo import ZoneInfo

from planner.i18n.reasons import translate
from spiders.items import Context, Document, Event
from spiders.readers.announcement import read

ZONE = "Asia/Shanghai"
HERE = Path(__file__).resolve().parent.parent
_OWN = HERE / "tests" / "cases" / "announcements"
OWN = {"written": _OWN, "written-en": _OWN / "written-en"}
COLUMNS = (
    "cases",
    "gold",
    "judged",
    "tp",
    "wrong",
    "spurious",
    "precision",
    "recall",
    "exact_start",
    "end",
    "end_invented",
    "place",
    "zero_pages",
)


def scorer(root: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_extract", root / "gold" / "score_extract.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_extract"] = module
    spec.loader.exec_module(module)
    return module


def as_json(event: Event) -> dict[str, Any]:
    """An event as ``quanzi extract --json`` prints it."""
    place = event.place

    def told(moment: datetime | None) -> str | None:
        if moment is None:
            return None
        return moment.date().isoformat() if event.all_day else moment.isoformat()

    return {
        "uid": event.uid, "title": event.title, "start": told(event.start), "end": told(event.end),
        "all_day": event.all_day,
        "timezone": event.timezone,
        "location": {"name": place.name, "address": place.address, "city": place.city} if place else None,
        "mode": event.mode, "url": event.url, "organizer": event.organizer,
        "price": {"min": event.price.min, "max": event.price.max,
        "currency": event.price.currency} if event.price else None,
        "status": event.status, "recurrence": event.recurrence, "sure": event.evidence.sure,
        "evidence": {
            "when": event.evidence.when, "where": event.evidence.where,
            "doubts": [translate(doubt, "en") for doubt in event.evidence.doubts],
        },
    }  # fmt: skip


def run(case: dict[str, Any], folder: Path) -> dict[str, Any]:
    body = (folder / case["file"]).read_bytes()
    now = datetime.fromisoformat(case["published"])
    if now.tzinfo is None:
        now = now.replace(tzinfo=ZoneInfo(ZONE))
    context = Context(
        source="x",
        now=now,
        timezone=case.get("timezone") or ZONE,
        window_start=now,
        window_end=now + timedelta(days=120),
    )
    reading = read(Document(body=body), context)
    return {
        "id": case["id"], "rc": 0, "timeout": False, "crash": False, "bad_lines": 0, "stderr": "",
        "events": [as_json(event) for event in reading.events], "reason": translate(reading.reason, "en") or None,
    }  # fmt: skip


def further(case: dict[str, Any], result: dict[str, Any], gold: ModuleType) -> collections.Counter[str]:
    """City and price of the events that match, which the gold scorer leaves out."""
    counts: collections.Counter[str] = collections.Counter()
    if not case.get("is_event"):
        return counts
    for event in case["events"]:
        found = next(
            (
                e
                for e in result["events"]
                if gold.title_sim(event, e) >= 0.8 and gold.start_state(event, e, ZONE) == "exact"
            ),
            None,
        )
        if found is None:
            continue
        accepted = [event.get("city"), *event.get("city_also_ok", [])]
        city = (found["location"] or {}).get("city")
        counts["city_n"] += 1
        counts["city_ok"] += city in accepted
        if event.get("price") is not None:
            counts["price_n"] += 1
            counts["price_ok"] += price_right(event, found)
    return counts


def price_right(event: dict[str, Any], found: dict[str, Any]) -> bool:
    price = found["price"]
    for wanted in (event["price"], *event.get("price_also_ok", [])):
        if wanted is None and price is None:
            return True
        if price is None or wanted is None:
            continue
        if wanted == "free" and price["min"] == 0 and not price["max"]:
            return True
        low = str(wanted).split("-")[0]
        if wanted != "free" and low.replace(".", "", 1).isdigit() and price["min"] == float(low):
            return True
    return False


Groups = dict[str, collections.Counter[str]]


def judged(folder: Path, gold: ModuleType, faults: bool = False) -> Groups:
    """The counts of the gold scorer and of our own, by group of cases."""
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines() if line.strip()]
    groups: Groups = collections.defaultdict(collections.Counter)
    for case in cases:
        result = run(case, folder)
        counts, detail = gold.judge(case, result)
        counts.update(further(case, result, gold))
        keys = (
            ["all"] + (["all but borderline"] if not case.get("borderline") else []) + [f"source {case.get('source')}"]
        )
        for key in keys:
            groups[key].update(counts)
        if faults:
            show(case, result, counts, detail, gold)
    return groups


def figures(counts: collections.Counter[str], gold: ModuleType) -> dict[str, Any]:
    found: dict[str, Any] = gold.figures(counts)
    found["city"] = gold.pct(counts["city_ok"], counts["city_n"])
    found["price_wrong"] = counts["price_n"] - counts["price_ok"]
    return found


def score(name: str, folder: Path, gold: ModuleType, faults: bool) -> None:
    groups = judged(folder, gold, faults)
    print(f"{name:28}" + " ".join(f"{c[:10]:>10}" for c in (*COLUMNS, "city", "price")))
    for key, counts in groups.items():
        found = figures(counts, gold)
        row = [found[c] for c in (*COLUMNS, "city")]
        cells = [f"{'-' if v is None else f'{v:.3f}' if isinstance(v, float) else v:>10}" for v in row]
        print(f"{key:28}" + " ".join(cells) + f"{counts['price_ok']:>7} of {counts['price_n']}")


def show(
    case: dict[str, Any],
    result: dict[str, Any],
    counts: collections.Counter[str],
    detail: list[dict[str, Any]],
    gold: ModuleType,
) -> None:
    small = (
        counts["end_n"] != counts["end_ok"]
        or counts["place_n"] != counts["place_ok"]
        or counts["end_invented"]
        or counts["city_n"] != counts["city_ok"]
        or counts["price_n"] != counts["price_ok"]
    )
    if not detail and not small:
        return
    mark = "(borderline) " if case.get("borderline") else ""
    print(f"## {case['id']} {mark}{result['reason'] or ''}")
    for one in detail:
        print("   ", json.dumps(one, ensure_ascii=False))
    if small:
        for event in case["events"]:
            print(
                "    want",
                event["title"][:30],
                event["start"],
                event["end"],
                event.get("place"),
                event.get("city"),
                event.get("price"),
            )
        for event in result["events"]:
            print("    got ", event["title"][:30], event["start"], event["end"], event["location"], event["price"])


def main() -> None:
    root = Path(os.environ["QUANZI_CASES"])
    gold = scorer(root)
    names = [a for a in sys.argv[1:] if not a.startswith("--")] or ["zh", "zh-practice", *OWN]
    for name in names:
        folder = OWN.get(name, root / "gold" / name)
        if (folder / "cases.jsonl").exists():
            score(name, folder, gold, "--faults" in sys.argv)


if __name__ == "__main__":
    main()
