"""Which language to speak before a configuration has been read: the one that the configuration in sight asks for, else
the environment's. Help and wrong usage are told in it too."""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from planner.cli._own import config_in_sight
from planner.glance import language_of
from planner.i18n.catalog import Catalog


@functools.cache
def words_of_environment() -> Catalog:
    """zh where the locale is Chinese, else en (the order of POSIX: LC_ALL, LC_MESSAGES, LANG)."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return Catalog("zh" if locale.lower().startswith("zh") else "en")


@functools.cache
def words_of_reader() -> Catalog:
    """In the language of the configuration that this call would use, however wrong the rest of it is; else that of the
    environment."""
    path = config_in_sight(_named(sys.argv[1:]))
    try:
        language = language_of(path.read_bytes()) if path is not None else None
    except OSError:
        language = None
    return Catalog(language) if language else words_of_environment()


def say(key: str, **values: object) -> str:
    """A text in the reader's language."""
    return words_of_reader()(key, **values)


def forget() -> None:
    """Decide anew: another call in the same process."""
    words_of_environment.cache_clear()
    words_of_reader.cache_clear()


def _named(arguments: Sequence[str]) -> Path | None:
    """What ``--config`` says, before the command that knows this option is even loaded."""
    for place, argument in enumerate(arguments):
        name, sign, value = argument.partition("=")
        if name == "--config":
            named = value if sign else next(iter(arguments[place + 1 :]), "")
            return Path(named) if named else None
    return None
