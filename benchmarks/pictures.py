"""What reading pictures costs, and how many characters are right: python -m benchmarks.pictures.

Needs QUANZI_CASES and quanzi[pictures]. Each figure is of one thread; memory is the peak of a process of its own.
"""

from __future__ import annotations

import json
import sys
import time
from difflib import SequenceMatcher
from statistics import mean, median
from unicodedata import category, normalize

from benchmarks import gold

_FRESH = """
import resource, sys, time
began = time.process_time()
from spiders.readers.picture import look
data = open(sys.argv[1], "rb").read()
seen = look(data)
print(time.process_time() - began, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""


def plain(text: str) -> str:
    """Letters, numbers and punctuation in one width; pictures among them (emoji) are no characters."""
    return "".join(c for c in normalize("NFKC", text) if category(c)[0] in "LNP").replace("–", "-").replace("—", "-")


def right(expected: str, lines: list[str]) -> tuple[int, int]:
    """How many characters of an expected line stand, in its order, in lines that were read; and how many it has."""
    wanted = plain(expected)
    found = [False] * len(wanted)
    for line in lines:
        least = min(2, len(wanted))
        for block in SequenceMatcher(None, wanted, line, autojunk=False).get_matching_blocks():
            if block.size >= least:
                found[block.a : block.a + block.size] = [True] * block.size
    return sum(found), len(wanted)


def main(show: bool = False) -> None:
    from spiders.readers.picture import look

    folder = gold.cases() / "gold" / "posters"
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text("utf-8").splitlines()]
    began = time.process_time()
    look((folder / cases[0]["file"]).read_bytes())
    seconds, good, whole = [], 0, 0
    for case in cases:
        data = (folder / case["file"]).read_bytes()
        began = time.process_time()
        pages = look(data)
        seconds.append(time.process_time() - began)
        lines = [plain(line.text) for page in pages for line in page.lines]
        for expected in case.get("text", ()):
            hits, count = right(expected, lines)
            good, whole = good + hits, whole + count
            if show and hits < count:
                print(f"  {case['id']}: {hits} of {count}: {expected}")
    print(f"characters right on the rendered pictures: {good} of {whole}, {good / whole:.2%}")
    print(f"CPU seconds a picture: median {median(seconds):.2f}, mean {mean(seconds):.2f}, most {max(seconds):.2f}")
    slow = sorted(zip(seconds, (case["id"] for case in cases), strict=True), reverse=True)[:3]
    print("  slowest:", ", ".join(f"{name} {each:.2f}" for each, name in slow))


if __name__ == "__main__":
    main("--show" in sys.argv)
