"""Where each person stands in the text of ``people.yaml``, found by the columns of its lines alone, so that one person
can be read or changed without the thousands beside.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

PEOPLE, PRACTISED = LISTS = ("people", "practised")
_TOP = re.compile(r"(people|practised):[ ]*(\[\][ ]*)?(#.*)?\r?$", re.MULTILINE)
_DASH = re.compile(r"^( *)- ", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a list: its text from the beginning of the dash's line on, with the comments and blank lines below
    it; ``start`` is where that stands in the whole, ``line`` the number of its first line, from 1. ``column`` is that
    of the dash."""

    start: int
    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Section:
    """One of the lists. ``key`` is where its line begins, ``below`` where the line behind that one begins, ``end`` is
    exclusive. ``is_empty``: ``[]`` stands behind the key."""

    name: str
    key: int
    below: int
    end: int
    is_empty: bool = False
    entries: tuple[Entry, ...] = ()


def sections_of(text: str) -> dict[str, Section] | None:
    """The lists by name; None where a text is not made of them alone, written one entry below the other."""
    keys = [found for found in _TOP.finditer(text) if found.start() == 0 or text[found.start() - 1] == "\n"]
    if not _is_blank(text[: keys[0].start()] if keys else text):
        return None
    found: dict[str, Section] = {}
    for key, following in pairwise([*keys, None]):
        assert key is not None
        end = following.start() if following else len(text)
        below = min(key.end() + 1, end)
        section = Section(key[1], key.start(), below, end, is_empty=bool(key[2]))
        entries = _entries(text, section)
        if entries is None or key[1] in found:
            return None
        found[key[1]] = replace(section, entries=entries)
    return found


def _entries(text: str, section: Section) -> tuple[Entry, ...] | None:
    body = text[section.below : section.end]
    first = _DASH.search(body)
    if first is None or section.is_empty:
        return () if _is_blank(body) else None
    if not _is_blank(body[: first.start()]):
        return None
    column = len(first[1])
    starts = [each.start() for each in re.finditer(rf"^ {{{column}}}- ", body, re.MULTILINE)]
    found, line, counted = [], text.count("\n", 0, section.below) + 1, 0
    for start, end in zip(starts, [*starts[1:], len(body)], strict=True):
        line, counted = line + body.count("\n", counted, start), start
        found.append(Entry(section.below + start, body[start:end], line, column))
    return tuple(found) if all(_is_within(each) for each in found) else None


def _is_within(entry: Entry) -> bool:
    """Whether all its lines stand further in than its dash; comments may stand anywhere."""
    outside = re.compile(rf"\n {{0,{entry.column}}}(?![ #\r\n]|$)")
    return outside.search(entry.text) is None


def _is_blank(text: str) -> bool:
    """Whether there are only blank lines and comments, behind the mark of a document."""
    return all(not line.strip() or line.lstrip().startswith("#") for line in _lines(text.removeprefix("---")))


def _lines(text: str) -> Iterator[str]:
    return iter(text.split("\n"))
