"""What pages call the things that discovery follows, from ``pages.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def words(name: str) -> re.Pattern[str]:
    """The words of one meaning as a pattern: Latin ones whole, Chinese ones as they stand, without case."""
    table = tomllib.loads(files("spiders.discover").joinpath("pages.toml").read_text(encoding="utf-8"))
    latin = "|".join(word for word in table[name] if word.isascii())
    other = "|".join([*(word for word in table[name] if not word.isascii()), *table.get(f"{name}_zh", ())])
    return re.compile("|".join(filter(None, (rf"\b(?:{latin})\b" if latin else "", other))), re.IGNORECASE)


def says_events(text: str | None) -> bool:
    """Whether words name coming events."""
    return bool(text) and words("events").search(text or "") is not None
