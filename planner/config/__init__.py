"""config.yaml -> Config: every problem at once, with line and key."""

from __future__ import annotations

from planner.config.load import load, parse
from planner.config.model import Config, Interests, Week, Word

__all__ = ["Config", "Interests", "Week", "Word", "load", "parse"]
