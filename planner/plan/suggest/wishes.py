"""What a user wants of sources: the words of a configuration, in the language of those who would be asked."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from planner.config import Config
from planner.rating import vocabulary
from planner.rating.interests import lists_of, synonyms_of

MOST_WORDS = 3
"""So many words are filled in, or typed, for each list: more would be a list of searches, not of sources."""
_HAN = re.compile(r"[\u3400-\u9fff]")
_FAMILIES = frozenset({"practice", "sector", "form"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """Words of a user, the weightiest first: for each track, and of the chain (up, down, peers). ``language`` is the
    user's, ``zh`` or ``en``; ``alone``: only what is about these words is wanted."""

    language: str
    industry: tuple[str, ...] = ()
    practice: tuple[str, ...] = ()
    chain: tuple[str, ...] = ()
    alone: bool = False

    def keywords(self, local: str) -> Mapping[str, Sequence[str]]:
        """The words that may be filled in, by the language of a source; ``local`` is the city's."""
        words = (*self.industry[:MOST_WORDS], *self.practice[:MOST_WORDS])
        return {
            name: tuple(dict.fromkeys(in_language(word, language) for word in words))
            for name, language in (("zh", "zh"), ("en", "en"), ("any", local))
        }


def wishes_of(config: Config) -> Wishes:
    """What a configuration says."""
    lists = lists_of(config)

    def listed(*names: str) -> tuple[str, ...]:
        told = [word for name in names for word in lists[name]]
        return tuple(word.word for word in sorted(told, key=lambda word: -word.weight))

    return Wishes(
        language=config.language,
        industry=listed("industry"),
        practice=listed("practice"),
        chain=listed("up", "down", "peers"),
    )


def wishes_about(topic: str, language: str) -> Wishes:
    """A single word, which is a matter of practice where the vocabulary says so."""
    is_practice = any(entry.family == "practice" for hit in vocabulary.shipped().hits(topic) for entry in hit.entries)
    words = (topic,)
    return Wishes(
        language=language,
        industry=() if is_practice else words,
        practice=words if is_practice else (),
        alone=True,
    )


def groups_of(word: str) -> frozenset[str]:
    """The groups of the vocabulary that a word belongs to."""
    return frozenset(
        entry.group for hit in vocabulary.shipped().hits(word) for entry in hit.entries if entry.family in _FAMILIES
    )


def in_language(word: str, language: str) -> str:
    """A word, or the first that means the same, as people of this language (``zh``, ``en``) write it."""
    if bool(_HAN.search(word)) == (language == "zh"):
        return word
    wanted = language == "zh"
    return next((each for each in synonyms_of(word) if bool(_HAN.search(each)) == wanted), word)
