"""The words of ``words.toml`` as patterns, compiled when first asked for."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _words() -> dict[str, str]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return {name: pattern.replace("\n", "") for name, pattern in tomllib.loads(text).items()}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The compiled pattern of that name; KeyError for a name the file does not have."""
    return re.compile(_words()[name], re.IGNORECASE)


@cache
def whole(name: str) -> re.Pattern[str]:
    """The same as a pattern for a whole text, with marks around it and repeats of it ("Agenda | Minutes")."""
    return re.compile(rf"\W*(?:(?:{_words()[name]})\W*)+", re.IGNORECASE)
