"""Lists as people write them: with Chinese commas between the words, or as one text without brackets."""

from __future__ import annotations

import re
from typing import Any

_WITHIN_AN_ENTRY = re.compile(r"[，、；;﹐﹑]")
_WITHIN_A_TEXT = re.compile(r"[,，、；;﹐﹑]")
_NO_BEGINNING = re.compile(r"[【［｛〔\[{<>|－﹣–—―•·●▪*#＃-]")
_NO_END = re.compile(r"^[^\[{【［｛]*[\]}】］｝]$")
_QUOTES = "\"'“”‘’„‟＂＇"


def parted(value: Any) -> Any:
    """A list with each text in it parted at Chinese commas and semicolons, which no word holds. One text in the place
    of a list is parted at plain commas too. Numbers and mappings stay; so does what is no list at all, or looks like
    one of another language: what it means is for others to tell."""
    if isinstance(value, str) and value.strip():
        return value if _looks_else(value) else _parts(value, _WITHIN_A_TEXT)
    if isinstance(value, list | tuple):
        return [
            part for each in value for part in (_parts(each, _WITHIN_AN_ENTRY) if isinstance(each, str) else [each])
        ]
    return value


def listed(value: Any) -> Any:
    """One text or mapping stands for a list of one, unless it looks like a list of another language."""
    if isinstance(value, str) and _looks_else(value):
        return value
    return (value,) if isinstance(value, str | dict) else value


def _looks_else(text: str) -> bool:
    """Whether a text looks like a list, or half of one, that could not be read as such."""
    return bool(_NO_BEGINNING.match(text.strip()) or _NO_END.match(text.strip()))


def _parts(text: str, between: re.Pattern[str]) -> list[str]:
    """The parts of a text without the quotes around each; a text that is not parted stays as it is."""
    parts = [part.strip() for part in between.split(text)]
    if len(parts) == 1:
        return [text]
    return [inner for part in parts if (inner := part.strip(_QUOTES).strip())]
