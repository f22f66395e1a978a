"""Tracked events -> rated events: evidence, label, way and score of each, in two passes over all.

The first pass is the same for everybody, the second is for one configuration.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from planner.config import Config
from planner.rating.classify import Overrides
from planner.rating.evidence import Evidence, evidence_of
from planner.rating.feedback import learn
from planner.rating.for_whom import unfit
from planner.rating.hosts import Hosts, Usual, hosts_of
from planner.rating.interests import Key
from planner.rating.logistics import anyhow
from planner.rating.people import KnownPeople, regulars
from planner.rating.score import Scorer, Shared, to_a_stranger
from planner.rating.terms import plain_texts_of
from planner.rating.travel import TravelTimes
from planner.rating.vocabulary import plain
from planner.types import Feedback, Label, Rated, TrackedEvent
from spiders.items import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessed:
    """Events with what they say of themselves, and what of their hosts: the same for everybody. ``regulars`` are the
    organisers (plain) who hold events again and again, ``labels`` what the vocabulary says, and for whom they are;
    ``texts`` are those that words are looked for in (`plain_texts_of`), ``shared`` what each is to anybody."""

    tracked: tuple[TrackedEvent, ...]
    evidence: tuple[Evidence, ...]
    texts: tuple[tuple[tuple[str, str], ...], ...]
    labels: tuple[Label, ...]
    shared: tuple[Shared, ...]
    hosts: Hosts
    regulars: frozenset[str]


NOTHING = Assessed(tracked=(), evidence=(), texts=(), labels=(), shared=(), hosts=Hosts({}, {}), regulars=frozenset())


def assess(
    tracked: Iterable[TrackedEvent], zone: ZoneInfo, read: Callable[[Event], Evidence] = evidence_of
) -> Assessed:
    """What events are to anybody on these clocks. ``read`` gives the evidence of an event, made now or kept from
    before."""
    tracked = tuple(tracked)
    if not tracked:  # the words need not be compiled for nothing
        return NOTHING
    evidence = tuple(read(each.merged.event) for each in tracked)
    pairs = [(each.merged.event, known) for each, known in zip(tracked, evidence, strict=True)]
    hosts = hosts_of(pairs)
    return Assessed(
        tracked=tracked,
        evidence=evidence,
        texts=tuple(plain_texts_of(event) for event, _ in pairs),
        labels=tuple(_label(known, hosts.circle(event)) for event, known in pairs),
        shared=tuple(Shared(anyhow(event, known, zone), to_a_stranger(known)) for event, known in pairs),
        hosts=hosts,
        regulars=regulars({each.merged.id: each.merged.event for each in tracked}.values()),
    )


def _label(evidence: Evidence, circle: Usual) -> Label:
    """For whom an event is beats what the vocabulary says of it."""
    against = unfit(evidence, circle)
    if against is None:
        return evidence.label
    return replace(evidence.label, track="other", words=(against.word,) if against.word else (), unfit=against)


@dataclass(frozen=True, slots=True)
class RatedEvents:
    """Events rated for one configuration, and which of its keywords each of them meets."""

    rated: tuple[Rated, ...] = ()
    caught: tuple[frozenset[Key], ...] = ()


def rate(
    assessed: Assessed,
    config: Config,
    places: TravelTimes,
    *,
    feedback: Sequence[Feedback] = (),
    planned: Collection[str] = (),
) -> RatedEvents:
    """Classify and score every event for one configuration. ``feedback`` are the verdicts so far, ``planned`` the ids
    of events that stood in the plans of the last weeks."""
    if not assessed.tracked:
        return RatedEvents()
    history = KnownPeople(regulars=assessed.regulars, met=_met(assessed.tracked, feedback, planned))
    rater = _Rater(config, places, assessed.hosts, history, feedback)
    found = [
        rater.rate(*each)
        for each in zip(
            assessed.tracked, assessed.evidence, assessed.texts, assessed.labels, assessed.shared, strict=True
        )
    ]
    return RatedEvents(tuple(rated for rated, _ in found), tuple(caught for _, caught in found))


def _met(tracked: Sequence[TrackedEvent], feedback: Sequence[Feedback], planned: Collection[str]) -> frozenset[str]:
    met = set(planned) | {each.event for each in feedback if each.verdict == "went"}
    if not met:
        return frozenset()
    events = {each.merged.id: each.merged.event for each in tracked}
    return frozenset(plain(event.organizer) for name, event in events.items() if name in met and event.organizer)


class _Rater:
    def __init__(
        self,
        config: Config,
        places: TravelTimes,
        hosts: Hosts,
        history: KnownPeople,
        feedback: Sequence[Feedback],
    ) -> None:
        self._scorer = Scorer(config, learnt=learn(feedback), history=history)
        self._own = Overrides(config.tracks.words, config.tracks.organisers)
        self._of_source: Mapping[str, str] = {
            entry.id: entry.track for entry in config.sources if entry.track
        } | config.tracks.sources
        self._places, self._hosts = places, hosts

    def rate(
        self,
        tracked: TrackedEvent,
        evidence: Evidence,
        texts: Sequence[tuple[str, str]],
        usual_label: Label,
        shared: Shared,
    ) -> tuple[Rated, frozenset[Key]]:
        event, wishes = tracked.merged.event, self._scorer.wishes
        label = self._label(tracked, evidence, usual_label)
        travel, found = self._places.from_home(event), wishes.found(texts)
        score = self._scorer.score_with(found, event, label, travel, evidence, self._hosts.usual(event), shared)
        rated = Rated(tracked=tracked, label=label, travel=travel, score=score)
        return rated, frozenset(wishes.caught(found, label))

    def _label(self, tracked: TrackedEvent, evidence: Evidence, shared: Label) -> Label:
        """What the configuration says of source, organiser and words wins."""
        ruled, word = self._own.track_of(tracked.merged.event)
        track = next(filter(None, (self._of_source.get(record.source) for record in tracked.merged.records)), None)
        if not (track or ruled):
            return shared
        words = (word,) if ruled else evidence.label.words
        return replace(evidence.label, track=track or ruled, words=words, ruled=True)  # type: ignore[arg-type]
