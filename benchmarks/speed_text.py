"""How fast text is read, on one core: short strings, articles, growth with length, hostile inputs.

    QUANZI_CASES=/path/to/shared .venv/bin/python benchmarks/speed_text.py

The bars: 5,000 short strings and 200 articles a second; 1 MB in under a second; twice the text, at most about twice the
time. Strings and articles are those of $QUANZI_CASES/gold; without it a few of our own are repeated.
"""

from __future__ import annotations

import csv
import json
import os
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from spiders.items import Context, Document
from spiders.readers.announcement import read, read_text
from spiders.text.when import read_when

ZONE = "Asia/Shanghai"
NOW = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo(ZONE))
CONTEXT = Context(source="speed", now=NOW, timezone=ZONE, window_start=NOW, window_end=NOW + timedelta(days=120))
OWN = ["本周六下午2点", "12月5日（周六）14:00-17:00", "Dec 5, 7-9pm", "每周四晚19:30", "票价 128-168 元"]
PIECES = {
    "prose": "我们在一起读书，也一起走路，说起这座城市的夜晚。",
    "dates": "时间：2026年12月5日（周六）14:00-17:00，地点：示例路8号。\n",
    "digits": "1 2 3 4 5 6 7 8 9 10 11 12 ",
    "clocks": "1:1:1:1-1:1~",
    "dots": "11.28-",
    "months": "1月1月",
    "weekdays": "周一至周五、",
    "labels": "时间：地点：费用：",
    "stars": "**** ** * ",
    "brackets": "[[[[((((",
    "english": "every second Tuesday from May to June and ",
    "tags": "<div><p>",
    "quotes": "“《「",
}


OF_3_KB = 3_000
POSTS = Path(__file__).resolve().parent.parent / "tests" / "cases" / "announcements"


def rate(work: Callable[[str], object], texts: list[str], seconds: float = 1.0) -> float:
    work(texts[0])
    done = 0
    began = time.perf_counter()
    while (spent := time.perf_counter() - began) < seconds:
        work(texts[done % len(texts)])
        done += 1
    return done / spent


def growth() -> None:
    for name, piece in PIECES.items():
        times = []
        for size in (125_000, 250_000, 1_000_000):
            text = piece * (size // len(piece.encode("utf-8")))
            began = time.perf_counter()
            read_text(text, CONTEXT)
            times.append(time.perf_counter() - began)
        print(f"  {name:10} 125 kB {times[0]:.3f} s, 250 kB {times[1]:.3f} s, 1 MB {times[2]:.3f} s")


def short_texts() -> list[str]:
    """Our own posts of a few lines."""
    lines = (POSTS / "short" / "posts.tsv").read_text("utf-8").splitlines()[1:]
    return ["\n\n".join(line.split("\t")[:2]) for line in lines]


def main() -> None:
    strings, articles = OWN, ["\n\n".join([*OWN, PIECES["dates"], PIECES["prose"] * 40])]
    if "QUANZI_CASES" in os.environ:
        gold = Path(os.environ["QUANZI_CASES"]) / "gold"
        rows = csv.DictReader(
            (gold / "datetime-strings.tsv").open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE
        )
        strings = [row["text"] for row in rows]
        cases = [json.loads(line) for line in (gold / "zh" / "cases.jsonl").read_text("utf-8").splitlines()]
        articles = [
            (gold / "zh" / case["file"]).read_text("utf-8") for case in cases if case["source"] != "wechat-rss-title"
        ]
    print(f"short strings: {rate(lambda text: read_when(text, now=NOW, timezone=ZONE), strings):,.0f} a second")
    mean = sum(map(len, articles)) / len(articles)
    print(
        f"articles: {rate(lambda text: read(Document(body=text.encode()), CONTEXT), articles, 3):,.0f} a "
        f"second (mean {mean:,.0f} characters)"
    )
    cut = [text.encode()[:OF_3_KB].decode("utf-8", "ignore") for text in articles if len(text.encode()) >= OF_3_KB]
    if cut:
        taken = 1_000 / rate(lambda text: read(Document(body=text.encode()), CONTEXT), cut, 3)
        print(f"1,000 articles of 3 kB: {taken:.2f} s")
    print(f"short texts: {rate(lambda text: read_text(text, CONTEXT), short_texts()):,.0f} a second")
    print("growth:")
    growth()


if __name__ == "__main__":
    main()
