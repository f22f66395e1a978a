"""Recorded answers of a second reader over labelled texts, scored beside the first reader alone by the gold scorer.

    QUANZI_CASES=/path/to/shared .venv/bin/python -m benchmarks.second_reader [SET] [--answers FILE] [--when always]
    … --prompts FILE [--model NAME]     writes what would be sent, a JSON line (id, body) a text, and asks nobody

SET is ``written`` (our own texts), or ``zh`` or ``zh-practice`` of $QUANZI_CASES/gold. An answer is a JSON line: the id
of a text, and ``answer``, the words of the model as they came. Those that ship for ``written`` were written by hand, to
hold what models do (agree, make up, cut quotes short, prattle); they say nothing of how good any model is.
"""

from __future__ import annotations

import argparse
import collections
import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks import gold, score_announcements
from planner.i18n.reasons import translate
from spiders.items import Document, Reading, Second
from spiders.readers import dispatch
from spiders.readers.second import joined, judge, parse, request

WRITTEN = score_announcements.HERE / "tests" / "cases" / "announcements"


def first_reading(case: Mapping[str, Any], folder: Path, when: Second) -> Reading:
    """What the first reader makes of a case, with the questions it leaves."""
    context = replace(gold.context(case["published"], case.get("timezone") or score_announcements.ZONE), second=when)
    return dispatch.read(Document(body=(folder / case["file"]).read_bytes()), context, "text")


def second_reading(reading: Reading, answer: str, counts: collections.Counter[str]) -> Reading:
    """The reading with a recorded answer; ``counts`` says what became of it."""
    told = parse(answer)
    if told is None:
        counts["unusable"] += 1
        return reading
    verdict = judge(told, reading.questions[0])
    counts["thrown away"] += verdict.thrown_away
    after = joined(reading, reading.questions[0], verdict)
    counts["answers that changed something"] += after.events != reading.events
    counts["doubtful"] += sum(event.evidence.sure == "doubtful" for event in after.events)
    return after


def as_result(case: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    """A reading in the shape that the gold scorer judges."""
    return {
        "id": case["id"], "rc": 0, "timeout": False, "crash": False, "bad_lines": 0, "stderr": "",
        "events": [score_announcements.as_json(event) for event in reading.events],
        "reason": translate(reading.reason, "en") or None,
    }  # fmt: skip


def score(cases: list[dict[str, Any]], folder: Path, answers: Mapping[str, str], when: Second) -> None:
    scorer = score_announcements.scorer(gold.cases())
    alone: collections.Counter[str] = collections.Counter()
    both: collections.Counter[str] = collections.Counter()
    told: collections.Counter[str] = collections.Counter()
    for case in cases:
        reading = first_reading(case, folder, when)
        alone.update(scorer.judge(case, as_result(case, reading))[0])
        told["texts that are open"] += bool(reading.questions)
        if reading.questions and case["id"] in answers:
            told["answers"] += 1
            reading = second_reading(reading, answers[case["id"]], told)
        both.update(scorer.judge(case, as_result(case, reading))[0])
    print(f"{'':16}" + " ".join(f"{name[:10]:>10}" for name in score_announcements.COLUMNS))
    for name, counts in (("first alone", alone), ("with the second", both)):
        figures = [scorer.figures(counts)[column] for column in score_announcements.COLUMNS]
        cells = ["-" if each is None else f"{each:.3f}" if isinstance(each, float) else str(each) for each in figures]
        print(f"{name:16}" + " ".join(f"{cell:>10}" for cell in cells))
    print(", ".join(f"{name}: {count}" for name, count in told.items()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("set", nargs="?", default="written", choices=["written", "zh", "zh-practice"])
    parser.add_argument("--answers", type=Path, default=WRITTEN / "second_answers.jsonl")
    parser.add_argument("--when", choices=["doubtful", "always"], default="doubtful")
    parser.add_argument("--prompts", type=Path)
    parser.add_argument("--model", default="model")
    asked = parser.parse_args()
    folder = WRITTEN if asked.set == "written" else gold.cases() / "gold" / asked.set
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines() if line.strip()]
    if asked.prompts is not None:
        lines = [
            json.dumps({"id": case["id"], "body": json.loads(request(each.text, asked.model))}, ensure_ascii=False)
            for case in cases
            for each in first_reading(case, folder, asked.when).questions
        ]
        asked.prompts.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(f"{len(lines)} of {len(cases)} texts: {asked.prompts}")
        return
    recorded = [json.loads(line) for line in asked.answers.read_text("utf-8").splitlines() if line.strip()]
    score(cases, folder, {each["id"]: each["answer"] for each in recorded}, asked.when)


if __name__ == "__main__":
    main()
