"""Chinese without word borders: texts compared by their pairs of characters."""

from __future__ import annotations

CHINESE = "㐀-鿿"
"""The characters of a run of Chinese, for a class of a regular expression."""


def is_chinese(token: str) -> bool:
    """Whether a token, which is all of one script, is a run of Chinese."""
    return "㐀" <= token[0] <= "鿿"


def pairs(token: str) -> set[str]:
    """``读书会`` -> 读书, 书会; a character alone is itself."""
    return {token[place : place + 2] for place in range(max(1, len(token) - 1))}
