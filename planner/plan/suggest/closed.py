"""Places that no program may read (closed apps, groups, shops): what their user can type there (``closed.toml``)."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from planner.plan.suggest.wishes import MOST_WORDS, Wishes, groups_of, in_language
from spiders.catalogue import City


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """One place, by its key in the catalogue of words (``closed.…``), and phrases for its search field."""

    place: str
    phrases: tuple[str, ...]


def searches(city: City, wishes: Wishes) -> tuple[Search, ...]:
    """What to type for a user's words, place by place; none where there are no words or the place suits none."""
    found = []
    for row in _places():
        if row["for"] in {"world", "mainland" if city.is_mainland else "abroad"}:
            phrases = tuple(dict.fromkeys(_phrases(row, city, wishes)))
            if phrases:
                found.append(Search(place=row["id"], phrases=phrases))
    return tuple(found)


def _phrases(row: Mapping[str, Any], city: City, wishes: Wishes) -> Iterator[str]:
    language = city.language if row["language"] == "local" else row["language"]
    name = city.fills.get("city", city.name) if language == "zh" else city.fills.get("citylatin", city.name)
    for words, patterns in ((wishes.industry, "industry"), (wishes.practice, "practice")):
        fitting = [word for word in words if "topics" not in row or groups_of(word) & set(row["topics"])]
        for word in fitting[:MOST_WORDS]:
            for pattern in row.get(patterns, ()):
                yield pattern.format(city=name, word=in_language(word, language))


@functools.cache
def _places() -> tuple[Mapping[str, Any], ...]:
    return tuple(tomllib.loads(Path(__file__).with_name("closed.toml").read_text("utf-8"))["place"])
