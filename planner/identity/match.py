"""Which listings of one day are one event: pairs are judged, and joined from the surest on.

At most one listing of each source stands in an event, unless the source itself lists it twice at one hour and place. So
a listing that has an exact twin elsewhere is never joined with something merely like it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from planner.identity import pieces, times
from planner.identity.afters import is_after, is_part
from planner.identity.titles import HALF_A_NAME, Likeness, Title, Weights, compare, read_title
from planner.identity.venues import Places, words_of_place
from planner.types import Record

COMMON_WORD = 40  # a word in more titles of a day than this pairs nothing by itself
CROWD = 60  # more listings of one title on one day are compared only where hour and place agree
SURE_ENOUGH = 0.5
LEAST = 0.25  # with less in common, half a title cannot be covered: each pair of characters covers two
A_NAME = 3.0  # so much is hardly shared by chance
JOINED_BEFORE = 0.15  # what was one event stays one unless something speaks against it


@dataclass(slots=True)
class _Listing:
    record: Record
    title: Title
    place: frozenset[str]
    known: frozenset[str]
    """Words of the place and of whoever holds it, which some titles add."""

    @property
    def series(self) -> tuple[str, str]:
        return self.record.source, self.record.key.partition("|")[0]


def group(records: Sequence[Record]) -> list[list[Record]]:
    """Records of one day -> groups of one event each, every group in the order of ``records``."""
    day = _Day(records)
    leader = list(range(len(records)))
    members = {position: [position] for position in leader}
    for _, one, other in sorted(day.judged_pairs(), key=lambda pair: (-pair[0], pair[1], pair[2])):
        first, second = leader[one], leader[other]
        if first == second or not day.may_join(members[first], members[second]):
            continue
        first, second = min(first, second), max(first, second)
        members[first] += members.pop(second)
        for position in members[first]:
            leader[position] = first
    return [[records[position] for position in sorted(group)] for _, group in sorted(members.items())]


class _Day:
    """The listings of one day and what is common among them."""

    def __init__(self, records: Sequence[Record]) -> None:
        self._listings = [_listing(each) for each in records]
        self._weights = Weights(
            (listing.record.source, (listing.record.event.start, listing.place), listing.title)
            for listing in self._listings
        )
        self._places = Places((listing.record.source, listing.record.event) for listing in self._listings)
        seen: dict[tuple[str, str], set[frozenset[str]]] = defaultdict(set)
        starts: dict[tuple[str, str], set[object]] = defaultdict(set)
        for listing in self._listings:
            key = (listing.record.source, listing.title.plain)
            seen[key].add(listing.place)
            starts[key].add(listing.record.event.start)
        #: titles that one source lists at several places on this day: the title alone says nothing
        self._chains = {plain for (_, plain), places in seen.items() if len(places - {frozenset()}) > 1}
        #: titles that one source lists at several hours on this day: only the very hour counts
        self._slots = {key for key, moments in starts.items() if len(moments) > 1}
        self._judged: dict[tuple[int, int], float] = {}

    def judged_pairs(self) -> Iterator[tuple[float, int, int]]:
        """Pairs that are sure enough, with how sure."""
        for one, other in sorted(self._candidates()):
            sure = self._judge(one, other)
            if sure >= SURE_ENOUGH:
                yield sure, one, other

    def may_join(self, group: Sequence[int], other: Sequence[int]) -> bool:
        """Whether no listing of one group stands against one of the other."""
        for one in group:
            for two in other:
                first, second = self._listings[one], self._listings[two]
                if first.record.source == second.record.source and self._judge(one, two) < SURE_ENOUGH:
                    return False
                if compare(first.title, second.title, self._weights) is None or self._stand_apart(first, second):
                    return False
        return True

    def _candidates(self) -> set[tuple[int, int]]:
        """Pairs that share a title, or a word that is not common on this day. Bounded: no crowd is compared whole."""
        pairs: set[tuple[int, int]] = set()
        by_title: dict[object, list[int]] = defaultdict(list)
        by_word: dict[str, list[int]] = defaultdict(list)
        sizes = Counter(listing.title.plain for listing in self._listings)
        for position, listing in enumerate(self._listings):
            crowded = sizes[listing.title.plain] > CROWD
            moment = (listing.record.event.start, listing.place) if crowded else None
            by_title[listing.title.plain, moment].append(position)
            if not crowded:
                for word in listing.title.words:
                    by_word[word].append(position)
        for positions in by_title.values():
            pairs.update(combinations(positions[:CROWD], 2))
        for positions in by_word.values():
            if len(positions) <= COMMON_WORD:
                pairs.update(combinations(positions, 2))
        return pairs

    def _judge(self, one: int, other: int) -> float:
        key = (min(one, other), max(one, other))
        if key not in self._judged:
            self._judged[key] = self._sureness(self._listings[key[0]], self._listings[key[1]])
        return self._judged[key]

    def _sureness(self, one: _Listing, other: _Listing) -> float:
        """How sure two listings are one event, between 0 and 1."""
        if one.series == other.series:
            return 0.0  # other days and hours of a series never join
        likeness = self._likeness(one, other)
        if likeness is None:
            return 0.0
        when = times.relation(one.record.event, other.record.event)
        where = self._places.relation(one.record.source, one.record.event, other.record.source, other.record.event)
        if one.record.source == other.record.source:
            return self._within_one_source(one, other, likeness, when, where)
        if where == "far" or when == "other" or (when != "same" and self._has_slots(one, other)):
            return 0.0
        chained = one.title.plain in self._chains or other.title.plain in self._chains
        sure = _equal_titles(when, where, chained) if likeness.equal else _like_titles(likeness, when, where, chained)
        before = one.record.event_id is not None and one.record.event_id == other.record.event_id
        return sure + JOINED_BEFORE if before and sure > 0 else sure

    def _likeness(self, one: _Listing, other: _Listing) -> Likeness | None:
        """How alike two titles are; None where they are not, or stand for two parts of one thing."""
        known = one.place | other.place
        likeness = compare(one.title, other.title, self._weights, known)
        if likeness is None or likeness.equal:
            return likeness
        if likeness.shared < LEAST:
            return None
        covered = pieces.covered(one.title, other.title, known)
        if max(covered, likeness.shared) < 0.5 or self._stand_apart(one, other):
            return None
        return replace(likeness, covered=covered)

    def _stand_apart(self, one: _Listing, other: _Listing) -> bool:
        """Whether two titles are of two parts of one thing: tracks, tables, a summit and its dinner or its workshop."""
        if one.title.plain == other.title.plain:
            return False
        first, second = one.record.event, other.record.event
        if is_after(first.title) != is_after(second.title):
            return True
        if is_part(first, second) and pieces.goes_on(one.title, other.title):
            return True
        if is_part(second, first) and pieces.goes_on(other.title, one.title):
            return True
        return pieces.go_apart(one.title, other.title, self._weights, one.known | other.known)

    @staticmethod
    def _within_one_source(
        one: _Listing, other: _Listing, likeness: Likeness, when: times.Relation, where: str
    ) -> float:
        """Two listings of one feed are one event only where hour and place agree."""
        if when != "same" or where in {"other", "far"}:
            return 0.0
        if one.place and other.place and len(one.place & other.place) < 0.65 * len(one.place | other.place):
            return 0.0  # two rooms of one house are two places
        if where == "unknown" and _told(one) != _told(other) and _told(one) and _told(other):
            return 0.0
        return 0.9 if likeness.equal else 0.6 if likeness.shared > 0.99 and where == "same" else 0.0

    def _has_slots(self, one: _Listing, other: _Listing) -> bool:
        return any((each.record.source, each.title.plain) in self._slots for each in (one, other))


def _listing(record: Record) -> _Listing:
    event = record.event
    place = words_of_place(event.place)
    holder = read_title(event.organizer).words if event.organizer else frozenset()
    return _Listing(record, read_title(event.title), place, place | holder)


def _told(listing: _Listing) -> str:
    """The place as it was told, without the empty "TBD" and "D" of some feeds."""
    place = listing.record.event.place
    text = f"{place.name or ''} {place.address or ''}".strip() if place else ""
    return text if listing.place or text.isdigit() else ""


def _equal_titles(when: times.Relation, where: str, chained: bool) -> float:
    """The same title in two sources."""
    sureness = {
        "same": {"same": 1.0, "unknown": 0.8 if chained else 0.95, "other": 0.0 if chained else 0.85},
        "door": {"same": 0.8, "unknown": 0.0 if chained else 0.65, "other": 0.0},
        "placeholder": {"same": 0.75, "unknown": 0.0 if chained else 0.7, "other": 0.0 if chained else 0.55},
        "shifted": {"same": 0.7, "unknown": 0.0, "other": 0.0},
    }
    return sureness[when][where]


def _like_titles(likeness: Likeness, when: times.Relation, where: str, chained: bool) -> float:
    """One title within another, or most words shared: the hour and the place have to speak for it."""
    contained, telling = likeness.shared >= 0.9, likeness.rare >= 0.9
    if when == "same":
        return _like_titles_at_one_minute(likeness, where, chained)
    if where == "same":
        if contained and (telling or likeness.both >= 0.9):
            return 0.52
        return 0.51 if when == "door" and likeness.shared >= 0.7 and likeness.rare >= HALF_A_NAME else 0.0
    by_title_alone = contained and likeness.rare >= 1.5 and not chained
    return 0.5 if by_title_alone and where == "unknown" and when in {"placeholder", "door"} else 0.0


def _like_titles_at_one_minute(likeness: Likeness, where: str, chained: bool) -> float:
    contained, telling = likeness.shared >= 0.9, likeness.rare >= 0.9
    if where == "same":
        if likeness.shared >= 0.7 and likeness.rare >= 0.5:
            return 0.6 + 0.2 * likeness.both
        # The same minute in the same house: half of the shorter title in other order, if telling, will do.
        return 0.52 if max(likeness.both, likeness.covered - 0.1) >= 0.4 and likeness.rare >= HALF_A_NAME else 0.0
    if chained:
        return 0.0
    if where == "unknown":
        told = (contained and telling) or (likeness.covered >= 0.75 and likeness.rare >= A_NAME)
        return 0.55 + 0.1 * likeness.both if told else 0.0
    return 0.5 + 0.05 * likeness.both if contained and telling and likeness.both >= 0.6 else 0.0
