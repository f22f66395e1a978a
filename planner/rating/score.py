"""What an event is worth to this user: evidence, host, words, way and hour -> Score, every term with its reason.

Nothing is hidden: the total is the sum of the terms. An evening that one must go to is worth 3 points, a good one 2, an
acceptable one 1.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from planner.config import Config
from planner.rating.evidence import Evidence, features_of
from planner.rating.feedback import NOTHING_LEARNT, Learnt
from planner.rating.hosts import Usual
from planner.rating.interests import Found, InterestMatcher, Key
from planner.rating.logistics import anyhow, circumstances
from planner.rating.people import KnownPeople, company
from planner.rating.terms import plain_texts_of
from planner.rating.weights import Feature, Points, learnt_weights, points_of
from planner.rating.worth import features, features_of_host, features_to_a_stranger
from planner.types import Label, Score, Term, Travel
from spiders.items import Event


class Shared(NamedTuple):
    """What an event is to anybody: the ``terms`` of what it takes, and what it is worth beside its evidence to whoever
    finds no word and no topic of theirs in it."""

    terms: tuple[Term, ...]
    to_a_stranger: Points


def to_a_stranger(evidence: Evidence) -> Points:
    """See `Shared`."""
    return points_of(features_to_a_stranger(evidence), learnt_weights())


class Scorer:
    """Scores events for one configuration: the words are compiled once.

    ``learnt`` is what feedback taught, ``history`` what is known of organisers.
    """

    def __init__(
        self,
        config: Config,
        *,
        learnt: Learnt = NOTHING_LEARNT,
        history: KnownPeople | None = None,
    ) -> None:
        self.wishes = InterestMatcher(config)
        self._learnt = learnt
        self._history = history or KnownPeople()
        self._budget = config.week.budget
        self._zone = config.zone
        self._weights = learnt_weights()
        self._base = Term("base", self._weights["base"])
        self._hosts: dict[int, tuple[Usual, Points]] = {}

    def features(self, event: Event, evidence: Evidence, usual: Usual) -> list[Feature]:
        """All that the worth of an event is reckoned from."""
        own = features(evidence, self.wishes, self.wishes.found(plain_texts_of(event)))
        return [*features_of(evidence.signs), *features_of_host(usual), *own]

    def score(self, event: Event, label: Label, travel: Travel, evidence: Evidence, usual: Usual) -> Score:
        """The score of an event with its label and the way there."""
        found = self.wishes.found(plain_texts_of(event))
        shared = Shared(anyhow(event, evidence, self._zone), to_a_stranger(evidence))
        return self.score_with(found, event, label, travel, evidence, usual, shared)

    def score_with(  # noqa: PLR0917 - all that a score is made of
        self,
        found: Mapping[Key, Found],
        event: Event,
        label: Label,
        travel: Travel,
        evidence: Evidence,
        usual: Usual,
        shared: Shared,
    ) -> Score:
        """The same, where it is known what of the user's words was ``found`` in it, and what it is to anybody."""
        track = self.wishes.track_of(found, label)
        if self.wishes.are_strange_to(evidence.signs, found):
            own = shared.to_a_stranger
        else:
            own = points_of(features(evidence, self.wishes, found), self._weights)
        host = self._of_host(usual)
        small = round(own.small + evidence.worth.small + host.small, 3)
        made = (
            self._base,
            *own.told,
            *evidence.worth.told,
            *host.told,
            *((Term("small", small),) if small else ()),
            *company(event, track, self._history),
            *(self._learnt_of(event, label, evidence) if self._learnt.points else ()),
            *circumstances(event, travel, self._budget),
            *shared.terms,
        )
        total = round(sum([term.points for term in made]), 3)
        avoided = any(name == "avoid" for name, _ in found)
        return Score(total=total, terms=made, track=track, avoided=avoided)

    def _of_host(self, usual: Usual) -> Points:
        """Hosts come again and again."""
        known = self._hosts.get(id(usual))
        if known is None:
            known = self._hosts[id(usual)] = (usual, points_of(features_of_host(usual), self._weights))
        return known[1]

    def _learnt_of(self, event: Event, label: Label, evidence: Evidence) -> list[Term]:
        return [
            Term(name=f"learnt_{kind}", points=points, about=about)
            for kind, about, points in self._learnt.of(event, label, evidence)
        ]
