"""For whom an evening is certainly not meant: evidence -> the reason, or none. Such evenings are never picks.

Who it is for beats what it is about: a robots' hour for children is nothing for who sells software. What an event says
of itself beats what its host usually gives, both ways.
"""

from __future__ import annotations

from typing import NamedTuple

from planner.rating.evidence import NO_SIGN, Evidence, Sign
from planner.rating.hosts import Usual

SAID = 0.75  # in the title, a category, or more than once in a text
HINTED = 0.3
USUAL, MOSTLY, OFTEN = 0.5, 0.4, 0.35  # shares of a host's events
_OF_CHILDREN = ("other.children", "audience.teens", "age.children")


class Unfit(NamedTuple):
    """Why an evening is for others: children, students, partisans, members, worship, officials or people in need; and
    the word that says so, empty where only its host is known for it."""

    kind: str
    word: str


def unfit(evidence: Evidence, usual: Usual) -> Unfit | None:
    """Why an event is certainly not for a grown-up stranger, if it is so."""
    for kind, sign in (
        ("children", _for_children(evidence, usual)),
        ("students", _for_students(evidence, usual)),
        ("partisan", _for_partisans(evidence, usual)),
        ("members", _named(evidence.of("openness.closed"))),
        ("worship", _named(evidence.of("other.worship")) or _by_host(usual, USUAL, "openness.worship")),
        ("officials", _named(evidence.of("other.public_body"))),
        ("in_need", _named(evidence.of("audience.in_need"))),
    ):
        if sign is not None:
            return Unfit(kind, sign.word)
    return None


def _for_children(evidence: Evidence, usual: Usual) -> Sign | None:
    said, age = evidence.of(*_OF_CHILDREN), evidence.of("age.children")
    adults = evidence.of("audience.adults", "age.adults").strength
    if age.strength >= SAID - 0.1 and adults < 0.6:
        return age
    if said.strength >= SAID and said.strength > adults:
        return said
    if usual.get("other.children", 0.0) > USUAL and said.strength >= HINTED and adults < HINTED:
        return said
    return None


def _for_students(evidence: Evidence, usual: Usual) -> Sign | None:
    if evidence.of("openness.open").strength >= 0.6:
        return None
    said, share = evidence.of("audience.students"), usual.get("audience.students", 0.0)
    if share >= MOSTLY or (said.strength >= 0.6 and share >= OFTEN):
        return said
    return None


def _for_partisans(evidence: Evidence, usual: Usual) -> Sign | None:
    said = evidence.of("openness.partisan", "other.politics")
    if said.strength >= SAID:
        return said
    return _by_host(usual, MOSTLY, "openness.partisan", "other.politics")


def _named(sign: Sign) -> Sign | None:
    """What the title itself says."""
    return sign if sign.strength >= 1.0 else None


def _by_host(usual: Usual, share: float, *signs: str) -> Sign | None:
    return NO_SIGN if any(usual.get(sign, 0.0) >= share for sign in signs) else None
