"""Pages against gold/html/cases.jsonl, in one process: python -m benchmarks.score_pages [--kind K] [--show N].

Needs QUANZI_CASES. Figures are those of gold/score_extract.py itself, on events as ``quanzi extract --json`` prints
them.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict

from benchmarks import gold
from planner.i18n.reasons import translate
from spiders.items import Document
from spiders.readers import dispatch

COLUMNS = (
    "cases",
    "gold",
    "judged",
    "precision",
    "recall",
    "exact_start",
    "wrong_time",
    "end",
    "end_invented",
    "place",
    "off_status",
    "zero_pages",
    "reason",
    "full_pages",
)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--kind", help="score only cases of this kind")
    arguments.add_argument("--only", help="part of an id")
    arguments.add_argument("--show", type=int, default=0, help="faults shown for each case")
    options = arguments.parse_args()
    score = gold.scorer("score_extract")
    folder = gold.cases()
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    took = 0.0
    for line in (folder / "gold/html/cases.jsonl").read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        path = folder / "corpus" / case["file"]
        if (options.kind and case["kind"] != options.kind) or (options.only and options.only not in case["id"]):
            continue
        if not path.exists():
            print(f"no file: {case['file']}")
            continue
        document = Document(body=path.read_bytes(), url=case.get("url"))
        began = time.process_time()
        reading = dispatch.read(document, gold.context(case["now"], case["timezone"]))
        took += time.process_time() - began
        result = {
            "events": [gold.printed(event) for event in reading.events],
            "rc": 0,
            "crash": False,
            "timeout": False,
            "bad_lines": 0,
            "reason": None,
            "stderr": translate(reading.reason, "en"),
        }
        figures, faults = score.judge(case, result)
        for key in ("all", case["kind"]):
            groups[key].update(figures)
        if options.show and faults:
            print(f"{case['id']} [{case['kind']}] {reading.reader}: {reading.reason}", *map(str, reading.notes[:3]))
            for fault in faults[: options.show]:
                print("    ", json.dumps(fault, ensure_ascii=False)[:230])
    print(f"{'group':18}" + " ".join(f"{name[:9]:>9}" for name in COLUMNS))
    for key, counts in groups.items():
        values = score.figures(counts)
        print(f"{key:18}" + " ".join(f"{_shown(values[name]):>9}" for name in COLUMNS))
    print(f"{took:.2f} s of reading")


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
