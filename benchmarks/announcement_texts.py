"""The labelled announcements: texts with what they tell, by source.

Development texts stand in four folders under $QUANZI_CASES/gold; a source may stand in several of them. Our own written
texts stand in tests/cases/announcements and are never part of a figure about real ones.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from benchmarks.gold import cases as root_of_cases
from spiders.items import Context

SETS = ("zh", "zh-practice", "zh-more", "zh-wild")
WRITTEN = Path(__file__).resolve().parent.parent / "tests" / "cases" / "announcements"
OURS = {"written": WRITTEN, "written-en": WRITTEN / "written-en"}
ZONE = "Asia/Shanghai"
MOST_OF_ALL = 0.1
"""No source weighs more than this part of all texts."""


@dataclass(frozen=True)
class Labelled:
    """One text: ``gold`` is its line of cases.jsonl."""

    id: str
    source: str
    set: str
    body: bytes
    context: Context
    gold: dict[str, Any]

    @property
    def borderline(self) -> bool:
        """Whether reasonable people may differ on it."""
        return bool(self.gold.get("borderline"))


def labelled(*names: str) -> list[Labelled]:
    """The texts of these sets, of the development sets by default; ``written`` are our own."""
    found = []
    for name in names or SETS:
        folder = OURS[name] if name in OURS else root_of_cases() / "gold" / name
        for line in (folder / "cases.jsonl").read_text("utf-8").splitlines():
            case = json.loads(line)
            now = datetime.fromisoformat(case["published"])
            now = now if now.tzinfo else now.replace(tzinfo=ZoneInfo(ZONE))
            context = Context(
                source="x",
                now=now,
                timezone=case.get("timezone") or ZONE,
                window_start=now,
                window_end=now + timedelta(days=120),
            )
            source = str(case["source"]) if name in SETS else name
            found.append(Labelled(case["id"], source, name, (folder / case["file"]).read_bytes(), context, case))
    return found


def titles() -> list[Labelled]:
    """Titles alone, each with whether it is one of an event; those that cannot be told are left out."""
    found = []
    with (root_of_cases() / "gold" / "zh" / "titles.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["label_event"] not in {"event", "not"} or not row["published"]:
                continue
            now = datetime.fromisoformat(row["published"])
            now = now if now.tzinfo else now.replace(tzinfo=ZoneInfo(ZONE))
            context = Context(source="x", now=now, timezone=ZONE, window_start=now, window_end=now)
            source = row["source"].partition(":")[0]
            gold = {"is_event": row["label_event"] == "event", "events": []}
            source = "wechat-rss-title" if source == "wechat" else source
            found.append(Labelled(row["id"], source, "titles", row["title"].encode(), context, gold))
    return found


def short_posts() -> list[Labelled]:
    """Our own posts of a few lines, each with whether people meet."""
    now = datetime(2026, 11, 24, 9, tzinfo=ZoneInfo(ZONE))
    context = Context(source="x", now=now, timezone=ZONE, window_start=now, window_end=now + timedelta(days=120))
    found = []
    for line in (WRITTEN / "short" / "posts.tsv").read_text("utf-8").splitlines()[1:]:
        title, text, start = line.split("\t")
        gold = {"is_event": bool(start), "events": []}
        found.append(Labelled(title, "written-short", "short", f"{title}\n\n{text}".encode(), context, gold))
    return found


def source_weights(sources: Sequence[str]) -> dict[str, float]:
    """What one text of each source weighs: 1, or less where its source would be more than a tenth of all."""
    counts = Counter(sources)
    return {source: min(1.0, MOST_OF_ALL * len(sources) / count) for source, count in counts.items()}
