"""What an evening is worth to this user, by named features: evidence, host and the user's words -> terms.

A linear model whose weights stand in ``weights.toml``: prior knowledge, moved a little by graded weeks
(``python -m benchmarks.learn_worth``). Points are those of a week's value: an evening one must go to is worth 3, a
good one 2, an acceptable one 1; a pointless one costs half a point, an embarrassing one two.
"""

from __future__ import annotations

import operator
from collections.abc import Collection, Iterator, Mapping

from planner.rating.evidence import Evidence
from planner.rating.hosts import Usual
from planner.rating.interests import FADING, Found, InterestMatcher, Key, rank
from planner.rating.weights import Feature

MOST_WORDS = 4
"""So many of the user's words count in one event, each further one half of the one before."""
_AGAINST = ("way.watch", "way.course", "way.service", "openness.worship", "openness.partisan", "openness.no_event")
_LISTS = ("industry", "practice")
_OWN_TRADE = "topic.industry"


def features(evidence: Evidence, wishes: InterestMatcher, found: Mapping[Key, Found]) -> list[Feature]:
    """What an event is for one user, beside what it is for everybody (`Evidence.features`)."""
    topics = list(_topics(evidence, wishes, found))
    return [*_interests(found), *_crossed(evidence, found), *topics, *_foreign(evidence, found, topics)]


def features_to_a_stranger(evidence: Evidence) -> list[Feature]:
    """The same for a user of whose words and topics it has none, whoever that is."""
    return list(_foreign(evidence, {}, ()))


def features_of_host(usual: Usual) -> list[Feature]:
    """What the host of an event usually gives."""
    return [Feature(f"usual.{name}", share, "usual", name) for name, share in usual.items()]


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
    strongest = max(against, key=operator.itemgetter(0, 1), default=None)
    for name in _LISTS if strongest else ():
        weights = [each.weight for key, each in found.items() if key[0] == name and "title" in each.fields]
        if weights and strongest:
            yield Feature(f"crossed.{name}", min(max(weights), 1.0) * strongest[0], "crossed", strongest[1])


def _topics(evidence: Evidence, wishes: InterestMatcher, found: Mapping[Key, Found]) -> Iterator[Feature]:
    """What an event is about, where the user's word itself does not stand in it; the clearest of each list."""
    best: dict[str, Feature] = {}
    for each in wishes.topics(evidence.signs.keys(), found):
        value = min(each.weight, 2.0) * evidence.signs[each.group][0]
        known = best.get(each.list)
        if known is None or (value, each.word) > (known.value, known.about):
            best[each.list] = Feature(f"topic.{each.list}", value, "topic", each.word, near=True)
    yield from best.values()


def _foreign(evidence: Evidence, found: Mapping[Key, Found], topics: Collection[Feature]) -> Iterator[Feature]:
    """A trade of which the user said nothing: who meets there is of little use to them."""
    own = any(name not in {"practice", "avoid"} for name, _ in found) or any(each.name == _OWN_TRADE for each in topics)
    sectors = [] if own else [sign for name, sign in evidence.signs.items() if name.startswith("sector.")]
    if sectors:
        strength, word = max(sectors, key=operator.itemgetter(0, 1))
        yield Feature("foreign.sector", strength, "foreign", word)
