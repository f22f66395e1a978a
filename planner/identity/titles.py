"""Titles as sets of weighted words: what two listings of one event share, whatever was put around it.

Chinese is cut into pairs of characters, other scripts into words. Numbers are kept apart: 第3届 and 第12届, Part 1 and
Part 2 never are one event.
"""

from __future__ import annotations

import functools
import html
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from spiders.text import status
from spiders.text.glyphs import simplified
from spiders.text.late_pattern import LatePattern
from spiders.text.notice import without_mark
from spiders.text.numerals import hundreds
from spiders.text.pairs import CHINESE, is_chinese, pairs

MAX_CHARACTERS = 300
HALF_A_NAME = 2.0  # so much weight in common is a name of its own, not a word of the trade
_LETTERS = rf"(?:(?![{CHINESE}])[^\W_])+"
_TOKEN = LatePattern(rf"[{CHINESE}]+|{_LETTERS}(?:[&'’.+-]{_LETTERS})*", re.UNICODE)
_WORD = LatePattern(r"[^\W_]+(?:[&'’.+-][^\W_]+)*")  # the same where no Chinese is
_ENDING_OF_ORDINAL = LatePattern(r"(?:st|nd|rd|th)$")
_CHINESE_NUMBER = LatePattern(r"第?([〇零一二两三四五六七八九十百]+)(?=[期届场次回讲部季集弹站])")
_ORDINAL = LatePattern(r"第\s*(\d{1,4})\s*[期届场次回讲部季集弹站]")
_INDEX = LatePattern(
    r"\((\d{1,3})\)|（(\d{1,3})）|\b(?:part|session|group|section|table|round)\s*(\d{1,3}|[a-d]\b)", re.IGNORECASE
)
_SIGN = LatePattern(r"[^\w\s&'’.+\-]+|\s-\s")
_STATE = LatePattern(r",? [A-Z]{2}\s*$")  # "..., CA" behind an American town
_ROMAN = {"ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9"}
EMPTY_WORDS = (
    frozenset(
        """the a an and of at in on to for with by from presents present live featuring feat ft w de la el en
    annual 年度 首届""".split()  # noqa: SIM905 - a list of words reads easier without quotes
    )
    | status.EMPTY_WORDS
)


@dataclass(frozen=True, slots=True)
class Title:
    """``plain`` is the title as letters and digits alone; ``words`` without numbers; ``run`` is what the words are made
    of, in its order: words and numbers, but Chinese by its characters; ``index`` such as (2); ``text`` is all of it."""

    text: str
    plain: str
    words: frozenset[str]
    run: tuple[str, ...]
    numbers: frozenset[str]
    index: frozenset[str]


@functools.lru_cache(maxsize=200_000)
def read_title(title: str) -> Title:
    """A title taken apart. Only its first 300 characters count."""
    text = (
        _STATE.sub("", unicodedata.normalize("NFKC", without_mark(html.unescape(title)[:MAX_CHARACTERS])))
        .casefold()
        .replace("’", "'")
    )
    tokens, is_ascii = _WORD, text.isascii()
    if not is_ascii:
        text = _ORDINAL.sub(r" \1 ", text.translate(simplified()))
        text = _CHINESE_NUMBER.sub(lambda match: f" {hundreds(match[1])} ", text)
        tokens = _TOKEN
    index = frozenset(part for match in _INDEX.finditer(text) for part in match.groups() if part)
    words: set[str] = set()
    run: list[str] = []
    numbers: set[str] = set()
    for token in tokens.findall(text):
        if token[0].isdecimal():
            number = _ENDING_OF_ORDINAL.sub("", token)
            numbers.add(number)
            run.append(number)
        elif not is_ascii and is_chinese(token):
            words |= pairs(token)
            run += token
        elif token in _ROMAN:
            numbers.add(_ROMAN[token])
        elif token not in EMPTY_WORDS:
            word = token[:-1] if len(token) > 4 and token.endswith("s") and not token.endswith("ss") else token
            words.add(word)
            run.append(word)
    return Title(title, re.sub(r"[\W_]+", "", text), frozenset(words), tuple(run), frozenset(numbers), index)


@functools.lru_cache(maxsize=20_000)
def runs_between_signs(title: str) -> frozenset[tuple[str, ...]]:
    """What stands alone in a title, between colons, bars, brackets and the like; the whole of it where it has none."""
    return frozenset(read_title(part).run for part in _SIGN.split(title) if part.strip())


class Weights:
    """How much each word of a day's titles tells: the more titles of one source hold it, the less. A word that stands
    in one title of each of many sources is no common word: those titles may be copies."""

    def __init__(self, titles: Iterable[tuple[str, object, Title]]) -> None:
        """``titles`` are (source, hour and place, title); what a source says twice of one occasion counts once."""
        told = {(source, occasion, word) for source, occasion, title in titles for word in title.words}
        count: dict[str, int] = {}
        for (_, word), held in Counter((source, word) for source, _, word in told).items():
            count[word] = max(held, count.get(word, 0))
        self._weight = {word: 1 / (1 + math.log(held)) for word, held in count.items() if held > 1}

    def __call__(self, word: str) -> float:
        return self._weight.get(word, 1.0)

    def sum(self, words: Iterable[str]) -> float:
        weight = self._weight.get
        return sum([weight(word, 1.0) for word in words])


@dataclass(frozen=True, slots=True)
class Likeness:
    """``equal``: nothing but case, signs and empty words differ. ``shared``: the shared weight as a part of the
    smaller title; ``both``: as a part of the larger; ``rare``: the weight of what is shared; ``covered``: how much
    of the shorter title, character by character, the other holds."""

    equal: bool
    shared: float
    both: float
    rare: float
    covered: float = 0.0


def compare(one: Title, other: Title, weights: Weights, ignored: frozenset[str] = frozenset()) -> Likeness | None:
    """How alike two titles are; None where their numbers forbid that they be one event.

    ``ignored`` are words of the venue, which some listings add to the title.
    """
    if one.index != other.index or (one.numbers and other.numbers and not _agree(one.numbers, other.numbers)):
        return None
    if one.plain == other.plain:
        return Likeness(True, 1.0, 1.0, weights.sum(one.words) or 1.0)
    first, second = one.words - ignored or one.words, other.words - ignored or other.words
    common = first & second
    if not common:
        return Likeness(False, 0.0, 0.0, 0.0)
    weight = weights.sum(common)
    if first == second and weight < HALF_A_NAME and one.numbers != other.numbers and is_chinese(min(first)):
        return None  # 第2期沙龙 is one of many; 沙龙 is any of them
    small, large = sorted((weights.sum(first), weights.sum(second)))
    return Likeness(first == second, weight / small, weight / large, weight)


def _agree(one: frozenset[str], other: frozenset[str]) -> bool:
    return one <= other or other <= one
