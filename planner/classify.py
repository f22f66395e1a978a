"""Which track an event belongs to, and about what it is: Event -> Label, with the words that decided it.

Every word of the vocabulary speaks for its group, more in a title than in a text; of a group the best word counts and
further ones a little. Then the groups are weighed: a form such as a salon or a talk is industry where a sector or an
organiser of the trade stands beside it; children's sessions are other, even games; who holds it decides what the words
leave open. What nothing speaks for stays unsorted (None), and is shown.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

from planner import vocabulary
from spiders.items import Event

Track = Literal["industry", "practice", "client", "other"]
LEAD, MOST_OF_TEXT = 120, 600  # characters: what an event is stands at its beginning
FACTORS = {  # what a word of a family is worth in each field
    "practice": {"title": 1.0, "lead": 0.6, "text": 0.35, "organizer": 0.75, "place": 0.15},
    "sector": {"title": 1.0, "lead": 0.45, "text": 0.35, "organizer": 0.6, "place": 0.0},
    "form": {"title": 1.0, "lead": 0.45, "text": 0.3, "organizer": 0.5, "place": 0.0},
    "organiser": {"title": 0.6, "lead": 0.35, "text": 0.25, "organizer": 0.75, "place": 0.0},
    "other": {"title": 1.0, "lead": 0.45, "text": 0.3, "organizer": 0.5, "place": 0.3},
    "host": {"title": 0.0, "lead": 0.0, "text": 0.0, "organizer": 1.0, "place": 0.5},
}
MOST_OF_HOST = 2.4  # what holder and place say together: less than one strong word of a title
FURTHER_WORD, FURTHER_GROUP = 0.3, 0.4  # what the second word of a group, the second group of a family add
FORM_ALONE = 0.55
TRADE_FORM_ALONE = 0.7
_FORMS_OF_A_TRADE = ("conference", "expo", "closed_circle", "matchmaking")
STRONG = 3.0
LEAST, LEAST_OF_OTHER = 1.2, 0.45
MARGIN = 0.25
_FAMILIES_OF_TRACK = {
    "industry": ("sector", "form", "organiser"),
    "practice": ("practice",),
    "other": ("other",),
}
# DevCon, JSConf: meetings of a trade name themselves so.
_NAMED_CONFERENCE = re.compile(r"\b[A-Z][A-Za-z]{1,14}[a-zA-Z](?:Con|con|Conf|conf)\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """``track`` is None for unsorted; ``topics`` and ``form`` are groups of the vocabulary; ``words`` decided it."""

    track: Track | None
    topics: tuple[str, ...] = ()
    form: str | None = None
    words: tuple[str, ...] = ()


@dataclass(slots=True)
class _Found:
    """What the words of one event say: (family, group) -> word -> points."""

    groups: dict[tuple[str, str], dict[str, float]] = field(default_factory=dict)

    def add(self, family: str, group: str, word: str, points: float) -> None:
        words = self.groups.setdefault((family, group), {})
        words[word] = max(points, words.get(word, 0.0))

    def of_group(self, family: str, group: str) -> float:
        """The best word and a share of the others."""
        words = self.groups.get((family, group))
        if not words:
            return 0.0
        best = max(words.values())
        return best + FURTHER_WORD * min(sum(words.values()) - best, best)

    def best(self, family: str) -> float:
        """The points of a family's best word."""
        return max((max(words.values()) for key, words in self.groups.items() if key[0] == family), default=0.0)

    def joined(self, other: _Found) -> _Found:
        """Both together."""
        both = _Found({key: dict(words) for key, words in self.groups.items()})
        for (family, group), words in other.groups.items():
            for word, points in words.items():
                both.add(family, group, word, points)
        return both

    def of_family(self, family: str) -> float:
        """The best group and a share of the others."""
        totals = [self.of_group(*key) for key in self.groups if key[0] == family]
        if not totals:
            return 0.0
        best = max(totals)
        return best + FURTHER_GROUP * min(sum(totals) - best, best)


def classify(event: Event, *, track: str | None = None) -> Label:
    """The label of an event. ``track`` is what the configuration says of its source: it wins."""
    said, around = _found(_said(event)), _found(_around(event))
    named = _NAMED_CONFERENCE.search(event.title)
    if named:
        said.add("form", "conference", named[0], 1.8)
    decided = _decide(said, around)
    found = said.joined(around)
    return Label(
        track=track or decided,  # type: ignore[arg-type]
        topics=_best_groups(found, ("sector", "practice"))[:4],
        form=_best_group(found, "form"),
        words=_reasons(found, decided),
    )


def _found(fields: Iterable[tuple[str, str]]) -> _Found:
    found = _Found()
    matcher = vocabulary.shipped()
    for name, text in fields:
        for hit in matcher.hits(text):
            for entry in hit.entries:
                points = entry.points * FACTORS[entry.family][name]
                if points:
                    found.add(entry.family, entry.group, entry.word, points)
    return found


def _said(event: Event) -> Iterable[tuple[str, str]]:
    """What is said of the evening itself."""
    yield "title", event.title
    text = " ".join([*event.categories, (event.description or "")[:MOST_OF_TEXT]])
    if text:
        yield "lead", text[:LEAD]
        yield "text", text[LEAD:]


def _around(event: Event) -> Iterable[tuple[str, str]]:
    """Who holds it, and where."""
    if event.organizer:
        yield "organizer", event.organizer
    place = event.place
    if place and (place.name or place.address):
        yield "place", place.name or place.address or ""


def _decide(said: _Found, around: _Found) -> Track | None:
    """Weigh what speaks for each track."""
    leans = _hosts(around)
    held = {family: around.of_family(family) for family in ("practice", "sector", "form", "organiser", "other")}
    sector, organiser, form = (said.of_family(family) for family in ("sector", "organiser", "form"))
    trade_around = held["sector"] + held["organiser"] + leans["industry"]
    if sector + organiser + trade_around < 1.0:
        form *= TRADE_FORM_ALONE if _best_group(said, "form") in _FORMS_OF_A_TRADE else FORM_ALONE
    points = {
        "industry": sector + organiser + form + _capped(trade_around + held["form"]),
        "practice": said.of_family("practice") + _capped(held["practice"] + leans["practice"]),
        "other": said.of_family("other") + _capped(held["other"] + leans["other"]),
    }
    if said.of_group("other", "children") + around.of_group("other", "children") >= 1.8:
        points["practice"] *= 0.3
        points["industry"] *= 0.3
    if held["organiser"] >= 1.8:  # a chamber has committees and boards too
        points["other"] -= 0.6 * said.of_group("other", "public_body")
    named = max(said.best("practice"), said.best("form"), said.best("organiser"))
    if named >= STRONG > said.best("other"):  # the title names the evening; what else is said is about the place
        points["other"] *= 0.5
    return _clearest(points)


def _capped(points: float) -> float:
    return min(points, MOST_OF_HOST)


def _clearest(points: Mapping[str, float]) -> Track | None:
    industry, practice, other = points["industry"], points["practice"], points["other"]
    best = max(industry, practice)
    if other >= LEAST_OF_OTHER and other > best - MARGIN:
        return "other"
    if best < LEAST or abs(industry - practice) < MARGIN:
        return None
    return "industry" if industry == best else "practice"


@functools.cache
def _leans() -> Mapping[str, Mapping[str, float]]:
    return {
        group: {track: float(lists.get(track, 0.0)) for track in ("industry", "practice", "other")}
        for group, lists in vocabulary.load("hosts").items()
    }


def _hosts(found: _Found) -> dict[str, float]:
    """What the kinds of host speak for, the likeliest kind of each track counting."""
    sums = {"industry": 0.0, "practice": 0.0, "other": 0.0}
    for (family, group), words in found.groups.items():
        if family == "host":
            share = max(words.values()) / vocabulary.POINTS_OF_TIER["words"]
            for track, lean in _leans()[group].items():
                sums[track] = max(sums[track], lean * share)
    return sums


def _best_groups(found: _Found, families: tuple[str, ...]) -> tuple[str, ...]:
    totals = {key: found.of_group(*key) for key in found.groups if key[0] in families}
    return tuple(dict.fromkeys(group for _, group in sorted(totals, key=lambda key: (-totals[key], key))))


def _best_group(found: _Found, family: str) -> str | None:
    return next(iter(_best_groups(found, (family,))), None)


def _reasons(found: _Found, decided: str | None) -> tuple[str, ...]:
    """The words that spoke for the track, the strongest first."""
    points: dict[str, float] = {}
    for (family, _), words in found.groups.items():
        if family in _FAMILIES_OF_TRACK.get(decided or "", ()):
            for word, value in words.items():
                points[word] = max(value, points.get(word, 0.0))
    return tuple(sorted(points, key=lambda word: (-points[word], word)))[:6]
