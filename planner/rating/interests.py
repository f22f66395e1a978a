"""What the user wants: interests, what stands up and down the trade, and what is to be avoided.

Of words that overlap the longest counts. A keyword also catches its synonyms; where neither stands in an event, its
group of the vocabulary does a little. Words up and down the trade that the user did not write are proposed by the
vocabulary, as terms of their own.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from planner.config import Config
from planner.config.model import Word
from planner.rating import vocabulary
from planner.rating.vocabulary import Entry, Matcher, plain
from planner.types import Label, Term, Track

FACTOR_OF_FIELD = {"title": 2.0, "organizer": 1.5, "text": 1.0}
FACTOR_OF_SYNONYM = 0.9
FACTOR_OF_TOPIC = 1.2  # an interest whose group of the vocabulary the event belongs to, though the word is not there
FACTOR_OF_CHAIN = 1.2
FACTOR_OF_PROPOSAL = 0.35
FADING = 0.5  # each further interest counts half of the one before
PENALTY_OF_AVOIDED = 6.0
MAX_INTERESTS, MAX_PROPOSALS = 4, 2
NEAR = ("near_up", "near_down")  # families of the words that the vocabulary proposes

Key = tuple[str, str]
"""A list of the configuration (industry, practice, avoid, up, down, peers) and a word of it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A word of the configuration in an event: what it is worth, and the words it was met by."""

    points: float
    met: str


class InterestMatcher:
    """The words of one configuration, compiled once."""

    def __init__(self, config: Config) -> None:
        lists = lists_of(config)
        self._weights = {(name, word.word): word.weight for name, words in lists.items() for word in words}
        self._matcher = Matcher([*_with_synonyms(self._weights), *_proposals(lists)])
        self._topics = {name: _topics_of(lists[name]) for name in ("industry", "practice")}

    def found(self, texts: Iterable[tuple[str, str]]) -> dict[Key, Found]:
        """What of the user's words, and of those proposed for them, stands in an event, by the best field."""
        found: dict[Key, Found] = {}
        for name, text in texts:
            for hit in self._matcher.hits(text):
                for entry in hit.entries:
                    key, met = _met(entry)
                    points = self._weights.get(key, 1.0) * FACTOR_OF_FIELD[name] * entry.points
                    known = found.get(key)
                    if known is None or points > known.points:
                        found[key] = Found(points, met)
        return found

    def caught(self, texts: Iterable[tuple[str, str]], label: Label) -> set[Key]:
        """The user's words that an event meets, by itself, a synonym or its topic."""
        topics = {
            (name, word)
            for name, known in self._topics.items()
            for topic in label.topics
            for word in known.get(topic, ())
        }
        return topics | {key for key in self.found(texts) if key in self._weights}

    def terms(self, found: Mapping[Key, Found], label: Label) -> list[Term]:
        """Interests, chain and what is avoided, as terms."""
        terms = self._interests(found, label)
        for (name, _), each in found.items():
            if name in {"up", "down", "peers"}:
                points = round(FACTOR_OF_CHAIN * each.points, 3)
                terms.append(Term(name=f"chain_{name}", points=points, about=each.met))
        if label.track != "other":
            terms += _proposals_met(found)
        for key, each in found.items():
            if key[0] == "avoid":
                points = round(-PENALTY_OF_AVOIDED * self._weights[key], 3)
                terms.append(Term(name="avoid", points=points, about=each.met))
        return terms

    def _interests(self, found: Mapping[Key, Found], label: Label) -> list[Term]:
        met = {key: each for key, each in found.items() if key[0] in self._topics}
        for name, topics in self._topics.items():
            for topic in label.topics:
                for word in topics.get(topic, ()):
                    key = (name, word)
                    met.setdefault(key, Found(self._weights[key] * FACTOR_OF_TOPIC, word))
        ranked = sorted(met.values(), key=lambda each: (-each.points, each.met))
        return [
            Term(name="interest", points=round(each.points * FADING**place, 3), about=each.met)
            for place, each in enumerate(ranked[:MAX_INTERESTS])
        ]

    def track_of(self, found: Mapping[Key, Found], label: Label) -> Track | None:
        """The label's track, but the user's own words sort what the vocabulary could not, and what it called other for
        no word at all or for the very word that the user wants (who wants yoga may have it; who wants board games gets
        none for children)."""
        if label.track not in {None, "other"} or label.ruled:
            return label.track
        met = [(each.points, key) for key, each in found.items() if key[0] in self._topics]
        if label.track == "other" and label.words:
            deciding = {plain(word) for word in label.words}
            met = [(points, key) for points, key in met if plain(key[1]).strip() in deciding]
        if not met:
            return label.track
        return "industry" if max(met)[1][0] == "industry" else "practice"


def _met(entry: Entry) -> tuple[Key, str]:
    """Under which key a word counts, and how it is named."""
    if entry.family in NEAR:
        about = f"{entry.word} · {entry.group}"
        return (entry.family, about), about
    return (entry.family, entry.group), entry.group if entry.points == 1 else f"{entry.group} = {entry.word}"


def _proposals_met(found: Mapping[Key, Found]) -> list[Term]:
    """The best of the words that the vocabulary proposes."""
    terms = [
        Term(name=f"chain_{name}", points=round(FACTOR_OF_PROPOSAL * each.points, 3), about=each.met)
        for (name, _), each in found.items()
        if name in NEAR
    ]
    return sorted(terms, key=lambda term: (-term.points, term.about))[:MAX_PROPOSALS]


def lists_of(config: Config) -> dict[str, tuple[Word, ...]]:
    """The lists of words of a configuration, by name."""
    interests, chain = config.interests, config.chain
    return {
        "industry": interests.industry,
        "practice": interests.practice,
        "avoid": interests.avoid,
        "up": chain.up,
        "down": chain.down,
        "peers": chain.peers,
    }


def synonyms_of(word: str) -> tuple[str, ...]:
    """The words that the vocabulary holds to mean the same."""
    return _synonyms().get(plain(word).strip(), ())


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
    written = [plain(word.word).strip() for words in lists.values() for word in words]
    trades = _trades()
    entries: dict[str, Entry] = {}
    for word in lists["industry"]:
        trade = trades.get(plain(word.word).strip(), {})
        for family in NEAR:
            for each in trade.get(family.removeprefix("near_"), ()):
                if not any(own in plain(each) for own in written):
                    entries.setdefault(plain(each), Entry(each, family, word.word, min(word.weight, 2.0)))
    return list(entries.values())


@functools.cache
def _trades() -> Mapping[str, Mapping[str, Sequence[str]]]:
    """Every plain name of a trade -> the words up and down of it. Its own name beats another trade's second name."""
    shipped = vocabulary.load("chain")
    second = {plain(name): trade for trade in shipped.values() for name in trade.get("also", ())}
    return {**second, **{plain(name): trade for name, trade in shipped.items()}}


def _topics_of(words: Sequence[Word]) -> dict[str, list[str]]:
    """Group of the vocabulary -> the user's words that belong to it."""
    groups: dict[str, list[str]] = {}
    for word in words:
        for group in sorted(groups_of(word.word)):
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
