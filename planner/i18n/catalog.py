"""The words of the program, in the reader's language, from ``templates/words.*.toml``.

Those of ``help`` have a file of their own: every command says them to click before anybody asks for help, and all the
rest takes ten times as long to read.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")
_REST, _HELP = "words", "help"
FILES = (_REST, _HELP)


def templates_folder() -> Path:
    """The folder of everything people read: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parents[1]
    installed = here / "templates"
    return installed if (installed / "words.en.toml").is_file() else here.parent / "templates"


class Catalog:
    """Looks up a text by its dotted key and fills in its values. An unknown key is a KeyError: a fault of ours."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"language {language}: not known (known are: {', '.join(LANGUAGES)})")
        self.language = language

    def __call__(self, key: str, /, **values: object) -> str:
        text = texts(self.language, _file_of(key))[key]
        return text.format_map(values) if values else text

    def full_day(self, day: date) -> str:
        """A day with its year, for those who have no calendar at hand."""
        return self(
            "date.full", year=day.year, month=day.month, month_name=self(f"date.month_{day.month}"), day=day.day
        )

    def has(self, key: str) -> bool:
        """Whether there is a text for ``key``."""
        return key in texts(self.language, _file_of(key))


@functools.cache
def texts(language: str, name: str) -> Mapping[str, str]:
    """All texts of one of the FILES by their dotted keys."""
    with (templates_folder() / f"{name}.{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file), ""))


def _file_of(key: str) -> str:
    return _HELP if key.startswith(f"{_HELP}.") else _REST


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
