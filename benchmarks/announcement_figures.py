"""What the announcement reader is worth over labelled texts: the counts of the gold scorer, pooled over events."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from benchmarks.announcement_examples import Example
from benchmarks.gold import printed
from spiders.items import Reading
from spiders.readers.announcement.judgement import Judgement


def reading_of(one: Example, judgement: Judgement) -> Reading:
    """What the reader makes of a text with this judgement."""
    reader = replace(one.reader, judgement=judgement)
    return reader.notice_reading(one.told, None) if one.told is not None else reader.reading(None)


def counts_of(one: Example, judgement: Judgement, gold: Any) -> tuple[Counter[str], list[dict[str, Any]]]:
    """The gold scorer's counts of a text, with how sure wrong and right starts were said to be."""
    reading = reading_of(one, judgement)
    events = [printed(event) for event in reading.events]
    result = {
        "events": events, "crash": False, "timeout": False, "rc": 0, "bad_lines": 0, "stderr": "",
        "reason": str(reading.reason or ""),
    }  # fmt: skip
    counts, detail = gold.judge(one.case.gold, result)
    stated = [e for e in events if e["sure"] == "stated" and e["start"]]
    wrong = {str(each.get("got")) for each in detail if "wrong_time" in each}
    counts["stated"] = len(stated)
    counts["stated_wrong"] = sum(1 for e in stated if str(e["start"]) in wrong)
    return counts, detail


def figures(counts: Mapping[str, int]) -> dict[str, float]:
    """The figures of the issue: pooled over events."""
    paired = counts["exact"] + counts["wrong"] + counts["date_only"] + counts["none"] + counts["bad_start"]
    right = counts["tp"] + counts["title_off"]
    return {
        "precision": counts["tp"] / max(1, counts["judged"]),
        "recall": counts["tp_req"] / max(1, counts["gold"]),
        "exact": counts["exact"] / max(1, paired),
        "wrong": counts["wrong"] / max(1, counts["judged"]),
        "stated_wrong": counts["stated_wrong"] / max(1, counts["stated"]),
        "nothing": counts["zero_ok"] / max(1, counts["zero_n"]),
        "name": counts["tp"] / max(1, right),
        "place": counts["place_ok"] / max(1, counts["place_n"]),
        "end": counts["end_ok"] / max(1, counts["end_n"]),
    }


def score(
    examples: Sequence[Example], judgement_of: Callable[[str], Judgement], gold: Any, *, faults: bool = False
) -> dict[str, Counter[str]]:
    """Counts by set and over all, borderline texts left out."""
    total: dict[str, Counter[str]] = defaultdict(Counter)
    for one in examples:
        if one.case.borderline:
            continue
        counts, detail = counts_of(one, judgement_of(one.case.source), gold)
        for key in ("all", one.case.set):
            total[key].update(counts)
        if faults and detail:
            print("##", one.case.set, one.case.id, "" if one.case.gold["is_event"] else "(none)")
            for each in detail:
                print("    ", json.dumps(each, ensure_ascii=False))
    return total


def show(title: str, total: Mapping[str, Counter[str]]) -> None:
    for key, counts in total.items():
        row = " ".join(f"{name} {value:.3f}" for name, value in figures(counts).items())
        print(f"{title:12} {key:12} {counts['gold']:4} {row}")
