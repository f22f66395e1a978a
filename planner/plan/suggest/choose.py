"""The catalogue's sources for a user, the most fitting first, with what speaks for each."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from planner.config import Config
from planner.config.source import SourceEntry
from planner.plan.suggest.wishes import Wishes, groups_of, wishes_of
from planner.rating import vocabulary
from spiders.catalogue import City, ShippedSource, city_named, sources_for
from spiders.discover.address import same_place

AT_START = 12
"""So many sources a new configuration begins with: each costs requests, and those that fit little crowd the digest."""
BY_TOPIC, BY_CHAIN, BY_WORD, GENERAL = 3.0, 2.0, 2.8, 2.0
OF_CONFIDENCE = {"A": 0.6, "B": 0.3, "C": 0.0}
OF_SCOPE = {"city": 0.5, "filled": 0.3, "everywhere": 0.0}
OWN_LANGUAGE = 0.3
FAR = -1.5  # a service of abroad, for somebody in the mainland
LEAST = 1.5  # below it a source is not worth the request unless it was asked for
OTHER_PRACTICE = 1.0  # one can speak and listen at any table
OF_ANOTHER_FORM = 0.3  # less than one about everything: fairs and conferences of all trades
ALIKE_HOST, ALIKE_TOPIC = 0.7, 0.6  # what each further source of a host, or about the same, is worth less


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A source that suits, ``about`` the user's words whose topic it shares, and what it is worth beside the others.
    ``may_not_open``: it is served from abroad, and the user lives in the mainland."""

    source: ShippedSource
    about: tuple[str, ...]
    points: float
    may_not_open: bool = False

    @property
    def id(self) -> str:
        return self.source.id


def choose(city: City, wishes: Wishes) -> tuple[Suggestion, ...]:
    """All sources for a city, the most fitting first. With ``wishes.alone`` those about something else are left out."""
    near = {word: groups_of(word) for word in (*wishes.industry, *wishes.practice)}
    along = {word: groups_of(word) for word in wishes.chain if word not in near}
    found = [_judged(source, city, wishes, near, along) for source in sources_for(city, wishes.keywords(city.language))]
    wanted = [each for each in found if not wishes.alone or each.about or not each.source.topics]
    return tuple(sorted(wanted, key=lambda each: -each.points))  # sorted is stable: the catalogue's order decides ties


def starters(city: City, wishes: Wishes) -> tuple[Suggestion, ...]:
    """What a new configuration begins with: the best and the most varied, nothing old or weak."""
    return _varied([each for each in choose(city, wishes) if _is_sound(each)], AT_START)


def missing(config: Config, track: str) -> tuple[Suggestion, ...]:
    """What would bring more of a track to somebody who has too little of it, the most fitting first; nothing that they
    follow, or that may not open where they live."""
    wishes = wishes_of(config)
    about = replace(wishes, practice=()) if track == "industry" else replace(wishes, industry=(), chain=())
    left = unfollowed(choose(place(config.city, config.timezone), about), config.sources)
    fitting = [each for each in left if _is_sound(each) and not each.may_not_open]
    return _varied([each for each in fitting if each.source.track in {None, track}], AT_START)


def _is_sound(suggestion: Suggestion) -> bool:
    return suggestion.points >= LEAST and suggestion.source.proof.confidence != "C"


def _varied(suggestions: Iterable[Suggestion], most: int) -> tuple[Suggestion, ...]:
    """The best of these, each beside what the ones before it tell already."""
    left, taken = list(suggestions), list[Suggestion]()
    while left and len(taken) < most:
        best = max(left, key=lambda each: each.points - _alike(each, taken))  # of equals the first
        left.remove(best)
        taken.append(best)
    return tuple(taken)


def _alike(one: Suggestion, taken: Sequence[Suggestion]) -> float:
    """How much of a source is told already: by the same house, or by others about the same."""
    hosts = sum(_house(each) == _house(one) for each in taken)
    topics = sum(bool(set(one.about) & set(each.about)) for each in taken)
    return ALIKE_HOST * hosts + ALIKE_TOPIC * topics


def unfollowed(suggestions: Iterable[Suggestion], sources: Iterable[SourceEntry]) -> tuple[Suggestion, ...]:
    """Those that are not among the sources of a configuration yet, by id or address."""
    followed = list(sources)
    ids, urls = {entry.id for entry in followed}, [entry.url for entry in followed if entry.url]
    return tuple(
        each for each in suggestions if each.id not in ids and not any(same_place(each.source.url, url) for url in urls)
    )


def place(name: str | None, zone: str) -> City:
    """The city of a configuration; one without a name is known by its clocks alone."""
    return city_named(name or "", zone)


def _judged(source: ShippedSource, city: City, wishes: Wishes, near: _Words, along: _Words) -> Suggestion:
    own, chain = (_meeting(source, words) for words in (near, along))
    by_topic = source.topics and (BY_TOPIC if own else BY_CHAIN if chain else 0.0)
    points = by_topic or _without_topic(source)
    points += OF_CONFIDENCE[source.proof.confidence] + OF_SCOPE[source.scope]
    points += OWN_LANGUAGE if source.language in {wishes.language, "any"} else 0.0
    may_not_open = city.is_mainland and source.host.reach == "abroad"
    points += FAR if may_not_open else 0.0
    return Suggestion(source=source, about=(*own, *chain), points=round(points, 2), may_not_open=may_not_open)


_Words = Mapping[str, frozenset[str]]
"""Words of the user with their groups of the vocabulary."""


def _meeting(source: ShippedSource, words: _Words) -> tuple[str, ...]:
    return tuple(word for word, groups in words.items() if groups & set(source.topics) or word == source.keyword)


def _without_topic(source: ShippedSource) -> float:
    """What one is worth that shares no topic with the user: about everything is better than about something else."""
    if source.keyword is not None:
        return BY_WORD
    if not source.topics:
        return GENERAL
    if source.track == "practice":
        return OTHER_PRACTICE
    return GENERAL - OF_ANOTHER_FORM if _forms().issuperset(source.topics) else 0.0


def _house(suggestion: Suggestion) -> str:
    """The end of a host: a platform with all its names, or all universities of a country."""
    return ".".join((urlsplit(suggestion.source.url).hostname or "").split(".")[-2:])


@functools.cache
def _forms() -> frozenset[str]:
    """Topics that are forms of evenings, of whatever trade."""
    return frozenset(vocabulary.load("industry")["form"])
