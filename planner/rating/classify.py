"""Which track an event belongs to, and about what it is: Event -> Label, with the words that decided it.

Every word of the vocabulary speaks for its group, more in a title than in a text; of a group the best word counts and
further ones a little. Then the groups are weighed: a form such as a salon or a talk is industry where a sector or an
organiser of the trade stands beside it; children's sessions are other, even games; who holds it decides what the words
leave open. What nothing speaks for stays unsorted (None), and is shown.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping, Sequence

from planner.rating import vocabulary
from planner.rating.ages import ages
from planner.rating.vocabulary import Entry, Hit, Matcher
from planner.types import Label, Track
from spiders.items import Event

LEAD, MAX_OF_TEXT = 120, 300  # characters: what an event is stands at its beginning
FACTORS: Mapping[str, Mapping[str, float]] = {  # what a word of a family is worth in each field
    "title": {"practice": 1.0, "sector": 1.0, "form": 1.0, "organiser": 0.6, "other": 1.0, "people": 1.0},
    "lead": {"practice": 0.6, "sector": 0.45, "form": 0.45, "organiser": 0.35, "other": 0.45, "people": 1.0},
    "text": {"practice": 0.35, "sector": 0.35, "form": 0.3, "organiser": 0.25, "other": 0.3, "people": 1.0},
    "organizer": {"practice": 0.75, "sector": 0.6, "form": 0.5, "organiser": 0.75, "other": 0.5, "host": 1.0},
    "place": {"practice": 0.15, "other": 0.3, "host": 0.5},
}
MAX_OF_HOST = 2.4  # what holder and place say together: less than one strong word of a title
FURTHER_WORD, FURTHER_GROUP = 0.3, 0.4  # what the second word of a group, the second group of a family add
FORM_ALONE = 0.55
TRADE_FORM_ALONE = 0.7
_NAMING = ("practice", "form", "organiser")
_FORMS_OF_A_TRADE = ("conference", "expo", "closed_circle", "matchmaking")
STRONG = 3.0
MIN_POINTS, MIN_OF_OTHER = 1.2, 0.45
MARGIN = 0.25
_FAMILIES_OF_TRACK = {
    "industry": ("sector", "form", "organiser"),
    "practice": ("practice",),
    "other": ("other",),
}
# DevCon, JSConf: meetings of a trade name themselves so.
_NAMED_CONFERENCE = re.compile(r"\b[A-Z][A-Za-z]{1,14}[a-zA-Z](?:Con|con|Conf|conf)\b")


class Overrides:
    """What the configuration says of words and organisers: it beats the vocabulary, the longest word first."""

    def __init__(self, words: Mapping[str, str], organisers: Mapping[str, str]) -> None:
        self._words = Matcher(Entry(word, track, word) for word, track in words.items())
        self._organisers = Matcher(Entry(name, track, name) for name, track in organisers.items())

    def track_of(self, event: Event) -> tuple[Track | None, str]:
        """The track and the word that it was ruled by: organisers first, then words of the title, then of the text."""
        for matcher, text in (
            (self._organisers, event.organizer or ""),
            (self._words, event.title),
            (self._words, text_of(event)),
        ):
            hits = matcher.hits(text)
            if hits:
                longest = max(hits, key=lambda hit: hit.end - hit.start)
                return longest.entries[0].family, longest.entries[0].word  # type: ignore[return-value]
        return None, ""


_Words = dict[tuple[str, str], dict[str, float]]
"""What the words of one event say: (family, group) -> word -> points."""
_Totals = dict[str, dict[str, float]]
"""What groups say: family -> group -> points of the best word and a share of the others."""


def classify(event: Event) -> Label:
    """The label that the vocabulary gives an event."""
    said, around = _found(_said(event)), _found(_around(event))
    named = _NAMED_CONFERENCE.search(event.title) if "on" in event.title else None
    if named:
        said.setdefault(("form", "conference"), {})[named[0]] = 1.8
    for age in _ages_of_children(event):
        said.setdefault(("other", "children"), {})[age] = STRONG
    totals, held = _totals(said), _totals(around)
    decided = _decide(totals, held, said, around)
    return Label(
        track=decided,
        topics=_best_groups((totals, held), ("sector", "practice"))[:4],
        form=next(iter(_best_groups((totals, held), ("form",))), None),
        words=_reasons((said, around), decided),
        people=tuple((group, word) for (family, group), found in said.items() if family == "people" for word in found),
    )


def _ages_of_children(event: Event) -> list[str]:
    """Ages or school years that an evening is for, where all of them are under age ("Ages 9-17", "6至12岁")."""
    text = f"{event.title}\n{(event.description or '')[:MAX_OF_TEXT]}"
    return [words for group, words in ages(text) if group == "children"][:1]


def _found(fields: Iterable[tuple[str, str]]) -> _Words:
    found: _Words = {}
    for name, text in fields:
        is_text = name == "text"
        factors, factors_of_lead = FACTORS[name], FACTORS["lead" if is_text else name]
        hits = vocabulary.shipped().hits(text) if is_text else _hits(text)
        for start, _, entries in hits:
            here = factors_of_lead if start < LEAD else factors
            for entry in entries:
                points = entry.points * here.get(entry.family, 0.0)
                if points:
                    words = found.setdefault((entry.family, entry.group), {})
                    words[entry.word] = max(points, words.get(entry.word, 0.0))
    return found


@functools.lru_cache(maxsize=4096)
def _hits(text: str) -> Sequence[Hit]:
    """Titles, organisers and places come again and again: series, clubs, halls."""
    return vocabulary.shipped().hits(text)


def _totals(found: _Words) -> _Totals:
    totals: _Totals = {}
    for (family, group), words in found.items():
        best = max(words.values())
        totals.setdefault(family, {})[group] = best + FURTHER_WORD * min(sum(words.values()) - best, best)
    return totals


def _sum(totals: _Totals, family: str) -> float:
    """The best group of a family and a share of the others."""
    groups = totals.get(family)
    if not groups:
        return 0.0
    best = max(groups.values())
    return best + FURTHER_GROUP * min(sum(groups.values()) - best, best)


def text_of(event: Event) -> str:
    """The categories and the beginning of the description."""
    description = (event.description or "")[:MAX_OF_TEXT]
    return " ".join([*event.categories, description]) if event.categories else description


def _said(event: Event) -> Iterable[tuple[str, str]]:
    """What is said of the evening itself."""
    yield "title", event.title
    text = text_of(event)
    if text:
        yield "text", text


def _around(event: Event) -> Iterable[tuple[str, str]]:
    """Who holds it, and where."""
    if event.organizer and "organizer" not in event.evidence.inferred:  # else only whose calendar it is
        yield "organizer", event.organizer
    place = event.place
    if place and (place.name or place.address):
        yield "place", place.name or place.address or ""


def _decide(said: _Totals, around: _Totals, words: _Words, hosts: _Words) -> Track | None:
    """Weigh what speaks for each track."""
    leans = _leans_of(hosts)
    sector, organiser, form = (_sum(said, family) for family in ("sector", "organiser", "form"))
    trade_around = _sum(around, "sector") + _sum(around, "organiser") + leans["industry"]
    if form and sector + organiser + trade_around < 1.0:
        forms = said["form"]
        form *= TRADE_FORM_ALONE if max(forms, key=lambda group: forms[group]) in _FORMS_OF_A_TRADE else FORM_ALONE
    own_name, other_name = _best_word(words, _NAMING) >= STRONG, _best_word(words, ("other",)) >= STRONG
    points = {
        "industry": sector + organiser + form + _capped(trade_around + _sum(around, "form")),
        "practice": _sum(said, "practice") + _capped(_sum(around, "practice") + leans["practice"]),
        "other": _sum(said, "other") + _capped(_sum(around, "other") + leans["other"]),
    }
    if _of(said, "other", "children") + _of(around, "other", "children") >= 1.8:
        points["practice"] *= 0.3
        points["industry"] *= 0.3
    if _sum(around, "organiser") >= 1.8:  # a chamber has committees and boards too
        points["other"] -= 0.6 * _of(said, "other", "public_body")
    if own_name and not other_name:
        points["other"] *= 0.5  # the title names the evening; what else is said is about the place
    elif other_name and not own_name:
        points["practice"] *= 0.7
        points["industry"] *= 0.7
    return _clearest(points)


def _best_word(found: _Words, families: Sequence[str]) -> float:
    """The points of the best word; only a strong word of the title reaches STRONG."""
    return max((max(words.values()) for (family, _), words in found.items() if family in families), default=0.0)


def _of(totals: _Totals, family: str, group: str) -> float:
    return totals.get(family, {}).get(group, 0.0)


def _capped(points: float) -> float:
    return min(points, MAX_OF_HOST)


def _clearest(points: Mapping[str, float]) -> Track | None:
    industry, practice, other = points["industry"], points["practice"], points["other"]
    best = max(industry, practice)
    if other >= MIN_OF_OTHER and other > best - MARGIN:
        return "other"
    if best < MIN_POINTS or abs(industry - practice) < MARGIN:
        return None
    return "industry" if industry == best else "practice"


@functools.cache
def _leans() -> Mapping[str, Mapping[str, float]]:
    return {
        group: {track: float(lists.get(track, 0.0)) for track in ("industry", "practice", "other")}
        for group, lists in vocabulary.load("hosts").items()
    }


def _leans_of(around: _Words) -> dict[str, float]:
    """What the kinds of host speak for, the likeliest kind of each track counting."""
    sums = {"industry": 0.0, "practice": 0.0, "other": 0.0}
    for (family, group), words in around.items():
        if family == "host":
            share = max(words.values()) / vocabulary.POINTS_OF_TIER["words"]
            for track, lean in _leans()[group].items():
                sums[track] = max(sums[track], lean * share)
    return sums


def _best_groups(both: Iterable[_Totals], families: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of some families, those that most speaks for first."""
    points: dict[str, float] = {}
    for totals in both:
        for family in families:
            for group, value in totals.get(family, {}).items():
                points[group] = max(value, points.get(group, 0.0))
    return tuple(sorted(points, key=lambda group: (-points[group], group)))


def _reasons(both: Iterable[_Words], decided: str | None) -> tuple[str, ...]:
    """The words that spoke for the track, the strongest first."""
    families = _FAMILIES_OF_TRACK.get(decided or "", ())
    points: dict[str, float] = {}
    for found in both:
        for (family, _), words in found.items():
            if family in families:
                for word, value in words.items():
                    points[word] = max(value, points.get(word, 0.0))
    return tuple(sorted(points, key=lambda word: (-points[word], word)))[:6]
