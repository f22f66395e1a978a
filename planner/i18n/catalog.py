"""The words of the program, in the reader's language, from ``templates/words.*.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

LANGUAGES = ("zh", "en")


def templates_folder() -> Path:
    """The folder of everything people read: inside the installed package, or beside it in a checkout."""
    here = Path(__file__).parents[1]
    installed = here / "templates"
    return installed if (installed / "words.en.toml").is_file() else here.parent / "templates"


class Catalog:
    """Looks up a text by its dotted key and fills in its values. An unknown key is a KeyError: a fault of ours."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._texts = _texts(language)

    def __call__(self, key: str, /, **values: object) -> str:
        text = self._texts[key]
        return text.format_map(values) if values else text

    def full_day(self, day: date) -> str:
        """A day with its year, for those who have no calendar at hand."""
        return self(
            "date.full", year=day.year, month=day.month, month_name=self(f"date.month_{day.month}"), day=day.day
        )

    def has(self, key: str) -> bool:
        """Whether there is a text for ``key``."""
        return key in self._texts


@functools.cache
def _texts(language: str) -> Mapping[str, str]:
    if language not in LANGUAGES:
        raise ValueError(f"language {language}: not known (known are: {', '.join(LANGUAGES)})")
    with (templates_folder() / f"words.{language}.toml").open("rb") as file:
        return dict(_flat(tomllib.load(file), ""))


def _flat(table: Mapping[str, Any], prefix: str) -> Iterator[tuple[str, str]]:
    for key, value in table.items():
        if isinstance(value, dict):
            yield from _flat(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", str(value)
