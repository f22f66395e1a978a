"""The vocabulary as an automaton: which words stand in a text, the longest first, overlaps counted once.

The words stand in TOML files beside this module: ``practice``, ``industry`` and ``other`` say which evening it is,
``hosts`` who is likely to hold what, ``people`` who is likely to come, ``chain`` what stands up and down a trade,
``synonyms`` which words mean the same.
"""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ahocorasick

POINTS_OF_TIER = {"strong": 3.0, "words": 1.8, "weak": 0.7}
"""What a word says: strong ones decide alone, weak ones need a second sign."""
_SEPARATORS = {ord(sign): " " for sign in "-_/·・‐‑–—\n\t\r\u3000"} | {ord("’"): "'", ord("＇"): "'"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word: its family (practice, form, sector ...), its group within it, and what it says (POINTS_OF_TIER)."""

    word: str
    family: str
    group: str
    points: float = POINTS_OF_TIER["words"]


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found at [start, end) of the folded text."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def fold(text: str) -> str:
    """Full-width and case differences away, length kept close to the original (Unicode NFKC, casefold)."""
    return unicodedata.normalize("NFKC", text).casefold()


def plain(text: str) -> str:
    """Folded, traditional characters of our words simplified, hyphens and the like as spaces: what words match on."""
    folded = text.casefold() if text.isascii() else _simplified(fold(text))
    return folded.translate(_SEPARATORS)


class Matcher:
    """Finds words in texts in one pass. Latin words match as whole words and in the plural; longer words hide shorter
    ones inside or across them."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_word: dict[str, list[Entry]] = {}
        for entry in entries:
            by_word.setdefault(plain(entry.word).strip(), []).append(entry)
        by_word.pop("", None)
        self._automaton: Any = ahocorasick.Automaton()
        for word, same in by_word.items():
            self._automaton.add_word(word, (len(word), tuple(same)))
        self._is_empty = not by_word
        if by_word:
            self._automaton.make_automaton()

    def hits(self, text: str) -> Sequence[Hit]:
        """All words in ``text``, in order, none inside or across another: the longest wins, then the first."""
        return () if self._is_empty else self.hits_in_plain(plain(text))

    def hits_in_plain(self, text: str) -> Sequence[Hit]:
        """The same for a text that is ``plain`` already."""
        if self._is_empty or not text:
            return ()
        found = []
        for last, (length, entries) in self._automaton.iter(text):
            start = last - length + 1
            end = _end_of_word(text, start, last + 1)
            if end:
                found.append((length, -start, end, entries))
        if len(found) > 1:
            found.sort(key=_longest_first, reverse=True)
        taken: list[Hit] = []
        covered = bytearray(len(text))
        for _, minus_start, end, entries in found:
            start = -minus_start
            if not any(covered[start:end]):
                covered[start:end] = b"\x01" * (end - start)
                taken.append(Hit(start, end, entries))
        taken.sort(key=_start)
        return taken


def _longest_first(found: tuple[int, int, int, tuple[Entry, ...]]) -> tuple[int, int]:
    return found[0], found[1]


def _start(hit: Hit) -> int:
    return hit.start


def _end_of_word(text: str, start: int, end: int) -> int:
    """Where the word at [start, end) ends, its plural ending included; 0 where a Latin word goes on beyond it.
    Chinese has no word borders."""
    if start and _is_latin(text[start]) and _is_latin(text[start - 1]):
        return 0
    if end == len(text) or not (_is_latin(text[end]) and _is_latin(text[end - 1])):
        return end
    if end - start < 3 or not text[end - 1].isalpha():
        return 0
    for plural in ("s", "es"):
        after = end + len(plural)
        if text.startswith(plural, end) and not (after < len(text) and _is_latin(text[after])):
            return after
    return 0


def _is_latin(sign: str) -> bool:
    """Letters and digits of scripts that part words by spaces."""
    return sign < "\u2e80" and sign.isalnum()


def _simplified(text: str) -> str:
    return text.translate(_traditional())


@functools.cache
def _traditional() -> Mapping[int, str]:
    """Traditional characters that occur in our words -> simplified ones."""
    pairs = load("characters")
    return {ord(old): new for old, new in zip(pairs["traditional"], pairs["simplified"], strict=True)}


@functools.cache
def load(name: str) -> Mapping[str, Any]:
    """One file of the shipped vocabulary as it stands."""
    with (Path(__file__).parent / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


@functools.cache
def shipped() -> Matcher:
    """The matcher of everything that says which evening it is."""
    return Matcher(entries())


def entries() -> Iterator[Entry]:
    """Every word of practice, industry, other and hosts with its family and group."""
    for family in ("practice", "other"):
        yield from _entries(family, load(family))
    for family, groups in load("industry").items():
        yield from _entries(family, groups)
    yield from _entries("host", load("hosts"))


def _entries(family: str, groups: Mapping[str, Mapping[str, Any]]) -> Iterator[Entry]:
    for group, lists in groups.items():
        for tier, points in POINTS_OF_TIER.items():
            for word in lists.get(tier, ()):
                yield Entry(word, family, group, points)
