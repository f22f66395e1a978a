"""What an event is worth to this user: evidence, host, words, way and hour -> Score, every term with its reason.

Nothing is hidden: the total is the sum of the terms. An evening that one must go to is worth 3 points, a good one 2, an
acceptable one 1.
"""

from __future__ import annotations

from collections.abc import Mapping

from planner.config import Config
from planner.rating.evidence import Evidence
from planner.rating.feedback import NOTHING_LEARNT, Learnt
from planner.rating.hosts import Usual
from planner.rating.interests import InterestMatcher
from planner.rating.logistics import circumstances
from planner.rating.people import KnownPeople, company
from planner.rating.terms import texts_of
from planner.rating.worth import Feature, features, learnt_weights, terms
from planner.types import Label, Score, Term, Travel
from spiders.items import Event


class Scorer:
    """Scores events for one configuration: the words are compiled once.

    ``learnt`` is what feedback taught, ``history`` what is known of organisers, ``weights`` what features are worth.
    """

    def __init__(
        self,
        config: Config,
        *,
        learnt: Learnt = NOTHING_LEARNT,
        history: KnownPeople | None = None,
        weights: Mapping[str, float] | None = None,
    ) -> None:
        self.wishes = InterestMatcher(config)
        self._learnt = learnt
        self._history = history or KnownPeople()
        self._budget = config.week.budget
        self._zone = config.zone
        self._weights = learnt_weights() if weights is None else weights

    def features(self, event: Event, evidence: Evidence, usual: Usual) -> list[Feature]:
        """What the worth of an event is reckoned from."""
        return features(evidence, usual, self.wishes, self.wishes.found(texts_of(event)))

    def score(self, event: Event, label: Label, travel: Travel, evidence: Evidence, usual: Usual) -> Score:
        """The score of an event with its label and the way there."""
        found = self.wishes.found(texts_of(event))
        made = list(terms(features(evidence, usual, self.wishes, found), self._weights))
        track = self.wishes.track_of(found, label)
        made += company(event, track, self._history)
        made += [
            Term(name=f"learnt_{kind}", points=points, about=about)
            for kind, about, points in self._learnt.of(event, label)
        ]
        made += circumstances(event, label, travel, self._budget, self._zone)
        total = round(sum(term.points for term in made), 3)
        avoided = any(name == "avoid" for name, _ in found)
        return Score(total=total, terms=tuple(made), track=track, avoided=avoided)
