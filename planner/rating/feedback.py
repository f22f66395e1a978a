"""What ``went, skip, like, dislike`` teach: a plain update per word, organiser and form, that can be read and reset.

Each verdict speaks for the features of its event: the words that decided its track, its organiser, its form. What a
feature is worth is the sum of its verdicts over their number plus one, times the share of its kind: a single verdict
counts half, many alike come near the whole, contradicting ones cancel out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.rating.classify import text_of
from planner.rating.vocabulary import plain
from planner.types import Feature, Feedback, Label, Verdict
from spiders.items import Event

VALUE: Mapping[Verdict, float] = {"like": 1.0, "went": 0.6, "skip": -0.4, "dislike": -1.0}
SHARE = {"organiser": 1.6, "form": 0.6, "word": 0.8}
MAX_WORDS = 2  # of an event's words those count that feedback says most about


@dataclass(frozen=True, slots=True)
class Learnt:
    """What features are worth, in points of the score."""

    points: Mapping[Feature, float] = field(default_factory=dict)

    def of(self, event: Event, label: Label) -> Iterator[tuple[str, str, float]]:
        """(kind, name, points) of what was learnt about an event's features, the strongest words only."""
        if not self.points:
            return
        known = [(feature, self.points[feature]) for feature in features(event, label) if feature in self.points]
        words = sorted((each for each in known if each[0][0] == "word"), key=lambda each: (-abs(each[1]), each[0]))
        others = [each for each in known if each[0][0] != "word"]
        for (kind, name), points in (*others, *words[:MAX_WORDS]):
            if points:
                yield kind, name, points


NOTHING_LEARNT = Learnt()


def features(event: Event, label: Label) -> tuple[Feature, ...]:
    """What a verdict on an event speaks for. Words of the organiser or the place alone are not words of the event."""
    said = plain(f"{event.title} {text_of(event)}")
    found: list[Feature] = []
    if event.organizer:
        found.append(("organiser", plain(event.organizer).strip()))
    if label.form:
        found.append(("form", label.form))
    found += [("word", plain(word)) for word in label.words if plain(word) in said]
    return tuple(found)


def learn(feedback: Sequence[Feedback]) -> Learnt:
    """All verdicts -> what each feature is worth. The order of verdicts does not matter."""
    values: dict[Feature, list[float]] = {}
    for each in feedback:
        for feature in dict.fromkeys(each.features):
            values.setdefault(feature, []).append(VALUE[each.verdict])
    return Learnt({feature: _points(feature, verdicts) for feature, verdicts in sorted(values.items())})


def _points(feature: Feature, verdicts: Iterable[float]) -> float:
    ordered = sorted(verdicts)
    return round(SHARE[feature[0]] * sum(ordered) / (len(ordered) + 1), 3)
