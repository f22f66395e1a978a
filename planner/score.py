"""What an event is worth to this user: Event + Label + Config -> Score, every term with its reason.

The unit is about one ordinary interest. Nothing is hidden: the total is the sum of the terms.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from planner import vocabulary
from planner.classify import Label, Track
from planner.config import Config
from planner.config.model import Word
from planner.travel import Travel
from planner.vocabulary import Entry, Matcher
from spiders.items import Event

FACTOR_OF_FIELD = (("title", 2.0), ("organizer", 1.5), ("text", 1.0))
FACTOR_OF_TOPIC = 1.2  # an interest whose group of the vocabulary the event belongs to, though the word is not there
FADING = 0.5  # each further interest counts half of the one before
PENALTY_OF_AVOIDED = 6.0
MOST_OF_TEXT = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One part of a score: a name (its words are ``term.NAME`` in the catalogue), points, and what it rests on."""

    name: str
    points: float
    about: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """The sum of ``terms``. ``track`` is the label's, or the track of the interest that an unsorted event met."""

    total: float
    terms: tuple[Term, ...]
    track: Track | None
    avoided: bool = False


class Scorer:
    """Scores events for one configuration: the words are compiled once."""

    def __init__(self, config: Config) -> None:
        interests, chain = config.interests, config.chain
        self._weights: dict[tuple[str, str], float] = {}
        lists = {
            "industry": interests.industry,
            "practice": interests.practice,
            "avoid": interests.avoid,
            "up": chain.up,
            "down": chain.down,
            "peers": chain.peers,
        }
        entries = [Entry(word.word, family, word.word) for family, words in lists.items() for word in words]
        self._matcher = Matcher(entries)
        for family, words in lists.items():
            self._weights.update({(family, word.word): word.weight for word in words})
        self._topics = {family: _topics_of(lists[family]) for family in ("industry", "practice")}
        self._budget = config.week.budget

    def score(self, event: Event, label: Label, travel: Travel) -> Score:
        """The score of an event with its label and the way there."""
        found = self._found(event)
        terms: list[Term] = []
        interests = {key: value for key, value in found.items() if key[0] in {"industry", "practice"}}
        terms += self._interest_terms(interests, label)
        for family in ("up", "down", "peers"):
            terms += [
                Term(name=f"chain_{family}", points=round(1.2 * points, 3), about=word)
                for (kind, word), points in found.items()
                if kind == family
            ]
        avoided = [(word, self._weights["avoid", word]) for kind, word in found if kind == "avoid"]
        terms += [Term(name="avoid", points=-PENALTY_OF_AVOIDED * weight, about=word) for word, weight in avoided]
        track = label.track or self._track_of(interests)
        if track in {"industry", "practice", "client"}:
            terms.append(Term(name=f"track_{track}", points=1.0))
        terms += _circumstances(event, travel, self._budget)
        total = round(sum(term.points for term in terms), 3)
        return Score(total=total, terms=tuple(terms), track=track, avoided=bool(avoided))

    def _found(self, event: Event) -> dict[tuple[str, str], float]:
        """(family, word) -> weight times the factor of the best field it stands in."""
        texts = {
            "title": event.title,
            "organizer": event.organizer or "",
            "text": " ".join([*event.categories, (event.description or "")[:MOST_OF_TEXT]]),
        }
        found: dict[tuple[str, str], float] = {}
        for field, factor in FACTOR_OF_FIELD:
            for hit in self._matcher.hits(texts[field]):
                for entry in hit.entries:
                    key = (entry.family, entry.group)
                    found.setdefault(key, self._weights[key] * factor)
        return found

    def _interest_terms(self, found: dict[tuple[str, str], float], label: Label) -> list[Term]:
        points = {word: value for (_, word), value in found.items()}
        for family, topics in self._topics.items():
            for topic in label.topics:
                for word in topics.get(topic, ()):
                    points.setdefault(word, self._weights[family, word] * FACTOR_OF_TOPIC)
        ranked = sorted(points.items(), key=lambda each: (-each[1], each[0]))
        return [
            Term(name="interest", points=round(value * FADING**place, 3), about=word)
            for place, (word, value) in enumerate(ranked[:4])
        ]

    def _track_of(self, interests: dict[tuple[str, str], float]) -> Track | None:
        """The user's own words sort what the vocabulary could not."""
        best = max(interests.items(), key=lambda each: (each[1], each[0]), default=None)
        if best is None:
            return None
        return "industry" if best[0][0] == "industry" else "practice"


def _topics_of(words: Sequence[Word]) -> dict[str, list[str]]:
    """Group of the vocabulary -> the user's words that belong to it."""
    groups: dict[str, list[str]] = {}
    for word in words:
        for group in sorted(_groups_of(word.word)):
            groups.setdefault(group, []).append(word.word)
    return groups


def _groups_of(word: str) -> Iterable[str]:
    return {
        entry.group
        for hit in vocabulary.shipped().hits(word)
        for entry in hit.entries
        if entry.family in {"practice", "sector"}
    }


def _circumstances(event: Event, travel: Travel, budget: float | None) -> list[Term]:
    """The way, the price, how much is known and how sure it is."""
    terms = []
    if event.mode == "online":
        terms.append(Term(name="online", points=-0.5))
    else:
        way = -round(min(max(travel.minutes - 20, 0) / 40, 1.5), 3)
        terms.append(Term(name="travel" if travel.known else "travel_unknown", points=way, about=str(travel.minutes)))
    price = event.price.min if event.price else None
    if price == 0:
        terms.append(Term(name="free", points=0.3))
    elif price:
        share = price / budget if budget else price / 200
        terms.append(Term(name="price", points=-round(min(share, 1.5), 3), about=f"{price:g}"))
    if event.evidence.sure == "inferred":
        terms.append(Term(name="inferred", points=-0.2))
    if event.status == "tentative":
        terms.append(Term(name="tentative", points=-0.3))
    if event.place is None and event.mode != "online":
        terms.append(Term(name="no_place", points=-0.6))
    return terms
