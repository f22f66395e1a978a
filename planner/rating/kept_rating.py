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
from planner.rating.for_whom import Unfit
from planner.rating.interests import Key
from planner.store.program import digest_with_program, sum_of
from planner.types import Feedback, Label, Rated, Score, Term, TrackedEvent, Travel


@dataclass(frozen=True, slots=True, kw_only=True)
class Rating:
    """All events rated, which keywords each ``caught``, and a digest of what that was ``made_of``; ``is_kept`` where an
    earlier run made it."""

    made_of: str
    rated: tuple[Rated, ...]
    caught: tuple[frozenset[Key], ...]
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
    """A rating in the form to be kept: what comes again and again stands once, before the events."""
    labels, terms, keys = _Table(), _Table(), _Table()
    events = [
        [
            labels.place_of(each.label),
            [each.travel.minutes, each.travel.known],
            [
                each.score.total,
                [terms.place_of(term) for term in each.score.terms],
                each.score.track,
                each.score.avoided,
            ],
            [keys.place_of(key) for key in sorted(caught)],
        ]
        for each, caught in zip(rating.rated, rating.caught, strict=True)
    ]
    told = [
        [label.track, label.topics, label.form, label.words, label.people, label.ruled, label.unfit]
        for label in labels.values
    ]
    kept = [told, terms.values, keys.values, events]
    body = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    return "\n".join((rating.made_of, sum_of(body), body))


def from_text(text: str | None, wanted: str, tracked: Sequence[TrackedEvent]) -> Rating | None:
    """What is kept, for these events; None where it is not made of what is ``wanted``, or no more as it was kept."""
    digest, _, rest = (text or "").partition("\n")
    known, _, body = rest.partition("\n")
    if digest != wanted or known != sum_of(body):
        return None
    told, kept_terms, kept_keys, events = json.loads(body)
    labels, terms = list(map(_label, told)), list(map(Term._make, kept_terms))
    keys: list[Key] = list(map(tuple, kept_keys))
    rated = tuple(
        Rated(
            tracked=each,
            label=labels[label],
            travel=Travel(minutes, known),
            score=Score(total=total, terms=tuple([terms[place] for place in said]), track=track, avoided=avoided),
        )
        for each, (label, (minutes, known), (total, said, track, avoided), _) in zip(tracked, events, strict=True)
    )
    caught = tuple(frozenset([keys[place] for place in each[-1]]) for each in events)
    return Rating(made_of=wanted, rated=rated, caught=caught, is_kept=True)


def _label(kept: Sequence[Any]) -> Label:
    track, topics, form, words, people, ruled, unfit = kept
    return Label(
        track=track,
        topics=tuple(topics),
        form=form,
        words=tuple(words),
        people=tuple(map(tuple, people)),
        ruled=ruled,
        unfit=unfit and Unfit._make(unfit),
    )


class _Table:
    """Values by the place at which each stands, told apart to the letter: 0.0 and -0.0 are two."""

    def __init__(self) -> None:
        self._places: dict[str, int] = {}
        self.values: list[Any] = []

    def place_of(self, value: object) -> int:
        place = self._places.setdefault(repr(value), len(self.values))
        if place == len(self.values):
            self.values.append(value)
        return place
