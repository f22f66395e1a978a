"""What an event is worth to this user: Event + Label + Config -> Score, every term with its reason.

An ordinary interest in a title is worth two points. Nothing is hidden: the total is the sum of the terms.
"""

from __future__ import annotations

from planner.config import Config
from planner.rating.feedback import NOTHING_LEARNT, Learnt
from planner.rating.interests import InterestMatcher
from planner.rating.logistics import circumstances
from planner.rating.people import KnownPeople, company, regulars
from planner.rating.terms import NAMES, texts_of
from planner.types import Label, Score, Term, Travel
from spiders.items import Event

__all__ = ["NAMES", "KnownPeople", "Score", "Scorer", "Term", "regulars"]

OF_A_TRACK = 1.0


class Scorer:
    """Scores events for one configuration: the words are compiled once.

    ``learnt`` is what feedback taught, ``history`` what is known of organisers.
    """

    def __init__(self, config: Config, *, learnt: Learnt = NOTHING_LEARNT, history: KnownPeople | None = None) -> None:
        self._wishes = InterestMatcher(config)
        self._learnt = learnt
        self._history = history or KnownPeople()
        self._budget = config.week.budget
        self._zone = config.zone

    def score(self, event: Event, label: Label, travel: Travel) -> Score:
        """The score of an event with its label and the way there."""
        found = self._wishes.found(texts_of(event))
        terms = self._wishes.terms(found, label)
        track = self._wishes.track_of(found, label)
        if track in {"industry", "practice", "client"}:
            terms.append(Term(name=f"track_{track}", points=OF_A_TRACK))
        terms += company(event, label, self._history)
        terms += [
            Term(name=f"learnt_{kind}", points=points, about=about)
            for kind, about, points in self._learnt.of(event, label)
        ]
        terms += circumstances(event, label, travel, self._budget, self._zone)
        total = round(sum(term.points for term in terms), 3)
        avoided = any(term.name == "avoid" for term in terms)
        return Score(total=total, terms=tuple(terms), track=track, avoided=avoided)
