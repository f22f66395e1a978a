"""Patterns that are compiled when they are first used: most runs need few of them, and compiling costs more than
searching."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import Any


class LatePattern:
    """A pattern of `re`, as far as it is used here."""

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self._pattern, self._flags = pattern, flags

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """The pattern itself."""
        return re.compile(self._pattern, self._flags)

    def match(self, text: str) -> re.Match[str] | None:
        """At the beginning of a text."""
        return self.compiled.match(text)

    def search(self, text: str, at: int = 0) -> re.Match[str] | None:
        """From ``at`` on."""
        return self.compiled.search(text, at)

    def fullmatch(self, text: str) -> re.Match[str] | None:
        """The whole of a text."""
        return self.compiled.fullmatch(text)

    def finditer(self, text: str, at: int = 0) -> Iterator[re.Match[str]]:
        """All that are apart, from ``at`` on."""
        return self.compiled.finditer(text, at)

    def sub(self, new: str | Callable[[re.Match[str]], str], text: str) -> str:
        """A text with ``new`` in place of each."""
        return self.compiled.sub(new, text)

    def findall(self, text: str) -> list[Any]:
        """All that are apart: the group, or the whole where there is none."""
        return self.compiled.findall(text)

    def split(self, text: str, most: int = 0) -> list[str | Any]:
        """What stands between them."""
        return self.compiled.split(text, most)
