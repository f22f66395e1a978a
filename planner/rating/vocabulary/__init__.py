"""The vocabulary as an automaton: which words stand in a text, the longest first, overlaps counted once.

The words stand in TOML files beside this module: ``practice``, ``industry`` and ``other`` say which evening it is,
``hosts`` who is likely to hold what, ``people`` who is likely to come, ``chain`` what stands up and down a trade,
``synonyms`` which words mean the same.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import ahocorasick

from planner.text import casefold
from spiders.text.glyphs import simplified

POINTS_OF_TIER = {"strong": 3.0, "words": 1.8, "weak": 0.7}
"""What a word says: strong ones decide alone, weak ones need a second sign."""
_SEPARATORS: Mapping[int, str | None] = {
    **dict.fromkeys(map(ord, "-_/·・‐‑–—\n\t\r\u3000"), " "),
    **dict.fromkeys(map(ord, "’＇"), "'"),
    **dict.fromkeys((0x200B, 0x200C, 0x200D, 0xFE0F, 0xFEFF)),  # invisible: joiners, variation selectors
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One word: its family (practice, form, sector ...), its group within it, and what it says (POINTS_OF_TIER)."""

    word: str
    family: str
    group: str
    points: float = POINTS_OF_TIER["words"]


class Hit(NamedTuple):
    """A word found at [start, end) of the folded text."""

    start: int
    end: int
    entries: tuple[Entry, ...]


@functools.lru_cache(maxsize=64)  # label and score ask for the same texts one after the other
def plain(text: str) -> str:
    """Folded, traditional characters simplified, hyphens and the like as spaces: what words match on."""
    if text.isascii():
        return text.lower().translate(_SEPARATORS)
    return casefold(text).translate(_signs())


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
            self._automaton.add_word(word, (len(word), _borders(word), tuple(same)))
        self._is_empty = not by_word
        if by_word:
            self._automaton.make_automaton()

    def hits(self, text: str) -> Sequence[Hit]:
        """All words in ``text``, in order, none inside or across another: the longest wins, then the first."""
        return () if self._is_empty or not text else self.hits_in(plain(text))

    def hits_in(self, text: str) -> Sequence[Hit]:
        """The same in a text that is `plain` already."""
        if self._is_empty:
            return ()
        found = []
        for last, (length, borders, entries) in self._automaton.iter(text):
            start, end = last - length + 1, last + 1
            if borders:
                end = _end_of_word(text, start, end)
                if not end:
                    continue
            found.append((start - end, start, -length, end, entries))
        return _longest(found, len(text))


_Candidate = tuple[int, int, int, int, tuple[Entry, ...]]
"""Minus the length in the text, start, minus the length of the word, end, entries: in the order of preference."""


def _longest(found: list[_Candidate], length: int) -> list[Hit]:
    """Of candidates that overlap the longest, else the first; of a plural the word that is listed so."""
    if len(found) < 2:
        return [Hit(start, end, entries) for _, start, _, end, entries in found]
    found.sort()
    covered = bytearray(length)
    taken = []
    for _, start, _, end, entries in found:
        if covered.find(1, start, end) < 0:
            covered[start:end] = b"\x01" * (end - start)
            taken.append(Hit(start, end, entries))
    taken.sort()
    return taken


def _borders(word: str) -> bool:
    """Whether a word needs borders: Latin ones do, and single characters, which mean little inside others."""
    return len(word) == 1 or _is_letter(word[0]) or _is_letter(word[-1])


def _end_of_word(text: str, start: int, end: int) -> int:
    """Where the word at [start, end) ends, its plural ending included; 0 where it goes on beyond."""
    if end - start == 1 and text[start] >= "\u2e80":
        alone = not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum())
        return end if alone else 0
    if start and _is_letter(text[start]) and _is_letter(text[start - 1]):
        return 0
    if end == len(text) or not (_is_letter(text[end]) and _is_letter(text[end - 1])):
        return end
    if end - start < 3 or not text[end - 1].isalpha():
        return 0
    for plural in ("s", "es"):
        after = end + len(plural)
        if text.startswith(plural, end) and not (after < len(text) and _is_letter(text[after])):
            return after
    return 0


def _is_letter(sign: str) -> bool:
    """Letters and digits of scripts that part words by spaces; Chinese has no word borders."""
    return sign < "\u2e80" and sign.isalnum()


@functools.cache
def _signs() -> Mapping[int, str | None]:
    """Separators, and traditional characters -> simplified ones."""
    return {**_SEPARATORS, **simplified()}


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
    """Every word of practice, industry, other, hosts and people with its family and group."""
    for family in ("practice", "other"):
        yield from entries_of(family, load(family))
    for family, groups in load("industry").items():
        yield from entries_of(family, groups)
    yield from entries_of("host", load("hosts"))
    yield from entries_of("people", load("people"))


def entries_of(family: str, groups: Mapping[str, Mapping[str, Any]]) -> Iterator[Entry]:
    for group, lists in groups.items():
        for tier, points in POINTS_OF_TIER.items():
            for word in lists.get(tier, ()):
                yield Entry(word, family, group, points)
