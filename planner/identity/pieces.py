"""Two titles laid side by side: the longest piece they share, and whether what is left speaks of one thing or of two.

A host, a summit or a series gives its name to many events of one evening: ``X: A`` and ``X: B`` share one piece and go
on differently. One event told twice shares two pieces that stand apart, in whatever order, or one title goes on and
the other does not.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from itertools import pairwise

from planner.identity.titles import Title, Weights, runs_between_signs
from spiders.text.pairs import is_chinese

MAX_TOKENS = 90
SHARED_BESIDES = 0.6  # the weight of a second piece in common
MOST_OF_A_TITLE = 0.7
LONG = 4
PHRASE = 3
SUBJECT = 0.6  # so much of the shorter title is what it is about
_BETWEEN = frozenset("的之与和及暨")  # these join words and are none
_DIGITS_OF_A_YEAR = 4

Run = tuple[str, ...]


def go_apart(one: Title, other: Title, weights: Weights, known: frozenset[str]) -> bool:
    """Whether both titles go on beside their only common piece, and differently: two parts of one thing.

    ``known`` are words of the place and of whoever holds it, which either title may add. A number of a series (no year)
    is a second piece where both name it, and nothing where one does. Titles of two languages cannot be held against
    each other.
    """
    if one.words <= other.words or other.words <= one.words or is_translated(one, other):
        return False
    piece, rest, also_rest, ends = _rests(one.run[:MAX_TOKENS], other.run[:MAX_TOKENS])
    if not piece or _is_bilingual(one, other) or _is_bilingual(other, one):
        return False
    first, second = _left(rest, known), _left(also_rest, known)
    going_on, also_going_on = first - one.numbers, second - other.numbers
    if not going_on or not also_going_on or _is_character(going_on) != _is_character(also_going_on):
        return False
    shared = first & second
    if max(len(behind) for _, behind in (rest, also_rest)) >= PHRASE:  # a phrase, not the name of a track or a room
        shared |= {word for word in ends if word not in known and not is_chinese(word)}
    if weights.sum(word for word in shared if not _is_year(word)) >= SHARED_BESIDES:
        return False
    return not (_cross(rest, also_rest, known) and _is_subject(piece, one, other, known))


def goes_on(whole: Title, part: Title) -> bool:
    """Whether one title ends with the common piece, and the other begins with it and says more."""
    piece, (_, behind), (part_before, part_behind), _ = _rests(whole.run[:MAX_TOKENS], part.run[:MAX_TOKENS])
    return bool(piece) and not behind and not part_before and len(part_behind) > 1


def _cross(one: tuple[Run, Run], other: tuple[Run, Run], known: frozenset[str]) -> bool:
    """Whether one title goes on before the common piece and the other behind it: ``host: X`` and ``X, by whom``."""
    before, behind = (bool(_left((part,), known)) for part in one)
    also_before, also_behind = (bool(_left((part,), known)) for part in other)
    return (before, behind) == (also_behind, also_before) and before != behind


def _is_subject(piece: Run, one: Title, other: Title, known: frozenset[str]) -> bool:
    """Whether the common piece is long or stands alone between signs, and is most of a title."""
    alone = len(piece) >= LONG or any(piece in runs_between_signs(title.text) for title in (one, other))
    return alone and not all(_marked(piece, known)) and covered(one, other, known) >= SUBJECT


def covered(one: Title, other: Title, known: frozenset[str]) -> float:
    """The part of the shorter title, by characters and words, that stands in pieces the other has or is ``known``."""
    shorter, longer = sorted((one, other), key=lambda title: len(title.run))
    told = _marked(shorter.run, longer.words | known)
    return sum(told) / (len(told) or 1)


def is_translated(one: Title, other: Title) -> bool:
    """Whether one title is of letters alone and the other has Chinese beside the words that they share."""
    return _has_chinese(one) != _has_chinese(other)


def _is_bilingual(one: Title, other: Title) -> bool:
    """Whether one title says in Chinese what the other does, and has it in letters too."""
    if not _has_chinese(one) or not all(map(is_chinese, other.run)) or not other.run:
        return False
    marks = _marked(other.run, one.words)
    return not all(map(is_chinese, one.run)) and sum(marks) >= MOST_OF_A_TITLE * len(marks)


def _is_character(words: frozenset[str]) -> bool:
    """Whether nothing is left but one character, as of 男子 and 女子: beside a phrase it is no other thing."""
    return all(len(word) == 1 and is_chinese(word) for word in words)


def _has_chinese(title: Title) -> bool:
    return any(map(is_chinese, title.run))


def _is_year(word: str) -> bool:
    return word.isdecimal() and len(word) >= _DIGITS_OF_A_YEAR


@functools.lru_cache(maxsize=20_000)
def _rests(one: Run, other: Run) -> tuple[Run, tuple[Run, Run], tuple[Run, Run], Run]:
    """-> (the longest common piece, what stands before and behind it in one, and in the other, what both end with).

    What both rests begin or end with is left out: hosts stand at the beginning of titles, kinds of events at the end.
    """
    first, second, length = _longest_common(one, other)
    before, also_before = one[:first], other[:second]
    behind, also_behind = one[first + length :], other[second + length :]
    begun = _common_start(before, also_before)
    ended = _common_start(behind[::-1], also_behind[::-1])
    return (
        one[first : first + length],
        (before[begun:], behind[: len(behind) - ended]),
        (also_before[begun:], also_behind[: len(also_behind) - ended]),
        behind[len(behind) - ended :],
    )


def _common_start(one: Run, other: Run) -> int:
    return next(
        (place for place, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )


def _longest_common(one: Run, other: Run) -> tuple[int, int, int]:
    """-> (where it begins in the first, in the second, its length); the first of several."""
    best, at, also_at = 0, 0, 0
    above = [0] * (len(other) + 1)
    for row, token in enumerate(one, 1):
        line = [0] * (len(other) + 1)
        for column, also in enumerate(other, 1):
            if token == also:
                line[column] = above[column - 1] + 1
                if line[column] > best:
                    best, at, also_at = line[column], row, column
        above = line
    return at - best, also_at - best, best


def _left(parts: Iterable[Run], known: frozenset[str]) -> frozenset[str]:
    """The words that are left of a title: those of the place and single characters beside longer words are none."""
    words: set[str] = set()
    alone: set[str] = set()
    for part in parts:
        told = _marked(part, known)
        rest = [token for token, is_told in zip(part, told, strict=True) if not is_told and token not in _BETWEEN]
        if len(rest) == 1 and is_chinese(rest[0]):
            alone |= set() if any(told) else {rest[0]}
        else:
            words |= _words(part, told)
    return frozenset(words or alone)


def _words(part: Run, told: Sequence[bool]) -> set[str]:
    """Words and pairs of characters of which something was not told."""
    found = {token for token, is_told in zip(part, told, strict=True) if not is_told and not is_chinese(token)}
    for (one, is_told), (other, also_told) in pairwise(zip(part, told, strict=True)):
        if not (is_told or also_told) and is_chinese(one) and is_chinese(other):
            found.add(one + other)
    return found


def _marked(run: Run, words: frozenset[str]) -> list[bool]:
    """For each token whether it is one of ``words`` or within a pair of them."""
    marks = [token in words and not is_chinese(token) for token in run]
    for place, (one, other) in enumerate(pairwise(run)):
        if one + other in words and is_chinese(one):
            marks[place] = marks[place + 1] = True
    return marks
