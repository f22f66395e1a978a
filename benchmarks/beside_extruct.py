"""Our reading of pages beside what one would take instead, on the same labelled pages in one run.

    python -m pip install extruct dateparser      (into the environment that runs this; neither is a dependency)
    QUANZI_CASES=/path/to/shared python -m benchmarks.beside_extruct

Ours is all of ``quanzi extract`` behind the command line: decoding, every reader, judged events. Theirs is extruct with
all its syntaxes, and its nodes turned into events with dateparser, errors ignored block by block as far as extruct can.
Every page is read once by each; what is warmed up is warmed up on another page. Times are of this process.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from benchmarks import gold
from benchmarks.speed_readers import extracted
from spiders.items import Document
from spiders.readers import dispatch

try:
    import dateparser
    import extruct
except ImportError as missing:
    sys.exit(f"{missing.name}: not installed, nothing is compared (python -m pip install extruct dateparser)")

MARKED_UP = ("json-ld", "microdata", "hcalendar")
WARM_UP = (
    b"<html><head><title>t</title></head><body><div class='vevent'><b class='summary'>A</b></div><div itemscope "
    b"itemtype='https://schema.org/Event'><b itemprop='name'>A</b><i itemprop='startDate'>2026-01-02T10:00</i></div>"
    b"<script type='application/ld+json'>{'@type': 'Event', 'name': 'A', 'startDate': '3 Jan 2026 10:00'}</script>"
)
COLUMNS = ("gold", "judged", "precision", "recall", "exact_start", "wrong_time")
Events = list[dict[str, Any]]


def ours(body: bytes, case: dict[str, Any]) -> Events:
    reading = dispatch.read(Document(body=body, url=case.get("url")), gold.context(case["now"], case["timezone"]))
    return [gold.printed(event) for event in reading.events]


def our_nodes(body: bytes, case: dict[str, Any]) -> None:
    """What extruct does and no more: nodes of every syntax, unjudged."""
    extracted(body)


def nodes_alone(body: bytes, case: dict[str, Any]) -> dict[str, Any]:
    """extruct with its defaults (all syntaxes), the text decoded as it asks for."""
    found: dict[str, Any] = extruct.extract(body.decode("utf-8", "replace"), base_url=case.get("url"), errors="ignore")
    return found


def theirs(body: bytes, case: dict[str, Any]) -> Events:
    data = nodes_alone(body, case)
    found: Events = []
    for syntax in ("json-ld", "microdata", "rdfa", "microformat"):
        for node in every(data.get(syntax, [])):
            if (event := event_of(node, case["timezone"])) is not None and event not in found:
                found.append(event)
    return found


def every(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, list):
        for item in value:
            yield from every(item)
    elif isinstance(value, dict):
        yield value
        for item in value.values():
            yield from every(item)


def event_of(node: dict[str, Any], zone: str) -> dict[str, Any] | None:
    kinds = node.get("@type") or node.get("type") or []
    kinds = [kinds] if isinstance(kinds, str) else kinds
    if not any(isinstance(kind, str) and kind.lower().endswith(("event", "h-event")) for kind in kinds):
        return None
    values = {str(key).rsplit("/", 1)[-1]: value for key, value in node.items()}
    values |= node["properties"] if isinstance(node.get("properties"), dict) else {}
    start, title = moment(word(values, "startDate", "start"), zone), word(values, "name", "summary")
    if not title or not start:
        return None
    place = word(values, "location")
    return {"title": title, "start": start, "end": moment(word(values, "endDate", "end"), zone),
            "location": {"name": place, "address": None, "city": None} if place else None}  # fmt: skip


def word(values: dict[str, Any], *names: str) -> str | None:
    for name in names:
        value = values.get(name)
        value = value[0] if isinstance(value, list) and value else value
        while isinstance(value, dict):
            inner = value.get("@value") or value.get("name") or value.get("value") or value.get("properties")
            value = inner[0] if isinstance(inner, list) and inner else inner
        if isinstance(value, str) and value.strip():
            return value.strip()
    return None


def moment(text: str | None, zone: str) -> str | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
        return found.isoformat() if ":" in text or "T" in text else found.date().isoformat()
    except ValueError:
        pass
    found = dateparser.parse(text, settings={"TIMEZONE": zone, "RETURN_AS_TIMEZONE_AWARE": True})
    return found.replace(microsecond=0).isoformat() if found else None


OURS, BARE, ALONE, BOTH = "ours", "our nodes", "extruct", "extruct and dateparser"
READERS: dict[str, Callable[[bytes, dict[str, Any]], Any]] = {
    OURS: ours, BARE: our_nodes, ALONE: nodes_alone, BOTH: theirs,
}  # fmt: skip
PAIRS = (
    (ALONE, BARE, "extruct's nodes to our nodes"),
    (BOTH, OURS, "its events to our events"),
    (ALONE, OURS, "its nodes to our events"),
)


def main() -> None:
    score, folder = gold.scorer("score_extract"), gold.cases()
    lines = (folder / "gold/html/cases.jsonl").read_text(encoding="utf-8").splitlines()
    cases = [case for case in map(json.loads, lines) if case["kind"] in MARKED_UP]
    for read in READERS.values():
        read(WARM_UP, {**cases[0], "url": None})
    pages = [(case, (folder / "corpus" / case["file"]).read_bytes()) for case in cases]
    spent: Counter[str] = Counter()
    counts: dict[tuple[str, str], Counter[str]] = {}
    for name, read in READERS.items():
        for case, body in pages:
            began = time.process_time()
            events = read(body, case)
            spent[name] += time.process_time() - began
            if name not in (OURS, BOTH):
                continue
            result = {"events": events, "rc": 0, "crash": False, "timeout": False, "bad_lines": 0, "reason": None}
            figures, _ = score.judge(case, {**result, "stderr": ""})
            for group in ("all", case["kind"]):
                counts.setdefault((group, name), Counter()).update(figures)
    print(f"{'group':12}{'reader':24}" + "".join(f"{name:>13}" for name in COLUMNS))
    for (group, name), counted in counts.items():
        values = score.figures(counted)
        print(f"{group:12}{name:24}" + "".join(f"{_shown(values[column]):>13}" for column in COLUMNS))
    print(f"{len(pages)} pages, seconds of this process: " + ", ".join(f"{n} {s:.3f}" for n, s in spent.items()))
    for one, other, what in PAIRS:
        print(f"{what}: {spent[one] / spent[other]:.0f} times (bar 40)")


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    main()
