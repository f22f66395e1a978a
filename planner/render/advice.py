"""A card for each pick, and what to hold oneself when nothing fits: texts from ``templates/cards.*.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from planner.i18n.catalog import templates_folder
from planner.people.person import Practice, Skill
from planner.types import Label


def card_for(label: Label, track: str, language: str, practised: Sequence[Practice] = ()) -> str:
    """What to practise, or whom to meet: the next small step of the skill that was tried last, of those that such an
    evening trains; else by topic for practice, by form for industry, else by track."""
    kinds = set(label.topics) if track == "practice" else {label.form}
    for practice in sorted(practised, key=lambda each: each.on, reverse=True):
        if kinds.intersection(_texts("steps", language)[practice.skill]["trained_by"]):
            return next_step(practice.skill, sum(each.skill == practice.skill for each in practised), language)
    cards = _texts("cards", language)
    groups = label.topics if track == "practice" else (label.form or "",)
    own = (cards.get(track, {}).get(group) for group in groups)
    return str(next(filter(None, own), cards["track"].get(track, "")))


def next_step(skill: Skill, tried: int, language: str) -> str:
    """The small step after so many evenings on which a skill was tried; the last one stays."""
    steps = _texts("steps", language)[skill]["steps"]
    return str(steps[min(max(tried, 1), len(steps)) - 1])


def initiative_for(seller: str, week_number: int, language: str) -> str:
    """What to hold oneself, another one each week."""
    texts = _texts("initiatives", language)[seller]
    return str(texts[week_number % len(texts)])


@functools.cache
def _texts(name: str, language: str) -> Mapping[str, Any]:
    return tomllib.loads((templates_folder() / f"{name}.{language}.toml").read_text(encoding="utf-8"))
