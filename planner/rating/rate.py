"""Tracked events -> rated events: label, way and score of each, in one pass."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from planner.config import Config
from planner.rating.classify import Overrides, classify
from planner.rating.feedback import learn
from planner.rating.score import KnownPeople, Scorer, regulars
from planner.rating.travel import TravelTimes
from planner.rating.vocabulary import plain
from planner.types import Feedback, Rated, TrackedEvent


def rate(
    tracked: Iterable[TrackedEvent],
    config: Config,
    places: TravelTimes,
    *,
    feedback: Sequence[Feedback] = (),
    planned: Collection[str] = (),
) -> list[Rated]:
    """Classify and score every event for one configuration.

    ``feedback`` are the verdicts so far, ``planned`` the ids of events that stood in the plans of the last weeks.
    """
    tracked = list(tracked)
    met = set(planned) | {each.event for each in feedback if each.verdict == "went"}
    events = {each.merged.id: each.merged.event for each in tracked}
    organizers = {plain(event.organizer) for name, event in events.items() if name in met and event.organizer}
    history = KnownPeople(regulars=regulars(events.values()), met=frozenset(organizers))
    scorer = Scorer(config, learnt=learn(feedback), history=history)
    own = Overrides(config.tracks.words, config.tracks.organisers)
    of_source = {entry.id: entry.track for entry in config.sources if entry.track} | config.tracks.sources
    return [_rate(each, scorer, places, own, of_source) for each in tracked]


def _rate(
    tracked: TrackedEvent, scorer: Scorer, places: TravelTimes, own: Overrides, of_source: Mapping[str, str]
) -> Rated:
    event = tracked.merged.event
    tracks = (of_source.get(record.source) for record in tracked.merged.records)
    label = classify(event, track=next(filter(None, tracks), None), own=own)
    travel = places.from_home(event)
    return Rated(tracked=tracked, label=label, travel=travel, score=scorer.score(event, label, travel))
