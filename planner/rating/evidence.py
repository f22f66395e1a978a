"""What an announcement says of itself: Event -> Evidence, each sign with its words and its strength.

Signs are groups of the vocabulary: for whom it is, how one takes part, who may come, which practice, which trade. A
strong word of a title is a whole sign (1); the same word counts less further down, and in the name of a host or a
room. What is not said leaves no sign. It depends on the event alone, so it is made once for each change of an event.
"""

from __future__ import annotations

import functools
import operator
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from planner.rating import vocabulary
from planner.rating.ages import ages
from planner.rating.classify import classify
from planner.rating.vocabulary import Entry, Matcher
from planner.rating.weights import Feature, Points, learnt_weights, points_of
from planner.types import Label
from spiders.items import Event
from spiders.text.capacity import capacity

LEAD, LONGEST = 300, 4_000
"""Characters of a description: where the evening itself is told, and how much is read at all."""
FACTORS: Mapping[str, float] = {
    "title": 1.0,
    "category": 0.8,
    "lead": 0.6,
    "rest": 0.3,
    "place": 0.5,
    "host": 0.7,
    "calendar": 0.3,
}
FURTHER_WORD = 0.3
"""What the further words of a sign add to its best one."""
OF_AN_AGE = {"title": 1.0, "category": 1.0, "lead": 1.0, "rest": 0.7}
"""An age is exact wherever it stands."""
MIN_STRENGTH = 0.1
_CROWDS = (("万人", 10_000), ("千人", 1_000))
_TERM_OF_FAMILY = {
    "practice": "kind",
    **dict.fromkeys(("sector", "form", "organiser", "people"), "trade"),
    **dict.fromkeys(("audience", "age"), "audience"),
    **{family: family for family in ("way", "openness", "host")},
    "other": "other_kind",
}


class Sign(NamedTuple):
    """How clearly something is said, from 0 to 1, and the word that says it best."""

    strength: float
    word: str


Said = Sequence[Any]
"""A sign as it is kept: strength and word; `Evidence.of` names them."""
NO_SIGN = Sign(0.0, "")
_strength = operator.itemgetter(0)
NO_POINTS = Points((), 0.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """All signs of one event by ``family.group``, the label that the vocabulary gives it, what all this is worth to
    anybody, and for how many people it is said to be (0 where that is not said)."""

    signs: Mapping[str, Said]
    label: Label
    worth: Points = NO_POINTS
    size: int = 0

    def of(self, *groups: str) -> Sign:
        """The strongest of some signs; of strength 0 where none is given."""
        found = [self.signs[group] for group in groups if group in self.signs]
        return Sign(*max(found, key=_strength)) if found else NO_SIGN


def evidence_of(event: Event) -> Evidence:
    """Read one event; linear in the length of its text, of which ``LONGEST`` characters count."""
    found: dict[str, dict[str, float]] = {}
    for field, text in _fields(event):
        for group, word, strength in _said(field, text):
            words = found.setdefault(group, {})
            words[word] = max(strength, words.get(word, 0.0))
    every = {group: _sign(words) for group, words in found.items()}
    signs = {group: sign for group, sign in sorted(every.items()) if sign.strength >= MIN_STRENGTH}
    return Evidence(
        signs=signs,
        label=classify(event),
        worth=points_of(features_of(signs), learnt_weights()),
        size=_size(event),
    )


def features_of(signs: Mapping[str, Said]) -> Iterator[Feature]:
    """Signs as features of a score."""
    for name, (strength, word) in signs.items():
        yield Feature(name, strength, _TERM_OF_FAMILY[name.partition(".")[0]], word)


def _size(event: Event) -> int:
    """For how many people it is said to be; a word for a crowd counts in a title alone."""
    for word, crowd in _CROWDS:
        if word in event.title:
            return crowd
    return capacity(f"{event.title} {(event.description or '')[:LEAD]}") or 0


def _fields(event: Event) -> Iterator[tuple[str, str]]:
    yield "title", event.title
    for category in event.categories:
        yield "category", category
    if event.description:
        yield "lead", event.description[:LEAD]
        yield "rest", event.description[LEAD:LONGEST]
    if event.organizer:
        yield ("calendar" if is_inferred(event) else "host"), event.organizer
    if event.place:
        yield "place", " ".join(filter(None, (event.place.name, event.place.address)))


def is_inferred(event: Event) -> bool:
    """Whether the organiser is only whose calendar it is: one name for evenings of many hosts."""
    return "organizer" in event.evidence.inferred


def _said(field: str, text: str) -> Iterable[tuple[str, str, float]]:
    """(group, word, strength) of what one field says. Titles, hosts and rooms come again and again."""
    return _read(field, text) if field in {"lead", "rest"} else _read_again(field, text)


def _read(field: str, text: str) -> tuple[tuple[str, str, float], ...]:
    factor, strong = FACTORS[field], vocabulary.POINTS_OF_TIER["strong"]
    found = []
    for matcher in (vocabulary.shipped(), matcher_of_evidence()):
        for start, end, entries in matcher.hits(text):
            whole = field == "category" and end - start >= len(text.strip())
            for entry in entries:
                points = strong if whole and entry.family == "audience" else entry.points
                found.append((f"{entry.family}.{entry.group}", entry.word, factor * points / strong))
    if field in OF_AN_AGE:
        found += [(f"age.{group}", words, OF_AN_AGE[field]) for group, words in ages(text)]
    return tuple(found)


_read_again = functools.lru_cache(maxsize=8192)(_read)


def _sign(words: Mapping[str, float]) -> Sign:
    best = max(words, key=lambda word: (words[word], word))
    rest = sum(words.values()) - words[best]
    return Sign(round(min(1.0, words[best] + FURTHER_WORD * min(rest, words[best])), 3), best)


@functools.cache
def matcher_of_evidence() -> Matcher:
    """The words that tell for whom, how and how open an evening is."""
    return Matcher(entries_of_evidence())


def entries_of_evidence() -> Iterator[Entry]:
    """Every word of the vocabulary of evidence."""
    for family, groups in vocabulary.load("evidence").items():
        yield from vocabulary.entries_of(family, groups)
