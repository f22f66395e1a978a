"""Living events -> rated events: label, way and score of each, in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.config import Config
from planner.identity import Living
from planner.plan.candidates import Rated
from planner.rating.classify import Own, classify
from planner.rating.feedback import Feedback, learn
from planner.rating.score import History, Scorer, regulars
from planner.rating.travel import Map
from planner.rating.vocabulary import plain


def rate(
    living: Iterable[Living],
    config: Config,
    places: Map,
    *,
    feedback: Sequence[Feedback] = (),
    planned: Collection[str] = (),
) -> list[Rated]:
    """Classify and score every event for one configuration.

    ``feedback`` are the verdicts so far, ``planned`` the ids of events that stood in the plans of the last weeks.
    """
    living = list(living)
    met = set(planned) | {each.event for each in feedback if each.verdict == "went"}
    events = {each.merged.id: each.merged.event for each in living}
    organizers = {plain(event.organizer) for name, event in events.items() if name in met and event.organizer}
    history = History(regulars=regulars(events.values()), met=frozenset(organizers))
    scorer = Scorer(config, learnt=learn(feedback), history=history)
    own = Own(config.tracks.words, config.tracks.organisers)
    of_source = {entry.id: entry.track for entry in config.sources if entry.track} | config.tracks.sources
    return [_rate(each, scorer, places, own, of_source) for each in living]


def _rate(living: Living, scorer: Scorer, places: Map, own: Own, of_source: Mapping[str, str]) -> Rated:
    event = living.merged.event
    tracks = (of_source.get(record.source) for record in living.merged.records)
    label = classify(event, track=next(filter(None, tracks), None), own=own)
    travel = places.from_home(event)
    return Rated(living=living, label=label, travel=travel, score=scorer.score(event, label, travel))
