"""Score how posters and screenshots are read: python -m benchmarks.score_pictures [--boxes FOLDER] [--details]
[--only RE] [--by family|kind|lang|tags] [--cases FILE].

The labelled pictures stand in gold/posters of QUANZI_CASES, with the scorer. Every picture is decoded, read and laid
out as `quanzi extract` does it, one after the other in this process. ``--boxes``: lines and codes are kept in that
folder (one file for each picture) and taken from there the next time, so that the layout alone is measured in seconds;
figures that are told to others come from a run without it. ``--by family`` shows each host or template for itself: a
rule that helps only one of them is fitted to it.
"""

from __future__ import annotations

import argparse
import collections
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from benchmarks.gold import cases, context, printed, scorer
from spiders.readers.picture import look
from spiders.readers.picture.reader import read_seen
from spiders.readers.picture.seen import Box, Code, Line, Seen


def main() -> None:
    asked = _arguments()
    judge = scorer("posters/score_posters")
    path = asked.cases or cases() / "gold" / "posters" / "cases.jsonl"
    rows = []
    for case in _cases(path, asked.only):
        pages = _pages(path.parent / case["file"], case["id"], asked.boxes)
        reading = read_seen(pages, context(case["now"], case["timezone"]))
        result = {"events": [printed(event) for event in reading.events], "crash": False, "timeout": False, "s": 0.0}
        measures, details = judge.judge(case, result)
        rows.append((case, measures))
        if asked.details and details:
            print(case["id"], json.dumps(details, ensure_ascii=False))
    for name, group in _groups(rows, asked.by):
        judge.report(name, sum((measures for _, measures in group), collections.Counter()), [])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--cases", type=Path)
    parser.add_argument("--boxes", type=Path)
    parser.add_argument("--details", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--by", choices=["family", "kind", "lang", "tags"])
    return parser.parse_args()


def _cases(path: Path, only: str) -> Iterator[dict[str, Any]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        case = json.loads(line)
        if re.search(only, case["id"]):
            yield case


def _pages(picture: Path, name: str, boxes: Path | None) -> tuple[Seen, ...]:
    """What is seen in a picture, from the folder of boxes where it is known there."""
    if boxes is None:
        return look(picture.read_bytes())
    kept = boxes / f"{name}.json"
    if not kept.exists():
        boxes.mkdir(parents=True, exist_ok=True)
        pages = look(picture.read_bytes())
        kept.write_text(json.dumps([asdict(page) for page in pages], ensure_ascii=False), encoding="utf-8")
    return tuple(_seen(page) for page in json.loads(kept.read_text(encoding="utf-8")))


def _seen(page: dict[str, Any]) -> Seen:
    lines = tuple(Line(**{**each, "box": Box(**each["box"]), "chars": tuple(each["chars"])}) for each in page["lines"])
    codes = tuple(Code(**{**each, "box": Box(**each["box"])}) for each in page["codes"])
    return Seen(**{**page, "lines": lines, "codes": codes})


def _groups(rows: list[tuple[dict[str, Any], Any]], by: str | None) -> Iterable[tuple[str, list[Any]]]:
    groups: dict[str, list[Any]] = {"all": rows}
    for kind in ("real", "synthetic"):
        groups[kind] = [row for row in rows if row[0]["kind"] == kind]
    for row in rows if by else ():
        value = row[0].get(by)
        for each in value if isinstance(value, list) else [value]:
            groups.setdefault(f"{by} {each}", []).append(row)
    return [(name, group) for name, group in groups.items() if group]


if __name__ == "__main__":
    main()
