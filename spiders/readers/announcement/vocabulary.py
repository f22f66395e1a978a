"""The words of announcements (vocabulary.toml), each list as one compiled pattern."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _lists() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("vocabulary.toml").read_text("utf-8"))


@cache
def words(name: str) -> re.Pattern[str]:
    """The pattern of one list: noun, call, recap, job, papers, news, signup, announce, over,
    share, service, detail, venue."""
    return re.compile("|".join(sorted(_lists()[name], key=len, reverse=True)), re.IGNORECASE)


def says(name: str, text: str) -> bool:
    return words(name).search(text) is not None


def count(name: str, text: str) -> int:
    """How many different words of the list stand in ``text``."""
    return len({match[0].lower() for match in words(name).finditer(text)})
