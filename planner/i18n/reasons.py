"""Reasons in the language of the person who reads them: a text for each code, from ``templates/reasons.*.toml``."""

from __future__ import annotations

import functools
import tomllib
from collections import defaultdict
from collections.abc import Mapping

from planner.i18n.catalog import Catalog, templates_folder
from spiders.reasons import Reason, Value

MAX_DEPTH = 4

Text = str | Mapping[str, str]
"""One text, or one for one and another for several, told apart by the value called ``count``."""


def translate(reason: Reason | None, language: str) -> str:
    """A reason in ``language``; nothing for none. Reasons within it are put into words in turn."""
    return "" if reason is None else _translated(reason, language, 0)


def english(reason: Reason) -> str:
    """A reason as other programs read it: in every JSON output, whatever the language of the person."""
    return translate(reason, "en")


def _translated(reason: Reason, language: str, depth: int) -> str:
    if depth > MAX_DEPTH:
        return "…"
    values: dict[str, object] = {name: _shown(value, language, depth) for name, value in reason.values}
    text = texts(language)[str(reason.code)]
    if not isinstance(text, str):
        text = text["one" if values.get("count") == 1 else "other"]
    return text.format_map(defaultdict(lambda: "–", values))  # a store of another version may hold other values


def _shown(value: Value | Reason | tuple[Reason, ...], language: str, depth: int) -> Value:
    if isinstance(value, Reason):
        return _translated(value, language, depth + 1)
    if isinstance(value, tuple):
        return Catalog(language)("digest.comma").join(_translated(each, language, depth + 1) for each in value)
    return value


@functools.cache
def texts(language: str) -> Mapping[str, Text]:
    """Every text of a language, by its code."""
    with (templates_folder() / f"reasons.{language}.toml").open("rb") as file:
        return tomllib.load(file)
