"""The vocabulary as an automaton: which words stand in a text, the longest first, overlaps counted once."""

from __future__ import annotations

import functools
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ahocorasick


@dataclass(frozen=True, slots=True)
class Entry:
    """One word: its family (practice, form, sector ...), its group within it, and whether it decides alone."""

    word: str
    family: str
    group: str
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Hit:
    """A word found at [start, end) of the folded text."""

    start: int
    end: int
    entries: tuple[Entry, ...]


def fold(text: str) -> str:
    """Full-width and case differences away, length kept close to the original (Unicode NFKC, casefold)."""
    return unicodedata.normalize("NFKC", text).casefold()


class Matcher:
    """Finds words in texts in one pass. Latin words match as whole words; longer words hide shorter ones inside."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        by_word: dict[str, list[Entry]] = {}
        for entry in entries:
            by_word.setdefault(fold(entry.word).strip(), []).append(entry)
        by_word.pop("", None)
        self._automaton: Any = ahocorasick.Automaton()
        for word, same in by_word.items():
            self._automaton.add_word(word, (len(word), tuple(same)))
        self._is_empty = not by_word
        if by_word:
            self._automaton.make_automaton()

    def hits(self, text: str) -> Sequence[Hit]:
        """All words in ``text``, in order, none inside or across another: the longest wins, then the first."""
        if self._is_empty:
            return ()
        folded = fold(text)
        found = []
        for last, (length, entries) in self._automaton.iter(folded):
            start, end = last - length + 1, last + 1
            if _is_whole(folded, start, end):
                found.append(Hit(start, end, entries))
        found.sort(key=lambda hit: (hit.start - hit.end, hit.start))
        taken: list[Hit] = []
        covered = bytearray(len(folded))
        for hit in found:
            if not any(covered[hit.start : hit.end]):
                covered[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
                taken.append(hit)
        return sorted(taken, key=lambda hit: hit.start)


def _is_whole(text: str, start: int, end: int) -> bool:
    """Latin letters and digits must not go on beyond the word; Chinese has no word borders."""
    return not (_continues(text, start - 1, start) or _continues(text, end, end - 1))


def _continues(text: str, outside: int, inside: int) -> bool:
    if not 0 <= outside < len(text):
        return False
    beyond, edge = text[outside], text[inside]
    return edge.isascii() and edge.isalnum() and beyond.isascii() and beyond.isalnum()


@functools.cache
def load() -> Mapping[str, Any]:
    """The shipped vocabulary (``vocabulary.toml``): family -> group -> words."""
    with (Path(__file__).parent / "vocabulary.toml").open("rb") as file:
        return tomllib.load(file)


@functools.cache
def shipped() -> Matcher:
    """The matcher of the shipped vocabulary."""
    return Matcher(_entries(load()))


def _entries(vocabulary: Mapping[str, Any]) -> Iterable[Entry]:
    for family, groups in vocabulary.items():
        plain = {family: groups} if "words" in groups else groups
        for group, lists in plain.items():
            for word in lists.get("strong", ()):
                yield Entry(word, family, group, strong=True)
            for word in lists.get("words", ()):
                yield Entry(word, family, group)
