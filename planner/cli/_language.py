"""Which language to speak before a configuration says so: the environment's."""

from __future__ import annotations

import functools
import os

from planner.i18n.catalog import Catalog


@functools.cache
def words_of_environment() -> Catalog:
    """zh where the locale is Chinese, else en (the order of POSIX: LC_ALL, LC_MESSAGES, LANG)."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return Catalog("zh" if locale.lower().startswith("zh") else "en")


def say(key: str, **values: object) -> str:
    """A text in the environment's language."""
    return words_of_environment()(key, **values)
