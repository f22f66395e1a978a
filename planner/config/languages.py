"""The languages that the program speaks, by the names that people give them."""

from __future__ import annotations

_LANGUAGES = {"zh": ("zh", "cn", "chi", "中", "汉", "漢", "简", "繁"), "en": ("en", "英")}
"""How words begin that name a language: its code, its name in either language."""


def language_named(text: str) -> str | None:
    """``中文``, ``English``, ``zh-CN`` -> its code; None for one that we do not speak."""
    said = text.strip().casefold()
    return next((code for code, beginnings in _LANGUAGES.items() if said.startswith(beginnings)), None)
