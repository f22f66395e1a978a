"""What ``went, skip, like, dislike`` teach: a plain update per word, organiser and form, that can be read and reset.

Each verdict speaks for the features of its event: its organiser, else its place; what kind of evening it is (the clear
signs of its evidence); the words that decided its track. What a feature is worth is the sum of its verdicts over their
number plus one, times the share of its kind: a single verdict counts half, many alike come near the whole,
contradicting ones cancel out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from planner.rating.classify import text_of
from planner.rating.evidence import Evidence
from planner.rating.hosts import host_of
from planner.rating.vocabulary import plain
from planner.types import Feature, Feedback, Label, Verdict
from spiders.items import Event

VALUE: Mapping[Verdict, float] = {"like": 0.5, "went": 0.3, "skip": -0.4, "dislike": -1.0}
OF_A_GOOD_ONE, LEAST_SAID, MOST_SAID = 1.0, 0.2, 3.0
SHARE = {"organiser": 2.4, "form": 0.3, "word": 0.6, "sign": 0.5}
MAX_OF_A_KIND = 2
"""Of an event's words and of its signs those count that feedback says most about."""
CLEAR = 0.5
"""So strong is a sign that says which evening it is."""
KINDS_OF_EVENINGS = ("practice.", "sector.", "organiser.", "other.", "way.")


@dataclass(frozen=True, slots=True)
class Learnt:
    """What features are worth, in points of the score."""

    points: Mapping[Feature, float] = field(default_factory=dict)

    def of(self, event: Event, label: Label, evidence: Evidence) -> Iterator[tuple[str, str, float]]:
        """(kind, name, points) of what was learnt about an event's features, the strongest of each kind only."""
        if not self.points:
            return
        counts: Counter[str] = Counter()
        known = [
            (feature, self.points[feature]) for feature in features(event, label, evidence) if feature in self.points
        ]
        for (kind, name), points in sorted(known, key=lambda each: (-abs(each[1]), each[0])):
            counts[kind] += 1
            if points and counts[kind] <= MAX_OF_A_KIND:
                yield kind, name, points


NOTHING_LEARNT = Learnt()


def features(event: Event, label: Label, evidence: Evidence) -> tuple[Feature, ...]:
    """What a verdict on an event speaks for. Words of the organiser or the place alone are not words of the event."""
    said = plain(f"{event.title} {text_of(event)}")
    found: list[Feature] = []
    if host := host_of(event):
        found.append(("organiser", host))
    if label.form:
        found.append(("form", label.form))
    found += [
        ("sign", group)
        for group, (strength, _) in evidence.signs.items()
        if strength >= CLEAR and group.startswith(KINDS_OF_EVENINGS)
    ]
    found += [("word", plain(word)) for word in label.words if plain(word) in said]
    return tuple(found)


def said_by(given: Feedback) -> float:
    """What a verdict says, in points. Praise says as much whatever was expected; blame says how far the event was
    overrated: who dislikes what was never proposed says little about what is."""
    value = VALUE[given.verdict]
    if value > 0 or given.expected is None:
        return value
    return value * min(max(given.expected + OF_A_GOOD_ONE, LEAST_SAID), MOST_SAID)


def learn(feedback: Sequence[Feedback]) -> Learnt:
    """All verdicts -> what each feature is worth. The order of verdicts does not matter."""
    values: dict[Feature, list[float]] = {}
    for each in feedback:
        for feature in dict.fromkeys(each.features):
            values.setdefault(feature, []).append(said_by(each))
    return Learnt({feature: _points(feature, verdicts) for feature, verdicts in sorted(values.items())})


def _points(feature: Feature, verdicts: Iterable[float]) -> float:
    ordered = sorted(verdicts)
    return round(SHARE[feature[0]] * sum(ordered) / (len(ordered) + 1), 3)
