"""In which language a title is written, by its letters: screen readers and fonts want to know."""

from __future__ import annotations

import re

_LETTERS = (
    ("ja", re.compile(r"[\u3041-\u30ff]")),  # before Han: Japanese has both
    ("ko", re.compile(r"[\uac00-\ud7af]")),
    ("zh-CN", re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0003134f]")),
    ("ar", re.compile(r"[\u0620-\u064a]")),
    ("he", re.compile(r"[\u05d0-\u05ea]")),
    ("ru", re.compile(r"[\u0410-\u044f]")),
    ("en", re.compile(r"[A-Za-z]")),
)


def script_of(text: str) -> str | None:
    """A language tag; None where no letter tells. One sign of Chinese decides: glyph forms hang on it, while Latin
    letters stand in every language's titles. Letters tell no language for sure, only how to draw and speak them."""
    return next((language for language, letters in _LETTERS if letters.search(text)), None)
