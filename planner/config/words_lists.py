"""The lists of words in a configuration, by name."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from planner.config.model import Config, Word

List = Literal["industry", "practice", "avoid", "up", "down", "peers"]
LISTS: Mapping[List, tuple[str, str]] = {
    "industry": ("interests", "industry"),
    "practice": ("interests", "practice"),
    "avoid": ("interests", "avoid"),
    "up": ("chain", "up"),
    "down": ("chain", "down"),
    "peers": ("chain", "peers"),
}
"""Where each stands: section and key."""


def words_of(config: Config, name: List) -> tuple[Word, ...]:
    """The words of that list."""
    section, key = LISTS[name]
    found: tuple[Word, ...] = getattr(getattr(config, section), key)
    return found
