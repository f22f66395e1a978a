"""The words of announcements (vocabulary.toml), each list as one compiled pattern."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

# A pattern that begins with one certain character, perhaps behind a word's edge.
_FIRST = re.compile(r"(?:\\b)?([\u4e00-\u9fffA-Za-z\d])(?![?*{+])")


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))


@cache
def words(name: str) -> re.Pattern[str]:
    """The pattern of one list of ``vocabulary.toml``: noun, call, recap, limit, host …

    Words are tried only where one of their first characters stands: an article has few such places.
    """
    ordered = sorted(_lists()[name], key=len, reverse=True)
    firsts = {entry: match[1] for entry in ordered if (match := _FIRST.match(entry))}
    others = [entry for entry in ordered if entry not in firsts]
    tried = "|".join(firsts)
    signs = "".join(sorted({re.escape(sign) for first in firsts.values() for sign in (first.lower(), first.upper())}))
    whole = [f"(?=[{signs}])(?:{tried})"] if firsts else []
    return re.compile("|".join([*whole, *others]), re.IGNORECASE)


def says(name: str, text: str) -> bool:
    return words(name).search(text) is not None


def count(name: str, text: str) -> int:
    """How many different words of the list stand in ``text``."""
    return len({match[0].lower() for match in words(name).finditer(text)})
