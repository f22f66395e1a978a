"""The rating of all events as it was last made: it stands while nothing that it is made of changed.

What an event is worth depends on all others (what its host usually gives, whose evenings come again), so that all of
them are kept as one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from planner.config import Config
from planner.store.program import digest_with_program
from planner.types import Feedback, Label, Rated, Score, Term, TrackedEvent, Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """All events rated, and a digest of what that was ``made_of``; ``is_kept`` where an earlier run made it."""

    made_of: str
    rated: tuple[Rated, ...]
    is_kept: bool = False


def made_of(
    tracked: Sequence[TrackedEvent], config: Config, feedback: Sequence[Feedback], planned: Collection[str]
) -> str:
    """A digest of all that `rate` reads, and of the program. No moment is among it."""
    merged = [each.merged for each in tracked]
    events = [(each.id, each.event, [record.source for record in each.records]) for each in merged]
    told = (config.model_dump_json(), list(feedback), sorted(planned), events)
    return digest_with_program(repr(told), config.timezone, (each.event for each in merged))


def to_text(rating: Rating) -> str:
    """A rating in the form to be kept."""
    kept = [_to_list(each) for each in rating.rated]
    return rating.made_of + "\n" + json.dumps(kept, ensure_ascii=False, separators=(",", ":"))


def from_text(text: str | None, wanted: str, tracked: Sequence[TrackedEvent]) -> Rating | None:
    """What is kept, for these events; None where it is not made of what is ``wanted``."""
    digest, _, body = (text or "").partition("\n")
    if digest != wanted:
        return None
    rated = tuple(_from_list(each, kept) for each, kept in zip(tracked, json.loads(body), strict=True))
    return Rating(made_of=wanted, rated=rated, is_kept=True)


def _to_list(rated: Rated) -> list[Any]:
    label, score, travel = rated.label, rated.score, rated.travel
    return [
        [label.track, label.topics, label.form, label.words, label.people, label.ruled, label.unfit],
        [travel.minutes, travel.known],
        [score.total, score.terms, score.track, score.avoided],
    ]


def _from_list(tracked: TrackedEvent, kept: Sequence[Any]) -> Rated:
    (track, topics, form, words, people, ruled, unfit), (minutes, known), (total, terms, track_of_score, avoided) = kept
    return Rated(
        tracked=tracked,
        label=Label(
            track=track,
            topics=tuple(topics),
            form=form,
            words=tuple(words),
            people=tuple(map(tuple, people)),
            ruled=ruled,
            unfit=unfit and tuple(unfit),
        ),
        travel=Travel(minutes, known),
        score=Score(total=total, terms=tuple(map(Term._make, terms)), track=track_of_score, avoided=avoided),
    )
