"""Words that say what a time is for: the start, the doors, a deadline, the past. The words are in roles.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files

from spiders.text.when.tokens import Kind, Rule, Token


def _first_characters(pattern: str) -> str:
    """The characters a pattern of roles.toml can begin with."""
    if pattern.startswith("(?:"):
        inside = pattern[3 : pattern.index(")")]
        return "".join(word[0] for word in inside.split("|"))
    return pattern[0]


@cache
def rules() -> tuple[Rule, ...]:
    """One rule for each first character and role-word, longest words first."""
    table: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("roles.toml").read_text("utf-8"))
    by_first: dict[str, list[tuple[str, str]]] = {}
    for role, patterns in table.items():
        for pattern in patterns:
            for character in _first_characters(pattern):
                by_first.setdefault(character.lower(), []).append((pattern, role))
    made = []
    for first, entries in by_first.items():
        entries.sort(key=lambda entry: -len(entry[0]))
        names = [role for _, role in entries]
        body = "|".join(f"({pattern})" for pattern, _ in entries)

        def build(match: re.Match[str], _: list[Token], names: list[str] = names) -> Token:
            return Token(Kind.ROLE, match.start(), match.end(), names[(match.lastindex or 1) - 1])

        made.append(Rule(first, re.compile(body, re.IGNORECASE), build))
    return tuple(made)
