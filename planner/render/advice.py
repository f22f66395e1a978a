"""A card for each pick, and what to hold oneself when nothing fits: texts from ``templates/cards.*.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from typing import Any

from planner.i18n.catalog import templates_folder
from planner.types import Label


def card_for(label: Label, track: str, language: str) -> str:
    """What to practise, or whom to meet: by topic for practice, by form for industry, else by track."""
    cards = _texts("cards", language)
    groups = label.topics if track == "practice" else (label.form or "",)
    own = (cards.get(track, {}).get(group) for group in groups)
    return str(next(filter(None, own), cards["track"].get(track, "")))


def initiative_for(seller: str, week_number: int, language: str) -> str:
    """What to hold oneself, another one each week."""
    texts = _texts("initiatives", language)[seller]
    return str(texts[week_number % len(texts)])


@functools.cache
def _texts(name: str, language: str) -> Mapping[str, Any]:
    return tomllib.loads((templates_folder() / f"{name}.{language}.toml").read_text(encoding="utf-8"))
