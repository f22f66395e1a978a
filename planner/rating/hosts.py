"""What a host usually gives: learnt from all its events, shrunk towards its source where there are few.

A library's hours are mostly for children, a campus calendar's for its students, a party's for its members; one evening
of theirs rarely says so again. Each title of a series counts once.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from planner.rating import vocabulary
from planner.rating.evidence import Evidence, is_inferred, matcher_of_evidence
from planner.rating.vocabulary import plain
from spiders.items import Event

USUAL = (
    *("audience.students", "audience.families", "audience.in_need", "audience.seniors", "audience.trade"),
    *("age.children", "openness.closed", "openness.partisan", "openness.worship"),
    *("way.watch", "way.course", "way.service", "way.eat"),
    *("other.academic", "other.children", "other.politics", "other.public_body", "other.show"),
    *("other.sport_to_watch", "other.worship"),
)
"""The signs that a host is known by."""
FULL = 0.6
"""A strong word at the beginning of a text is a whole sign of its host."""
SAID_BY_A_NAME = frozenset({"openness.partisan", "audience.students", "audience.in_need"})
EVENTS_OF_A_SOURCE, EVENTS_OF_A_HOST = 2, 5
"""How many events of its own weigh as much as what is known of the larger circle."""

Usual = Mapping[str, float]
"""Sign -> the share of a host's events that bear it, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Hosts:
    """Who usually gives what."""

    of_sources: Mapping[str, Usual]
    of_hosts: Mapping[tuple[str, str], Usual]

    def usual(self, event: Event) -> Usual:
        """What the host of an event, else its source, usually gives."""
        return self.of_hosts.get((event.source, host_of(event))) or self.of_sources.get(event.source) or {}

    def circle(self, event: Event) -> Usual:
        """What the organiser that an event states, else its whole source, usually gives: a room is used by many."""
        stated = None if is_inferred(event) or not event.organizer else (event.source, host_of(event))
        return (self.of_hosts.get(stated) if stated else None) or self.of_sources.get(event.source) or {}


def host_of(event: Event) -> str:
    """The organiser, plain; else the place, in a calendar of many hosts the host; else whose calendar it is."""
    place = event.place
    where = (place and (place.name or place.address)) or ""
    return plain(where or event.organizer or "" if is_inferred(event) else event.organizer or where).strip()


def hosts_of(known: Iterable[tuple[Event, Evidence]]) -> Hosts:
    """What all events that are known say of their hosts."""
    names: dict[str, str] = {}
    by_source: dict[str, dict[str, dict[str, float]]] = {}
    by_host: dict[tuple[str, str], dict[str, dict[str, float]]] = {}
    for event, evidence in known:
        borne = {sign: min(1.0, evidence.signs[sign][0] / FULL) for sign in USUAL if sign in evidence.signs}
        by_source.setdefault(event.source, {})[event.title] = borne
        if event.organizer and is_inferred(event):
            names[event.source] = event.organizer
        if host := host_of(event):
            by_host.setdefault((event.source, host), {})[event.title] = borne
    of_sources = {
        source: _usual(list(events.values()), {}, EVENTS_OF_A_SOURCE) | _named(names.get(source, ""))
        for source, events in by_source.items()
    }
    of_hosts = {
        key: _usual(list(events.values()), of_sources[key[0]], EVENTS_OF_A_HOST) for key, events in by_host.items()
    }
    return Hosts(of_sources, of_hosts)


def _named(name: str) -> dict[str, float]:
    """What the name of a calendar says of all that stands in it: a party's, a campus's."""
    found = {
        f"{entry.family}.{entry.group}"
        for hit in matcher_of_evidence().hits(name)
        for entry in hit.entries
        if entry.points >= vocabulary.POINTS_OF_TIER["strong"]
    }
    return dict.fromkeys(found & SAID_BY_A_NAME, 1.0)


def _usual(events: list[dict[str, float]], circle: Usual, weight: int) -> dict[str, float]:
    sums = {sign: weight * share for sign, share in circle.items()}
    for borne in events:
        for sign, strength in borne.items():
            sums[sign] = sums.get(sign, 0.0) + strength
    return {sign: total / (len(events) + weight) for sign, total in sums.items()}
