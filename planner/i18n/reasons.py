"""What sources and readers report, in the language of the person who reads it (``templates/reasons.*.toml``)."""

from __future__ import annotations

import functools
import re
import tomllib

from planner.i18n.catalog import templates_folder

_VALUE = re.compile(r"\\{(\w+)\\}")
_TRANSLATED_IN_TURN = "why"
_MAX_DEPTH = 4


def translate(reason: str, language: str, depth: int = 0) -> str:
    """A reason of the spiders in ``language``; what the catalogue does not know stays as it was said."""
    if depth > _MAX_DEPTH:
        return reason
    for pattern, text in _catalogue(language):
        match = pattern.fullmatch(reason)
        if match:
            values = match.groupdict()
            if _TRANSLATED_IN_TURN in values:
                values[_TRANSLATED_IN_TURN] = translate(values[_TRANSLATED_IN_TURN], language, depth + 1)
            return text.format_map(values)
    return reason


@functools.cache
def _catalogue(language: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns with their texts, the most exact (those with the fewest values) first."""
    file = templates_folder() / f"reasons.{language}.toml"
    if not file.is_file():
        return ()
    entries = tomllib.loads(file.read_text(encoding="utf-8"))
    ordered = sorted(entries.items(), key=lambda entry: (entry[0].count("{"), -len(entry[0])))
    return tuple((_pattern(said), text) for said, text in ordered)


def _pattern(said: str) -> re.Pattern[str]:
    return re.compile(_VALUE.sub(lambda match: f"(?P<{match[1]}>.+?)", re.escape(said)), re.DOTALL)
