"""What the user wants: interests, what stands up and down the trade, and what is to be avoided.

Of words that overlap the longest counts. A keyword also catches its synonyms; where neither stands in an event, its
topic does a little. Words up and down the trade that the user did not write are proposed by the vocabulary. What a word
is worth in which field is said by `planner.rating.worth`.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from planner.config import Config
from planner.config.model import Word
from planner.rating import vocabulary
from planner.rating.vocabulary import Entry, Matcher, plain
from planner.types import Label, Track

FACTOR_OF_SYNONYM = 0.9
FADING = 0.5  # each further word counts half of the one before
NEAR = ("near_up", "near_down")  # families of the words that the vocabulary proposes
_LISTS = ("industry", "practice")
_FAMILIES_OF_TOPICS = ("practice", "sector", "organiser", "form")

Key = tuple[str, str]
"""A list of the configuration (industry, practice, avoid, up, down, peers) and a word of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the configuration in an event: its weight, the fields it stands in, and the word it was met by."""

    weight: float
    met: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A word of the configuration whose topic an event is about, though the word itself does not stand in it."""

    list: str
    word: str
    weight: float
    group: str


class InterestMatcher:
    """The words of one configuration, compiled once."""

    def __init__(self, config: Config) -> None:
        lists = lists_of(config)
        self._weights = {(name, word.word): word.weight for name, words in lists.items() for word in words}
        self._matcher = Matcher([*_with_synonyms(self._weights), *_proposals(lists)])
        self._topics = {name: _topics_of(lists[name]) for name in _LISTS}
        self._groups = frozenset(group for known in self._topics.values() for group in known)
        self._names = frozenset(group.partition(".")[2] for group in self._groups)

    def found(self, texts: Iterable[tuple[str, str]]) -> dict[Key, Found]:
        """What of the user's words, and of those proposed for them, stands in an event, whose ``texts`` are `plain`."""
        found: dict[Key, Found] = {}
        for name, text in texts:
            for hit in self._matcher.hits_in(text):
                for entry in hit.entries:
                    key, met = _met(entry)
                    weight = self._weights.get(key, 1.0) * entry.points
                    known = found.get(key)
                    if known is None or weight > known.weight:
                        found[key] = Found(weight, met, (known.fields if known else frozenset()) | {name})
                    elif name not in known.fields:
                        found[key] = replace(known, fields=known.fields | {name})
        return found

    def are_strange_to(self, groups: Collection[str], found: Mapping[Key, Found]) -> bool:
        """Whether an event has neither a word (``found``) nor a topic (among ``groups``) of theirs."""
        return not found and self._groups.isdisjoint(groups)

    def topics(self, groups: Collection[str], found: Mapping[Key, Found]) -> list[Topic]:
        """The words that do not stand in an event, but whose topic is among ``groups`` (family.group)."""
        return [
            Topic(name, word, self._weights[name, word], group)
            for name, known in self._topics.items()
            for group in known
            if group in groups
            for word in known[group]
            if (name, word) not in found
        ]

    def caught(self, found: Mapping[Key, Found], label: Label) -> set[Key]:
        """The user's words that an event meets, by itself (``found``), a synonym or its topic."""
        if not found and self._names.isdisjoint(label.topics):
            return set()
        groups = {f"{family}.{topic}" for topic in label.topics for family in ("practice", "sector")}
        topics = {(each.list, each.word) for each in self.topics(groups, found)}
        return topics | {key for key in found if key in self._weights}

    def track_of(self, found: Mapping[Key, Found], label: Label) -> Track | None:
        """The label's track, but the user's own words sort what the vocabulary could not, and what it called other for
        no word at all or for the very word that the user wants (who wants yoga may have it; who wants board games gets
        none for children). A festival or a market is about what its title says: a word of the user's in it decides.
        What is for others by its host alone stays theirs."""
        if label.track not in {None, "other"} or label.ruled or (label.unfit and not label.words):
            return label.track
        met = [(rank(each), key) for key, each in found.items() if key[0] in _LISTS]
        if label.track == "other" and label.words:
            deciding = {plain(word) for word in label.words}
            is_about_its_title = deciding <= _festivals()
            met = [
                (points, key)
                for points, key in met
                if plain(key[1]).strip() in deciding or (is_about_its_title and "title" in found[key].fields)
            ]
        if not met:
            return label.track
        return "industry" if max(met)[1][0] == "industry" else "practice"


@functools.cache
def _festivals() -> frozenset[str]:
    """What festivals and markets are called: words that say nothing of what they are about."""
    groups = {"market_and_festival": vocabulary.load("other")["market_and_festival"]}
    return frozenset(plain(entry.word) for entry in vocabulary.entries_of("other", groups))


_PLACES = ("title", "category", "organizer", "lead")


def rank(found: Found) -> tuple[int, float, str]:
    """What a found word is ordered by: where it stands (the title is best), its weight, its name."""
    return max(len(_PLACES) - _PLACES.index(field) for field in found.fields), found.weight, found.met


def _met(entry: Entry) -> tuple[Key, str]:
    """Under which key a word counts, and how it is named."""
    if entry.family in NEAR:
        about = f"{entry.word} · {entry.group}"
        return (entry.family, about), about
    return (entry.family, entry.group), entry.group if entry.points == 1 else f"{entry.group} = {entry.word}"


def lists_of(config: Config) -> dict[str, tuple[Word, ...]]:
    """The lists of words of a configuration, by name. Of a word that a list holds twice the last entry counts."""
    interests, chain = config.interests, config.chain
    written = {
        "industry": interests.industry,
        "practice": interests.practice,
        "avoid": interests.avoid,
        "up": chain.up,
        "down": chain.down,
        "peers": chain.peers,
    }
    return {name: tuple({word.word: word for word in words}.values()) for name, words in written.items()}


def synonyms_of(word: str) -> tuple[str, ...]:
    """The words that the vocabulary holds to mean the same; of a plural that is not listed, its singular."""
    written = plain(word).strip()
    listed = _synonyms()
    singular = next((each for each in _singulars(written) if written not in listed and each in listed), None)
    return listed.get(written, ()) if singular is None else (singular, *listed[singular])


def _singulars(written: str) -> tuple[str, ...]:
    """What a Latin word may be the plural of, as the vocabulary reads plurals."""
    return tuple(written.removesuffix(ending) for ending in ("s", "es") if written.endswith(ending))


@functools.lru_cache(maxsize=16)
def catches(word: str) -> Matcher:
    """What a keyword would catch: itself and its synonyms."""
    return Matcher(_with_synonyms([("industry", word)]))


def _with_synonyms(keys: Iterable[Key]) -> list[Entry]:
    """Entries of the words themselves (1 point) and of their synonyms; a word that the user wrote stays itself."""
    keys = list(keys)
    written = {plain(word).strip() for _, word in keys}
    own = [Entry(word, name, word, 1.0) for name, word in keys]
    return own + [
        Entry(synonym, name, word, FACTOR_OF_SYNONYM)
        for name, word in keys
        for synonym in synonyms_of(word)
        if plain(synonym) not in written
    ]


@functools.cache
def _synonyms() -> Mapping[str, tuple[str, ...]]:
    """A plain word -> the words that mean the same."""
    found: dict[str, tuple[str, ...]] = {}
    for group in vocabulary.load("synonyms")["groups"]:
        for word in group:
            found[plain(word)] = (*found.get(plain(word), ()), *(other for other in group if other != word))
    return found


def _proposals(lists: Mapping[str, Sequence[Word]]) -> list[Entry]:
    """Words up and down the user's trades: family near_up or near_down, group the user's word that proposes it. None
    that holds a word of the user: the longer would hide it."""
    written = {plain(word.word).strip() for words in lists.values() for word in words}
    trades = _trades()
    entries: dict[str, Entry] = {}
    for word in lists["industry"]:
        trade = trades.get(plain(word.word).strip(), {})
        for family in NEAR:
            for each in trade.get(family.removeprefix("near_"), ()):
                if not _holds(plain(each), written):
                    entries.setdefault(plain(each), Entry(each, family, word.word, min(word.weight, 2.0)))
    return list(entries.values())


def _holds(text: str, words: Collection[str]) -> bool:
    """Whether one of the words (a set of them) stands in a short text: as many lookups as it has parts."""
    return any(text[start:end] in words for start in range(len(text)) for end in range(start + 1, len(text) + 1))


@functools.cache
def _trades() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Every plain name of a trade -> the words up and down of it. Its own name beats another trade's second name."""
    shipped = vocabulary.load("chain")
    second = {plain(name): trade for trade in shipped.values() for name in trade.get("also", ())}
    return {**second, **{plain(name): trade for name, trade in shipped.items()}}


def _topics_of(words: Sequence[Word]) -> dict[str, list[str]]:
    """Group of the vocabulary (family.group) -> the user's words that belong to it."""
    groups: dict[str, list[str]] = {}
    for word in words:
        found = {
            f"{entry.family}.{entry.group}"
            for hit in vocabulary.shipped().hits(word.word)
            for entry in hit.entries
            if entry.family in _FAMILIES_OF_TOPICS
        }
        for group in sorted(found):
            groups.setdefault(group, []).append(word.word)
    return groups


def groups_of(word: str) -> set[str]:
    """The topics of the vocabulary that a word belongs to."""
    return {
        entry.group
        for hit in vocabulary.shipped().hits(word)
        for entry in hit.entries
        if entry.family in {"practice", "sector"}
    }
