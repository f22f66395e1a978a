"""What a second reader answered, taken apart and believed in nothing yet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_EVENTS = 20
_LONGEST = 100_000
_LONGEST_QUOTE = 300
_THOUGHT = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_FENCE = re.compile(r"^\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*$", re.DOTALL | re.IGNORECASE)
_QUOTES = ("title", "start", "hour", "end", "iso", "place", "price")


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One event as it was claimed: quotes, none of them looked up yet; ``iso`` is the model's own reading."""

    title: str
    start: str
    hour: str | None = None
    end: str | None = None
    iso: str | None = None
    place: str | None = None
    price: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """Whether the text tells of an event, and which; ``malformed`` counts what had not the shape of a claim."""

    is_event: bool
    claims: tuple[Claim, ...] = ()
    malformed: int = 0


def parse(content: str) -> Answer | None:
    """The words of a model -> its answer; None where they are not the JSON that was asked for. Never raises."""
    if len(content) > _LONGEST:
        return None
    bare = _THOUGHT.sub("", content, count=1)
    fenced = _FENCE.match(bare)
    try:
        told = json.loads(fenced[1] if fenced else bare)
    except (ValueError, RecursionError):
        return None
    if not isinstance(told, dict) or not isinstance(told.get("is_event"), bool):
        return None
    listed = told.get("events", [])
    if not isinstance(listed, list):
        return None
    claims = [_claim(each) for each in listed[:MOST_EVENTS]]
    kept = tuple(claim for claim in claims if claim is not None)
    return Answer(is_event=told["is_event"], claims=kept, malformed=len(listed) - len(kept))


def _claim(told: Any) -> Claim | None:
    if not isinstance(told, Mapping):
        return None
    quotes = {name: _quote(told.get(name)) for name in _QUOTES}
    title, start = quotes.pop("title"), quotes.pop("start")
    if title is None or start is None:
        return None
    return Claim(title=title, start=start, **quotes)


def _quote(value: Any) -> str | None:
    """A quote; what is no text, empty or longer than any quote is none."""
    if not isinstance(value, str) or len(value) > _LONGEST_QUOTE:
        return None
    return value.strip() or None
