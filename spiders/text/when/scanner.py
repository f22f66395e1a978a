"""Text to tokens: at each character that can begin a time, the rules for that character, in order; one pass."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from spiders.text.when import chinese, digits, english, roles
from spiders.text.when.tokens import Build, Rule, Token

_Attempt = tuple[Callable[..., re.Match[str] | None], Build]


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, tuple[_Attempt, ...]]]:
    """What a token can begin with, and for each such character what is tried there, in order."""
    by_first: dict[str, list[Rule]] = {}
    for one in (*roles.rules(), *chinese.AHEAD, *english.AHEAD, *digits.RULES, *chinese.RULES, *english.RULES):
        for character in {*one.first.lower(), *one.first.upper()}:
            by_first.setdefault(character, []).append(one)
    alike = "".join(sorted(c for c in by_first if not c.isascii() or not c.isalnum()))
    letters = "".join(sorted(c for c in by_first if c.isascii() and c.isalpha()))
    # Words and numbers are entered at their first character only.
    trigger = rf"[{re.escape(alike)}]|(?<![A-Za-z])[{letters}]|(?<![0-9])[0-9]"
    attempts = {first: tuple((one.pattern.match, one.build) for one in rules) for first, rules in by_first.items()}
    return re.compile(trigger), attempts


def scan(text: str) -> Iterator[Token]:
    """The tokens of normalized ``text`` (see :mod:`spiders.text.glyphs`), in order, without overlap."""
    trigger, attempts = _grammar()
    position = 0
    seen: list[Token] = []
    while (found := trigger.search(text, position)) is not None:
        at = found.start()
        position = at + 1
        for match_at, build in attempts.get(text[at], ()):
            match = match_at(text, at)
            if match is None or match.end() == at or (made := build(match, seen)) is None:
                continue
            tokens = [made] if isinstance(made, Token) else list(made)
            position = max(position, tokens[-1].end)
            seen.extend(tokens)
            del seen[:-6]
            yield from tokens
            break
