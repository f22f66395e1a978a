"""Which track an event belongs to, and about what it is: Event -> Label, with the words that decided it.

Strong practice words decide alone; weak ones need a second sign. A form such as a salon or a talk is industry where
a sector or an organiser of the trade stands beside it. What nothing speaks for stays unsorted (None), and is shown.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal

from planner import vocabulary
from spiders.items import Event

Track = Literal["industry", "practice", "client", "other"]
WEIGHT_OF_FIELD = {"title": 3.0, "organizer": 2.0, "text": 1.0}
MOST_OF_TEXT = 2_000  # characters: what an event is stands at its beginning
ENOUGH = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """``track`` is None for unsorted; ``topics`` and ``form`` are groups of the vocabulary; ``words`` decided it."""

    track: Track | None
    topics: tuple[str, ...] = ()
    form: str | None = None
    words: tuple[str, ...] = ()


def classify(event: Event, *, track: str | None = None) -> Label:
    """The label of an event. ``track`` is what the configuration says of its source: it wins."""
    points: Counter[str] = Counter()
    topics: Counter[str] = Counter()
    forms: Counter[str] = Counter()
    words: dict[str, list[str]] = {}
    for field, text in _fields(event):
        weight = WEIGHT_OF_FIELD[field]
        for hit in vocabulary.shipped().hits(text):
            for entry in hit.entries:
                factor = 1.0 if entry.strong or entry.family != "practice" else 0.4
                points[entry.family] += weight * factor  # type: ignore[assignment]
                words.setdefault(entry.family, []).append(entry.word)
                if entry.family in {"sector", "practice"}:
                    topics[entry.group] += weight  # type: ignore[assignment]
                if entry.family == "form":
                    forms[entry.group] += weight  # type: ignore[assignment]
    decided = _decide(points)
    families = {"industry": ("sector", "form", "organiser"), "practice": ("practice",), "other": ("other",)}
    reasons = [word for family in families.get(decided or "", ()) for word in words.get(family, ())]
    return Label(
        track=track or decided,  # type: ignore[arg-type]
        topics=tuple(topic for topic, _ in topics.most_common(4)),
        form=forms.most_common(1)[0][0] if forms else None,
        words=tuple(dict.fromkeys(reasons))[:6],
    )


def _fields(event: Event) -> list[tuple[str, str]]:
    fields = [("title", event.title), ("organizer", event.organizer or "")]
    text = " ".join([*event.categories, (event.description or "")[:MOST_OF_TEXT]])
    return [(name, value) for name, value in [*fields, ("text", text)] if value]


def _decide(points: Counter[str]) -> Track | None:
    practice, other = points["practice"], points["other"]
    trade = points["sector"] + points["organiser"]
    industry = trade + points["form"] if trade and points["form"] else trade * 0.7
    best = max(practice, other, industry)
    if best < ENOUGH * 0.4:
        return None
    if other == best:
        return "other"
    if practice == best:
        return "practice"
    return "industry" if industry >= 1.4 else None
