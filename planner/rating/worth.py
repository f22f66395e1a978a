"""What an evening is worth to this user, by named features: evidence, host and the user's words -> terms.

A linear model whose weights stand in ``weights.toml``: prior knowledge, moved a little by graded weeks
(``python -m benchmarks.learn_worth``). Points are those of a week's value: an evening one must go to is worth 3, a
good one 2, an acceptable one 1; a pointless one costs half a point, an embarrassing one two.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from planner.rating.evidence import Evidence
from planner.rating.hosts import Usual
from planner.rating.interests import FADING, Found, InterestMatcher, Key, rank
from planner.types import Term

MOST_WORDS = 4
"""So many of the user's words count in one event, each further one half of the one before."""
SMALL = 0.05
"""Terms of fewer points are told as one."""
_NAMES_OF_FAMILIES = {
    "practice": "kind",
    **dict.fromkeys(("sector", "form", "organiser", "people"), "trade"),
    **dict.fromkeys(("audience", "age"), "audience"),
    "way": "way",
    "openness": "openness",
    "other": "other_kind",
    "host": "host",
}
_AGAINST = ("way.watch", "way.course", "way.service", "openness.worship", "openness.partisan", "openness.no_event")
_LISTS = ("industry", "practice")


class Feature(NamedTuple):
    """One named quantity of an event for one user; ``term`` and ``about`` are how it is told."""

    name: str
    value: float
    term: str
    about: str = ""
    near: bool = False


def features(evidence: Evidence, usual: Usual, wishes: InterestMatcher, found: Mapping[Key, Found]) -> list[Feature]:
    """All features of one event for one user."""
    return [
        *_signs(evidence, usual),
        *_interests(found),
        *_crossed(evidence, found),
        *_topics(evidence, wishes, found),
    ]


def _signs(evidence: Evidence, usual: Usual) -> Iterator[Feature]:
    for name, sign in evidence.signs.items():
        yield Feature(name, sign.strength, _NAMES_OF_FAMILIES[name.partition(".")[0]], sign.word)
    for name, share in usual.items():
        yield Feature(f"usual.{name}", share, "usual", name)


def _interests(found: Mapping[Key, Found]) -> Iterator[Feature]:
    """The user's words as they stand in title, categories, organiser and lead."""
    wanted = sorted(((rank(each), key[0], each) for key, each in found.items() if key[0] in _LISTS), reverse=True)
    for place, (_, name, each) in enumerate(wanted[:MOST_WORDS]):
        for field in sorted(each.fields):
            yield Feature(f"interest.{name}.{field}", each.weight * FADING**place, "interest", each.met)
    for (name, _), each in found.items():
        if name not in _LISTS:
            term = "avoid" if name == "avoid" else f"chain_{name}"
            best = "title" if "title" in each.fields else "text"
            yield Feature(f"{term}.{best}", each.weight, term, each.met)


def _crossed(evidence: Evidence, found: Mapping[Key, Found]) -> Iterator[Feature]:
    """A word of the user in the title of what is watched, sold or closed: it is likely meant in another sense."""
    against = [sign for name, sign in evidence.signs.items() if name.startswith("other.") or name in _AGAINST]
    strongest = max(against, default=None)
    for name in _LISTS if strongest else ():
        weights = [each.weight for key, each in found.items() if key[0] == name and "title" in each.fields]
        if weights and strongest:
            yield Feature(f"crossed.{name}", min(max(weights), 1.0) * strongest.strength, "crossed", strongest.word)


def _topics(evidence: Evidence, wishes: InterestMatcher, found: Mapping[Key, Found]) -> Iterator[Feature]:
    """What an event is about, where the user's word itself does not stand in it; the clearest of each list."""
    best: dict[str, Feature] = {}
    for each in wishes.topics(evidence.signs.keys(), found):
        value = min(each.weight, 2.0) * evidence.signs[each.group].strength
        known = best.get(each.list)
        if known is None or (value, each.word) > (known.value, known.about):
            best[each.list] = Feature(f"topic.{each.list}", value, "topic", each.word, near=True)
    yield from best.values()


def terms(found: list[Feature], weights: Mapping[str, float]) -> Iterator[Term]:
    """The points of features. What one word says in several fields is one term; small ones are summed up."""
    sums: dict[tuple[str, str, bool], float] = {("base", "", False): weights["base"]}
    for feature in found:
        points = weights.get(feature.name, 0.0) * feature.value
        if points:
            key = (feature.term, feature.about, feature.near)
            sums[key] = sums.get(key, 0.0) + points
    small = 0.0
    for (name, about, near), points in sums.items():
        if abs(points) < SMALL and name not in {"base", "interest", "avoid"}:
            small += points
        else:
            yield Term(name=name, points=round(points, 3), about=about, near=near)
    if round(small, 3):
        yield Term(name="small", points=round(small, 3))


@functools.cache
def learnt_weights() -> Mapping[str, float]:
    """The weights that ship, by the name of the feature; ``base`` is the constant."""
    with (Path(__file__).parent / "weights.toml").open("rb") as file:
        return {name: float(value) for name, value in tomllib.load(file)["weights"].items()}
