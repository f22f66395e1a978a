"""Living events -> rated events: label, way and score of each, in one pass."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from planner.classify import classify
from planner.config import Config
from planner.identity import Living
from planner.plan.candidates import Rated
from planner.score import Scorer
from planner.travel import Map


def rate(living: Iterable[Living], config: Config, places: Map) -> list[Rated]:
    """Classify and score every event for one configuration."""
    scorer = Scorer(config)
    track_of_source = {entry.id: entry.track for entry in config.sources if entry.track}
    return [_rate(each, scorer, places, track_of_source) for each in living]


def _rate(living: Living, scorer: Scorer, places: Map, track_of_source: Mapping[str, str]) -> Rated:
    event = living.merged.event
    tracks = (track_of_source.get(record.source) for record in living.merged.records)
    label = classify(event, track=next(filter(None, tracks), None))
    travel = places.from_home(event)
    return Rated(living=living, label=label, travel=travel, score=scorer.score(event, label, travel))
