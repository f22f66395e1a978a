"""Pictures as boxes (``tests/cases/pictures``): invented layouts, each for one rule, and what is to be read of them."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from spiders.items import Context
from spiders.readers.picture.seen import Box, Code, Line, Seen

FOLDER = Path(__file__).parent.parent / "cases" / "pictures"
_SURE = 0.99


def cases() -> list[dict[str, Any]]:
    """All cases, each with the moment and the zone it is read in."""
    told = json.loads((FOLDER / "cases.json").read_text("utf-8"))
    return [{"now": told["now"], "timezone": told["timezone"], **case} for case in told["cases"]]


def context_of(case: dict[str, Any]) -> Context:
    now = datetime.fromisoformat(case["now"])
    return Context(
        source="own", now=now, timezone=case["timezone"], window_start=now, window_end=now + timedelta(days=120)
    )


def seen_of(case: dict[str, Any]) -> Seen:
    """The picture of a case. A line is [left, top, height, text], and "vertical" where it is; a code [left, top, size,
    text]. How wide a line is follows from its text."""
    width, height = case["size"]
    return Seen(
        width=width,
        height=height,
        lines=tuple(_line(*line, unsure=case.get("unsure", {})) for line in case["lines"]),
        codes=tuple(
            Code(text=text, form="QRCode", box=Box(left=left, top=top, right=left + size, bottom=top + size))
            for left, top, size, text in case.get("codes", ())
        ),
    )


def _line(left: float, top: float, height: float, text: str, *marks: str, unsure: dict[str, float]) -> Line:
    long = height * sum(0.82 if ord(sign) > 0x2E80 else 0.44 for sign in text)
    across, down = (height, long) if marks else (long, height)
    chars = [_SURE] * len(text)
    for words, share in unsure.items():
        at = text.find(words)
        if at >= 0:
            chars[at : at + len(words)] = [share] * len(words)
    return Line(
        text=text,
        box=Box(left=left, top=top, right=left + across, bottom=top + down),
        height=height,
        score=sum(chars) / len(chars),
        chars=tuple(chars),
        vertical=bool(marks),
    )


CONTEXT = context_of(cases()[0])
